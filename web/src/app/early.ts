import type { Page, Project } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { door, type Session } from '../api/door.ts'
import { appPath } from '../api/place.ts'
import { countKey, countOf, firstPageOf, pageKey, viewOf } from '../kit/list/list-query.ts'
import { queryOf, readView } from '../projects/project-query.ts'
import { hint } from './hint.ts'

/** What was asked for before the app is there to show it. */
export interface Early {
  readonly session: Promise<Session> | undefined
  /** Under what each answer is to be remembered. */
  readonly answers: readonly { readonly key: readonly unknown[]; readonly answer: Promise<unknown> }[]
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
  if (path === '/sign-in' && !hint.isSet()) return { session: undefined, answers: [] }
  const session = door.session()
  if (path !== '/projects' && path !== '/') return { session, answers: [] }
  const query = queryOf(readView(search))
  const view = viewOf(query)
  const page: Promise<Page<Project>> = api.projects.list(firstPageOf(query))
  const total = api.projects.list(countOf(query), { count: true }).then((counted) => counted.total)
  return {
    session,
    answers: [
      { key: pageKey('projects', view, 0), answer: page },
      { key: countKey('projects', view), answer: total },
    ],
  }
}
