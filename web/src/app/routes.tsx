import { Activity, Suspense } from 'react'
import { Link, Redirect, useLocation, useSearch } from 'wouter'
import { useLanguage, useText } from '../i18n/i18n.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { LazyPart, PartCode } from '../kit/parts/lazy-part.tsx'
import { EmptyState } from '../kit/parts/states.tsx'
import { useTitle } from '../kit/parts/use-title.ts'
import { findEntry } from './page.ts'
import { PageBoundary } from './page-boundary.tsx'
import { PageView } from './page-view.tsx'
import { pages } from './pages.ts'
import { useSessionState, WithSession } from './session.tsx'
import { Shell } from './shell.tsx'

const signInPage = new PartCode(async () => (await import('../signin/sign-in-page.tsx')).SignInPage)
const signInAgain = new PartCode(async () => (await import('../signin/sign-in-again.tsx')).SignInAgain)

const SIGN_IN = '/sign-in'

/**
 * What an address means. Where a session ends while a page is open, the page is kept out of sight until the reader has
 * signed in again: nothing that was typed is lost.
 */
export function Routes() {
  const [location] = useLocation()
  const search = useSearch()
  const { state, session, hasEnded } = useSessionState({ isSignIn: location === SIGN_IN })
  if (location === SIGN_IN)
    return (
      <PageBoundary>
        <Suspense>
          <LazyPart code={signInPage} props={{}} />
        </Suspense>
      </PageBoundary>
    )
  if (state === 'unknown') return null
  if (state === 'out' && !session) {
    const back = location === '/' ? '' : `?to=${encodeURIComponent(location + (search && `?${search}`))}`
    return <Redirect to={SIGN_IN + back} state={{ hasEnded }} replace />
  }
  const isOut = state === 'out'
  return (
    <WithSession session={session}>
      <Activity mode={isOut ? 'hidden' : 'visible'}>
        <Shell>
          <CurrentPage location={location} />
        </Shell>
      </Activity>
      {isOut && session && (
        <PageBoundary>
          <Suspense>
            <LazyPart code={signInAgain} props={{ session }} />
          </Suspense>
        </PageBoundary>
      )}
    </WithSession>
  )
}

function CurrentPage({ location }: { readonly location: string }) {
  const { language } = useLanguage()
  const found = findEntry(pages, location)
  if (!found) return <NoSuchPage />
  const { entry, params } = found
  if ('to' in entry) return <Redirect to={entry.to} replace />
  return (
    <>
      {/* In front of the page, which may say more exactly what it is about. */}
      <WindowTitle title={entry.title[language]} />
      <PageBoundary key={location}>
        <Suspense>
          <PageView page={entry} params={params} />
        </Suspense>
      </PageBoundary>
    </>
  )
}

function WindowTitle({ title }: { readonly title: string }) {
  useTitle(title)
  return null
}

function NoSuchPage() {
  const { app } = useText()
  useTitle(app.notFound)
  return (
    <EmptyState isPage icon={<Icon name="search" size={24} />} title={app.notFound} hint={app.notFoundHint}>
      <Link href="/">{app.toStart}</Link>
    </EmptyState>
  )
}
