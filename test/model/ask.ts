import type { Sent } from '../harness.ts'
import type { Pairs } from './query.ts'
import type { Entity, Value } from './state.ts'

/** One request, literally: what the model answers and what is sent. */
export interface Ask {
  readonly op: string
  readonly id: number
  /** Where a route has several ways: HEAD for a read, POST for a documented read, PATCH for PUT. */
  readonly via?: string | undefined
  readonly query: Pairs
  readonly body?: Value | undefined
  readonly ifMatch?: string | undefined
  readonly ifNoneMatch?: string | undefined
  readonly key?: string | undefined
  readonly strict: boolean
  readonly count: boolean
}

interface Route {
  readonly method: string
  readonly path: string
  readonly entity: Entity
}

const route = (text: string): Route => {
  const [method = '', path = ''] = text.split(' ')
  const entity = path.startsWith('/clients') ? 'client' : path.startsWith('/tasks') ? 'task' : 'project'
  return { method, path, entity }
}

/** The operations of objects that are known by their name. */
const namedRoutes = (one: string, many: string): Record<string, Route> => ({
  [`list${one}s`]: route(`GET ${many}`),
  [`get${one}`]: route(`GET ${many}/{id}`),
  [`create${one}`]: route(`POST ${many}`),
  [`update${one}`]: route(`PUT ${many}/{id}`),
  [`rename${one}`]: route(`POST ${many}/{id}/rename`),
  [`enable${one}`]: route(`POST ${many}/{id}/enable`),
  [`disable${one}`]: route(`POST ${many}/{id}/disable`),
  [`delete${one}`]: route(`DELETE ${many}/{id}`),
  [`restore${one}`]: route(`POST ${many}/{id}/restore`),
  [`list${one}History`]: route(`GET ${many}/{id}/history`),
})

/** Every operation of the contract. */
export const routes: Readonly<Record<string, Route>> = {
  listProjects: route('GET /projects'),
  getProject: route('GET /projects/{id}'),
  createProject: route('POST /projects'),
  updateProject: route('PUT /projects/{id}'),
  deleteProject: route('DELETE /projects/{id}'),
  restoreProject: route('POST /projects/{id}/restore'),
  batchProjects: route('POST /projects/batch'),
  listProjectHistory: route('GET /projects/{id}/history'),
  ...namedRoutes('Client', '/clients'),
  ...namedRoutes('Task', '/tasks'),
  listChanges: route('GET /changes'),
}

export const isRead = ({ op }: Ask) => routes[op]!.method === 'GET'

/** Whether the operation is about one object, so that If-Match counts. */
export const isOnObject = ({ op }: Ask) => routes[op]!.path.includes('{id}')

export const pathOf = ({ op, id }: Ask) => routes[op]!.path.replace('{id}', String(id))

export const queryTextOf = ({ query }: Ask) =>
  query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')

/** The request as it is sent. */
export function render(ask: Ask): { method: string; path: string; sent: Sent } {
  const method = ask.via ?? routes[ask.op]!.method
  const queryText = queryTextOf(ask)
  // A documented read that comes as POST is known by its slash.
  const slash = method === 'POST' && isRead(ask) ? '/' : ''
  const preferences = [ask.strict && 'handling=strict', ask.count && 'count=exact'].filter(Boolean)
  const headers = {
    ...(ask.ifMatch !== undefined && { 'If-Match': ask.ifMatch }),
    ...(ask.ifNoneMatch !== undefined && { 'If-None-Match': ask.ifNoneMatch }),
    ...(ask.key !== undefined && { 'Idempotency-Key': ask.key }),
    ...(preferences.length > 0 && { Prefer: preferences.join(', ') }),
  }
  return {
    method,
    path: `${pathOf(ask)}${slash}${queryText && '?'}${queryText}`,
    sent: { headers, ...(ask.body !== undefined && { body: ask.body }) },
  }
}
