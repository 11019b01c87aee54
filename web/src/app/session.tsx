import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { TimeTrackError } from '../../../src/sdk/index.ts'
import { door, type Session } from '../api/door.ts'
import { hint } from './hint.ts'

/** Under what it is remembered who is signed in; to reset it asks again. */
export const sessionKey = ['session']
/** Whether the last session ended by itself, and not because its user left. */
let hasEnded = false

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
    queryKey: sessionKey,
    queryFn: () => confirmed(door.session()),
    // Who comes to sign in, and was not here before, has no session to ask for.
    enabled: hint.isSet() || !isSignIn,
    staleTime: 5 * 60_000,
    retry: (count, problem) => problem.status !== 401 && count < 1,
  })
  if (data) return { state: 'in', session: data }
  if (error?.status === 401) return { state: 'out', hasEnded }
  return { state: hint.isSet() ? 'in' : 'unknown' }
}

/** Waits for who is signed in; where nobody is, pages are not drawn before that is known. */
export async function confirmed(asked: Promise<Session>): Promise<Session> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof TimeTrackError && error.status === 401) {
      hasEnded ||= hint.isSet()
      hint.remove()
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
      hint.set()
      hasEnded = false
      queries.clear()
      queries.setQueryData(sessionKey, session)
    },
    /** Ends the session, then goes to where none is needed. */
    async leave(goOut: () => void) {
      await door.signOut()
      hint.remove()
      hasEnded = false
      goOut()
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
