import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { TimeTrackError } from '../../../src/sdk/index.ts'
import { door, type Session } from '../api/door.ts'
import { hint } from '../api/hint.ts'
import {
  askAllAgain,
  askSession,
  forgetSession,
  isSignedOut,
  noticeSession,
  sessionKey,
} from '../api/session.ts'

/** Whether this browser was signed in when the app was opened. */
let wasSignedIn = hint.isSet()

const Context = createContext<Session | undefined>(undefined)

interface SessionState {
  readonly state: 'in' | 'out' | 'unknown'
  /** The one that there is, or that there was and has ended while the app was open. */
  readonly session?: Session | undefined
  /** There was one, and it has ended by itself. */
  readonly hasEnded?: boolean
}

/** Asks who is signed in; a browser that was is taken at its word until the answer is there. */
export function useSessionState({ isSignIn }: { readonly isSignIn: boolean }): SessionState {
  const { data, error } = useQuery<Session, TimeTrackError>({
    queryKey: sessionKey,
    queryFn: askSession,
    // Who comes to sign in, and was not here before, has no session to ask for.
    enabled: hint.isSet() || !isSignIn,
    staleTime: 5 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
    retry: (count, problem) => problem.status !== 401 && count < 1,
  })
  if (isSignedOut(error)) return { state: 'out', session: data, hasEnded: wasSignedIn }
  if (data) return { state: 'in', session: data }
  return { state: hint.isSet() ? 'in' : 'unknown' }
}

/** Undefined for the moment in which the session is not confirmed yet. */
export const useSession = (): Session | undefined => useContext(Context)

/** What changes who is signed in. */
export function useSessionChange() {
  const queries = useQueryClient()
  return {
    enter(session: Session) {
      hint.set()
      wasSignedIn = true
      if (!noticeSession(session)) return
      queries.setQueryData(sessionKey, session)
      void askAllAgain(queries)
    },
    /** Ends the session, then goes to where none is needed. */
    async leave(goOut: () => void) {
      await door.signOut()
      hint.remove()
      wasSignedIn = false
      goOut()
      forgetSession()
      queries.clear()
    },
  }
}

export function WithSession({
  session,
  children,
}: {
  readonly session: Session | undefined
  readonly children: ReactNode
}) {
  return <Context value={session}>{children}</Context>
}
