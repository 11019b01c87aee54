import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { TimeTrackError } from '../../../src/sdk/index.ts'
import { door, type Session } from '../api/door.ts'

const SESSION = ['session']
/** Whether this browser was signed in when it was last here: then pages are drawn before the session is confirmed. */
const HINT = 'timetrack.signedIn'

/** Whether the last session ended by itself, and not because its user left. */
let hasEnded = false

const isHere = (): boolean => localStorage.getItem(HINT) !== null

const Context = createContext<Session | undefined>(undefined)

interface SessionState {
  readonly state: 'in' | 'out' | 'unknown'
  readonly session?: Session
  /** There was one, and it has ended by itself. */
  readonly hasEnded?: boolean
}

/** Asks who is signed in; a browser that was is taken at its word until the answer is there. */
export function useSessionState({ isSignIn }: { readonly isSignIn: boolean }): SessionState {
  const { data, error } = useQuery<Session, TimeTrackError>({
    queryKey: SESSION,
    queryFn: askWho,
    // Who comes to sign in, and was not here before, has no session to ask for.
    enabled: isHere() || !isSignIn,
    staleTime: 5 * 60_000,
    retry: (count, problem) => problem.status !== 401 && count < 1,
  })
  if (data) return { state: 'in', session: data }
  if (error?.status === 401) return { state: 'out', hasEnded }
  return { state: isHere() ? 'in' : 'unknown' }
}

async function askWho(): Promise<Session> {
  try {
    return await door.session()
  } catch (error) {
    if (error instanceof TimeTrackError && error.status === 401) {
      hasEnded ||= isHere()
      localStorage.removeItem(HINT)
    }
    throw error
  }
}

/** Undefined for the moment in which the session is not confirmed yet. */
export const useSession = (): Session | undefined => useContext(Context)

/** What changes who is signed in. */
export function useSessionChange() {
  const queries = useQueryClient()
  return {
    enter(session: Session) {
      localStorage.setItem(HINT, '1')
      hasEnded = false
      queries.clear()
      queries.setQueryData(SESSION, session)
    },
    /** Ends the session, then goes to where none is needed. */
    async leave(goOut: () => void) {
      await door.signOut()
      localStorage.removeItem(HINT)
      hasEnded = false
      goOut()
      queries.clear()
    },
  }
}

/** Asks again who is signed in, since a request was refused. */
export const sessionKey = SESSION

export function WithSession({
  session,
  children,
}: {
  readonly session: Session | undefined
  readonly children: ReactNode
}) {
  return <Context value={session}>{children}</Context>
}
