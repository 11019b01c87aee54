import { door, type Session } from '../api/door.ts'
import { hint } from '../api/hint.ts'
import { appPath } from '../api/place.ts'
import { findEntry, type TableEntry } from './page.ts'
import { pages } from './pages.ts'

/** What was asked for before the app is there to show it. */
export interface Early {
  readonly session: Promise<Session> | undefined
  /** Under what each answer is to be remembered. */
  readonly answers: readonly { readonly queryKey: readonly unknown[]; readonly answer: Promise<unknown> }[]
  /** What the address means. */
  readonly entry: TableEntry | undefined
}

/** Asks for what the page in the address begins with, all at once, while the app itself is still loading. */
export function askEarly(place: Location): Early {
  const early = ask(place)
  // Until the app takes them over, a refusal is nobody's fault.
  for (const asked of [early.session, ...early.answers.map(({ answer }) => answer)]) asked?.catch(() => {})
  return early
}

function ask({ pathname, search }: Location): Early {
  const path = pathname.slice(appPath.length)
  if (path === '/sign-in' && !hint.isSet()) return { session: undefined, answers: [], entry: undefined }
  const session = door.session()
  const entry = entryAt(path)
  if (!entry || 'to' in entry) return { session, answers: [], entry }
  // The app itself will say if it does not come.
  entry.load().catch(() => {})
  const queries = entry.first?.(search) ?? []
  return {
    session,
    entry,
    answers: queries.map(({ queryKey, queryFn }) => ({ queryKey, answer: queryFn() })),
  }
}

/** What an address means in the end. */
function entryAt(path: string): TableEntry | undefined {
  const entry = findEntry(pages, path)?.entry
  return entry && 'to' in entry ? findEntry(pages, entry.to)?.entry : entry
}
