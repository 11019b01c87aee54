import type { QueryClient } from '@tanstack/react-query'
import { TimeTrackError } from '../../../src/sdk/index.ts'
import { door, type Session } from './door.ts'
import { hint } from './hint.ts'

/** Under what it is remembered who is signed in. */
export const sessionKey = ['session']

export const isSignedOut = (error: unknown): boolean =>
  error instanceof TimeTrackError && error.status === 401

/** Waits for who is signed in; where nobody is, the next visit begins with the sign-in page. */
export async function confirmed(asked: Promise<Session>): Promise<Session> {
  try {
    return await asked
  } catch (error) {
    if (isSignedOut(error)) hint.remove()
    throw error
  }
}

export const askSession = (): Promise<Session> => confirmed(door.session())

/** Asks the server whether there still is a session, after it has refused a request; all pages learn the answer. */
export const isSignedIn = (queries: QueryClient): Promise<boolean> =>
  queries.fetchQuery({ queryKey: sessionKey, queryFn: askSession, staleTime: 0 }).then(
    () => true,
    (error) => !isSignedOut(error),
  )

const waiting = new Set<() => void>()

/** Resolves when the same reader has signed in again; where somebody else does, the app begins from its start. */
export const untilSignedIn = (): Promise<void> => new Promise((resolve) => waiting.add(resolve))

export function tellSignedIn(): void {
  for (const goOn of waiting) goOn()
  waiting.clear()
}
