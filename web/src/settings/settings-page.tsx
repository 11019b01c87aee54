import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { useText } from '../i18n/i18n.tsx'
import { SearchIcon } from '../kit/parts/icon.tsx'
import { PageHead } from '../kit/parts/page-head.tsx'
import { EmptyState } from '../kit/parts/states.tsx'
import { Mantine } from '../theme/mantine.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import classes from './settings.module.css'

const ApiSection = lazy(async () => ({ default: (await import('./api-section.tsx')).ApiSection }))

/** Settings, in groups: what holds for the account, and what for the person. */
export function SettingsPage({ section }: { readonly section: string }) {
  const { settings } = useText()
  const groups = [
    {
      name: settings.general,
      sections: [
        { id: 'general', name: settings.appearance },
        { id: 'api', name: settings.api },
      ],
    },
    {
      name: settings.person,
      sections: [
        { id: 'password', name: settings.password },
        { id: 'sessions', name: settings.sessions },
      ],
    },
  ]
  return (
    <>
      <PageHead title={settings.title} />
      <div className={classes.layout}>
        <nav className={classes.nav} aria-label={settings.sections}>
          {groups.map(({ name, sections }) => (
            <div key={name} className={classes.group}>
              <h2>{name}</h2>
              {sections.map(({ id, name: title }) => (
                <Link
                  key={id}
                  href={`/settings/${id}`}
                  className={classes.link ?? ''}
                  aria-current={id === section ? 'page' : undefined}
                >
                  {title}
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <div className={classes.section}>
          <Suspense>
            <Mantine>
              <Section section={section} />
            </Mantine>
          </Suspense>
        </div>
      </div>
    </>
  )
}

function Section({ section }: { readonly section: string }) {
  const { app } = useText()
  if (section === 'general') return <AppearanceSection />
  if (section === 'api') return <ApiSection />
  if (section === 'password') return <PasswordSection />
  if (section === 'sessions') return <SessionsSection />
  return <EmptyState icon={<SearchIcon size={24} />} title={app.notFound} hint={app.notFoundHint} />
}
