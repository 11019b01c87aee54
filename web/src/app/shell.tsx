import { type ReactNode, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { useText } from '../i18n/i18n.tsx'
import { ClientsIcon, ImportIcon, OfflineIcon, ProjectsIcon, SettingsIcon } from '../kit/parts/icon.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { useOnline } from './online.ts'
import classes from './shell.module.css'

/** What surrounds every page: the ways to the others, and whether the server can be reached. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { app } = useText()
  const [location] = useLocation()
  const online = useOnline()
  useEffect(() => {
    document.title = `${titleOf(location, app)} · TimeTrack`
  }, [location, app])
  const links = [
    { path: '/projects', name: app.projects, icon: <ProjectsIcon size={20} /> },
    { path: '/clients', name: app.clients, icon: <ClientsIcon size={20} /> },
    { path: '/import', name: app.import, icon: <ImportIcon size={20} /> },
    { path: '/settings', name: app.settings, icon: <SettingsIcon size={20} /> },
  ]
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
        <div className={classes.links}>
          {links.map(({ path, name, icon }) => {
            const here = location.startsWith(path)
            return (
              <Link
                key={path}
                href={path === '/settings' ? '/settings/general' : path}
                className={classes.link ?? ''}
                aria-current={here ? 'page' : undefined}
              >
                {icon}
                <span>{name}</span>
              </Link>
            )
          })}
        </div>
        <AccountMenu />
      </nav>
      <div className={classes.body}>
        {!online && (
          <div className={classes.offline} role="status">
            <OfflineIcon />
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

function titleOf(location: string, app: ReturnType<typeof useText>['app']): string {
  if (location.startsWith('/clients')) return app.clients
  if (location.startsWith('/import')) return app.import
  if (location.startsWith('/settings')) return app.settings
  return app.projects
}
