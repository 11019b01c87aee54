import type { Scope, SessionScope } from '../../db/scope.ts'
import { refusal } from '../../http/errors.ts'
import { listOf } from '../../http/list-schema.ts'
import { changeOperation, type Operation, readOperation } from '../../http/operation.ts'
import type { Resource } from '../../http/resource.ts'
import { sessionErrors } from './session.errors.ts'
import { Session } from './session.schema.ts'
import * as store from './session.store.ts'

const common = { tag: 'Sessions', permission: 'session', untagged: true } as const

const operations: Operation[] = [
  readOperation({
    ...common,
    id: 'listSessions',
    method: 'GET',
    path: '/sessions',
    summary: 'List your sessions in the web app, oldest first',
    description: 'For users who are signed in; refused with a key.',
    success: { status: 200, schema: listOf(Session), description: 'Your sessions.' },
    errors: [],
    async read(scope) {
      return { status: 200, body: JSON.stringify(await store.listSessions(scope, sessionOf(scope))) }
    },
  }),
  changeOperation({
    ...common,
    id: 'deleteSession',
    method: 'DELETE',
    path: '/sessions/{id}',
    summary: 'End one of your sessions in the web app',
    description: 'Within a second it is refused everywhere.',
    unknown: unknownSession,
    success: { status: 200, schema: Session, description: 'The session as it was.' },
    errors: [sessionErrors.notFound],
    async change(tx, { id }, scope) {
      const ended = await store.endSession(tx, sessionOf(scope), id)
      if (!ended) throw unknownSession()
      return { status: 200, body: JSON.stringify(ended) }
    },
  }),
]

export const sessionResource: Resource = {
  tag: { name: 'Sessions', description: 'Where users are signed in to the web app.' },
  operations,
  errors: sessionErrors,
}

function unknownSession() {
  return refusal(
    sessionErrors.notFound,
    'You have no session with this id. List your sessions to find the right one.',
  )
}

function sessionOf({ session }: Scope): SessionScope {
  if (!session) throw new Error('an operation on sessions was let in without one')
  return session
}
