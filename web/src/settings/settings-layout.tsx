import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { PageHead } from '../kit/parts/page-head.tsx'
import { Mantine } from '../theme/mantine.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

interface Section {
  readonly path: string
  readonly title: string
}

interface SettingsLayoutProps {
  /** What holds for the account. */
  readonly account: readonly Section[]
  /** What holds for the reader alone. */
  readonly person: readonly Section[]
  /** The path of the section that is shown. */
  readonly here: string
  readonly children: ReactNode
}

/** A section of the settings, and the ways to the others. */
export function SettingsLayout({ account, person, here, children }: SettingsLayoutProps) {
  const settings = useSettingsText()
  const groups = [
    { name: settings.general, sections: account },
    { name: settings.person, sections: person },
  ]
  return (
    <>
      <PageHead title={settings.title} />
      <div className={classes.layout}>
        <nav className={classes.nav} aria-label={settings.title}>
          {groups.map(({ name, sections }) => (
            <div key={name} className={classes.group}>
              <h2>{name}</h2>
              {sections.map(({ path, title }) => (
                <Link
                  key={path}
                  href={path}
                  className={classes.link ?? ''}
                  aria-current={path === here ? 'page' : undefined}
                >
                  {title}
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <div className={classes.section}>
          <Mantine>{children}</Mantine>
        </div>
      </div>
    </>
  )
}
