import { lazy, Suspense } from 'react'
import { Link, Redirect, Route, Switch, useLocation, useSearch } from 'wouter'
import { useText } from '../i18n/i18n.tsx'
import { SearchIcon } from '../kit/parts/icon.tsx'
import { EmptyState } from '../kit/parts/states.tsx'
import { ProjectsPage } from '../projects/projects-page.tsx'
import { useSessionState, WithSession } from './session.tsx'
import { Shell } from './shell.tsx'

const SignInPage = lazy(async () => ({ default: (await import('../signin/sign-in-page.tsx')).SignInPage }))
const ProjectPage = lazy(async () => ({
  default: (await import('../projects/project-page.tsx')).ProjectPage,
}))
const ProjectTrash = lazy(async () => ({
  default: (await import('../projects/project-trash.tsx')).ProjectTrash,
}))
const ClientsPage = lazy(async () => ({ default: (await import('../clients/clients-page.tsx')).ClientsPage }))
const ClientTrash = lazy(async () => ({ default: (await import('../clients/client-trash.tsx')).ClientTrash }))
const ImportPage = lazy(async () => ({ default: (await import('../transfer/import-page.tsx')).ImportPage }))
const SettingsPage = lazy(async () => ({
  default: (await import('../settings/settings-page.tsx')).SettingsPage,
}))

/** Which page an address means. All but the first one that people see are loaded when they are gone to. */
export function Routes() {
  const [location] = useLocation()
  const search = useSearch()
  const current = useSessionState({ isSignIn: location === '/sign-in' })
  if (location === '/sign-in')
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    )
  if (current.state === 'unknown') return null
  if (current.state === 'out') {
    const back = location === '/' ? '' : `?to=${encodeURIComponent(location + (search && `?${search}`))}`
    return <Redirect to={`/sign-in${back}`} state={{ hasEnded: current.hasEnded }} replace />
  }
  return (
    <WithSession session={current.session}>
      <Shell>
        <Suspense>
          <Switch>
            <Route path="/">
              <Redirect to="/projects" replace />
            </Route>
            <Route path="/projects" component={ProjectsPage} />
            <Route path="/projects/trash" component={ProjectTrash} />
            <Route path="/projects/:id">{({ id }) => <ProjectPage key={id} id={Number(id)} />}</Route>
            <Route path="/clients" component={ClientsPage} />
            <Route path="/clients/trash" component={ClientTrash} />
            <Route path="/import" component={ImportPage} />
            <Route path="/settings">
              <Redirect to="/settings/general" replace />
            </Route>
            <Route path="/settings/:section">{({ section }) => <SettingsPage section={section} />}</Route>
            <Route component={NoSuchPage} />
          </Switch>
        </Suspense>
      </Shell>
    </WithSession>
  )
}

function NoSuchPage() {
  const { app } = useText()
  return (
    <EmptyState isPage icon={<SearchIcon size={24} />} title={app.notFound} hint={app.notFoundHint}>
      <Link href="/projects">{app.toProjects}</Link>
    </EmptyState>
  )
}
