import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useText } from '../i18n/i18n.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { MoreMenu } from './more-menu.tsx'
import { useOnline } from './online.ts'
import classes from './shell.module.css'
import { isAt, useWays } from './use-ways.ts'

/** What surrounds every page: the ways to the others, and whether there is a connection. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { app } = useText()
  const online = useOnline()
  return (
    <div className={classes.shell}>
      {/* No link to #content: it would be relative to the page's base, which is another page. */}
      <button
        type="button"
        className={classes.skip}
        onClick={() => document.getElementById('content')?.focus()}
      >
        {app.skip}
      </button>
      <nav className={classes.rail} aria-label={app.navigation}>
        <Brand />
        <Ways />
        <AccountMenu />
      </nav>
      <div className={classes.body}>
        {!online && (
          <div className={classes.offline} role="status">
            <Icon name="offline" />
            <p>
              <strong>{app.offline}</strong> {app.offlineHint}
            </p>
          </div>
        )}
        <main id="content" className={classes.content} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  )
}

function Ways() {
  const [location] = useLocation()
  const ways = useWays('bar', 'rail')
  return (
    <div className={classes.links}>
      {ways.map(({ path, title, icon, place }) => (
        <Link
          key={path}
          href={path}
          className={classes.link ?? ''}
          data-place={place}
          aria-current={isAt(location, path) ? 'page' : undefined}
        >
          {icon && <Icon name={icon} size={20} />}
          <span>{title}</span>
        </Link>
      ))}
      <MoreMenu />
    </div>
  )
}
