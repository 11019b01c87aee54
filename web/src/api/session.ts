import type { QueryClient } from '@tanstack/react-query'
import { TimeTrackError } from '../../../src/sdk/index.ts'
import { door, type Session } from './door.ts'
import { hint } from './hint.ts'
import { fromApp } from './place.ts'

/** Under what it is remembered who is signed in. */
export const sessionKey = ['session']

export const isSignedOut = (error: unknown): boolean =>
  error instanceof TimeTrackError && error.status === 401

const waiting = new Set<() => void>()

/** Resolves when the same reader has signed in again, in this tab or another. */
export const untilSignedIn = (): Promise<void> => new Promise((resolve) => waiting.add(resolve))

/** Who was signed in last, for all that the app still shows. */
let known: Session | undefined

let startsOver = false

/** Somebody else has signed in: the page is about to be replaced, and nothing on it is to be kept. */
export const isStartingOver = (): boolean => startsOver

const isSame = (one: Session, other: Session): boolean =>
  one.account === other.account && one.user.id === other.user.id

/**
 * Takes note of who is signed in, be it by another window of the browser. Of what somebody else has seen and typed
 * nothing may be left: then the app begins from its start, and this page has no more to do, which false says.
 */
export function noticeSession(session: Session): boolean {
  if (known && !isSame(known, session)) {
    startsOver = true
    location.replace(fromApp('.'))
    return false
  }
  known = session
  for (const goOn of waiting) goOn()
  waiting.clear()
  return true
}

/** Who was signed in has left, and with them all that the app has shown. */
export function forgetSession(): void {
  known = undefined
}

/** Waits for the answer to who is signed in; where nobody is, the next visit begins with the sign-in page. */
export async function confirmed(asked: Promise<Session>): Promise<Session> {
  try {
    const session = await asked
    if (!noticeSession(session)) await new Promise(() => {})
    return session
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

/** What was refused while there was no session is asked for again. */
export const askAllAgain = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })

/** Goes on where a session has ended here, and somebody has signed in in another tab. */
export function followOtherTabs(queries: QueryClient): void {
  const ask = async () => {
    if (await isSignedIn(queries)) await askAllAgain(queries)
  }
  const askIfOut = () => {
    if (!document.hidden && isSignedOut(queries.getQueryState(sessionKey)?.error)) void ask()
  }
  hint.onSetElsewhere(() => void ask())
  // A tab that was asleep may not have heard of it.
  addEventListener('focus', askIfOut)
  document.addEventListener('visibilitychange', askIfOut)
}
