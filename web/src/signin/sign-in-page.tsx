import { useEffect, useState } from 'react'
import { Redirect, useLocation } from 'wouter'
import { useSessionState } from '../app/session.tsx'
import { LinkForm } from './link-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignInText } from './texts.ts'

/** Signs in by password, or by a one-time link, whose token stands behind the # and so reaches no log. */
export function SignInPage() {
  const [token, setToken] = useState(() => location.hash.slice(1))
  // A link that is opened in this very tab changes only what stands behind the #.
  useEffect(() => {
    const read = () => setToken(location.hash.slice(1))
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  const current = useSessionState({ isSignIn: true })
  const [, go] = useLocation()
  const signIn = useSignInText()
  const target = targetOf(location.search)
  if (token === '' && current.state === 'in' && current.session) return <Redirect to={target} replace />
  return (
    <SignInFrame>
      {token === '' ? (
        <PasswordForm
          reason={history.state?.hasEnded && signIn.ended}
          onSignedIn={() => go(target, { replace: true })}
        />
      ) : (
        <LinkForm
          key={token}
          token={token}
          onSignedIn={() => go('/', { replace: true })}
          onGiveUp={() => {
            history.replaceState(null, '', location.pathname)
            setToken('')
          }}
        />
      )}
    </SignInFrame>
  )
}

/** Where to go on: a page of the app, and nothing else that an address could name. */
function targetOf(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? ''
  return /^\/(?!\/)(?!sign-in)/.test(to) ? to : '/'
}
