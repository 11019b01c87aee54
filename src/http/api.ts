import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../db/scope.ts'
import { accessErrors } from './access-errors.ts'
import type { Answer } from './answer.ts'
import type { Authenticator } from './auth.ts'
import { type Body, NO_BODY, receiveBody } from './body.ts'
import { namesTag } from './conditional.ts'
import { refusal } from './errors.ts'
import { isObject } from './input.ts'
import { BASE_PATH, type Operation, type Permission } from './operation.ts'
import { type Prefer, preferenceApplied, readPrefer } from './prefer.ts'
import { requestErrors } from './request-errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by authentication, before anything else under the base path. */
    scope: Scope | undefined
  }
}

/** Mounts the operations under the base path, authentication before everything else. */
export function addApi(
  app: FastifyInstance,
  operations: readonly Operation[],
  authenticator: Authenticator,
): void {
  const paths = new Map<string, Operation[]>()
  for (const operation of operations)
    for (const path of [operation.path, ...(operation.aliases ?? [])])
      paths.set(path, [...(paths.get(path) ?? []), operation])
  app.decorateRequest('scope', undefined)
  app.register(
    async (api) => {
      api.addHook('onRequest', authenticateWith(authenticator))
      api.addHook('onRequest', (request, reply, done) => {
        if (request.is404 || isLiteral(paths, request)) answerUnknown(paths, request, reply)
        else done()
      })
      for (const [path, those] of paths) addPath(api, path, those)
      api.setNotFoundHandler(() => {})
    },
    { prefix: BASE_PATH },
  )
}

/** The headers of every answer under the base path: no shared cache may serve one account's answer to another. */
export function addApiHeaders(reply: FastifyReply): void {
  reply.header('cache-control', 'private, no-cache')
  reply.header('vary', 'Prefer, X-TimeTrack-Api-Key, Cookie')
}

function authenticateWith(authenticator: Authenticator) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    addApiHeaders(reply)
    request.scope = authenticator.recall(request)
    if (request.scope) return done()
    authenticator.authenticate(request).then((scope) => {
      request.scope = scope
      done()
    }, done)
  }
}

function addPath(api: FastifyInstance, path: string, operations: Operation[]): void {
  const url = path.replace('{id}', ':id')
  const get = operations.find(({ method }) => method === 'GET')
  const post = operations.find(({ method }) => method === 'POST')
  for (const operation of operations) {
    if (!operation.permission) throw new Error(`${operation.id} declares no permission`)
    if (operation.method === 'POST') continue
    const method = operation.method === 'PUT' ? ['PUT', 'PATCH'] : operation.method
    const handler =
      operation.method === 'PUT'
        ? withBody(operation.mostBytes, () => operation)
        : (request: FastifyRequest, reply: FastifyReply) => perform(operation, NO_BODY, request, reply)
    api.route({ method, url, handler })
  }
  if (post || get?.documentedRead)
    api.route({
      method: 'POST',
      url,
      handler: withBody(post?.mostBytes, (body, sentUrl) => settlePost(sentUrl, body, path, get, post)),
    })
}

/** Receives the body, then performs the operation; for a POST, the body decides which one. */
function withBody(mostBytes: number | undefined, settle: (body: Body, url: string) => Operation) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const body = await receiveBody(request.raw, mostBytes)
    return perform(settle(body, request.url), body, request, reply)
  }
}

/** Which operation a POST means: the vendor documents some reads as a POST without fields. */
function settlePost(
  url: string,
  { value }: Body,
  path: string,
  get: Operation | undefined,
  post: Operation | undefined,
): Operation {
  const empty = value === undefined || (isObject(value) && Object.keys(value).length === 0)
  const onObject = path.includes('{id}')
  if (get?.documentedRead && empty && (onObject || url.includes('?') || url.endsWith('/'))) return get
  if (post) return post
  throw refusal(
    requestErrors.usePut,
    'Use PUT to change this object; POST reads it, and only without fields.',
  )
}

/** Answers a request. It does not return the reply, because Fastify would wait for its end. */
async function perform(
  operation: Operation,
  body: Body,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { scope, url } = request
  if (!scope) throw new Error('a request got here without authentication')
  refuseForbidden(operation.permission, scope)
  const { headers } = request.raw
  const prefer = readPrefer(headers.prefer)
  const question = url.indexOf('?')
  const answer = await operation.run(scope, {
    method: request.method,
    url,
    id: (request.params as { id?: string }).id,
    queryText: question < 0 ? '' : url.slice(question + 1),
    body,
    prefer,
    ifMatch: headers['if-match'],
    idempotencyKey: headers['idempotency-key'] as string | undefined,
  })
  const unchanged =
    !operation.changes && answer.etag !== undefined && namesTag(headers['if-none-match'], answer.etag)
  send(reply, unchanged ? { ...answer, status: 304, body: '' } : answer, prefer)
}

function refuseForbidden(permission: Permission, { access, session }: Scope): void {
  if (permission === 'read') return
  if (permission === 'write') {
    if (access !== 'read') return
    throw refusal(accessErrors.forbidden, 'This key is read-only. Use a key with write access.', {
      header: 'X-TimeTrack-Api-Key',
    })
  }
  if (!session)
    throw refusal(accessErrors.sessionNeeded, 'No key may do this. Sign in to the web app and do it there.', {
      header: 'X-TimeTrack-Api-Key',
    })
  if (permission === 'admin' && access !== 'admin')
    throw refusal(accessErrors.adminNeeded, 'Only an admin may do this. Ask an admin of the account.')
}

function send(reply: FastifyReply, answer: Answer, prefer: Prefer): void {
  const { status, body, headers, etag, total, replayed } = answer
  const applied = preferenceApplied(prefer, total !== undefined)
  if (applied) reply.header('preference-applied', applied)
  if (total !== undefined) reply.header('x-total-count', total)
  if (etag !== undefined) reply.header('etag', `"${etag}"`)
  if (replayed) reply.header('idempotency-replayed', 'true')
  for (const name in headers) reply.header(name, headers[name])
  if (status === 304) reply.code(304).send()
  else reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body)
}

/** Whether a path that matched an `{id}` is a path of its own, such as `/projects/batch`, but lacks this method. */
function isLiteral(paths: Map<string, Operation[]>, { params, routeOptions }: FastifyRequest): boolean {
  const { id } = params as { id?: string }
  if (id === undefined || /^\d/.test(id) || id === '{id}') return false
  const pattern = routeOptions.url?.slice(BASE_PATH.length).replace(':id', '{id}') ?? ''
  return paths.has(pattern.replace('{id}', () => id))
}

/** Answers a path or method that no operation has: 404, 405, or the answer to OPTIONS. */
function answerUnknown(paths: Map<string, Operation[]>, request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.slice(BASE_PATH.length).replace(/\/?([?#].*)?$/, '')
  const segments = path.split('/').map(decodeURIComponent)
  const fitting = [...paths.keys()].filter((pattern) => matches(pattern, segments))
  const known = fitting.find((pattern) => !pattern.includes('{id}')) ?? fitting[0]
  if (!known) throw refusal(requestErrors.unknownPath, 'No resource has this path. Check its spelling.')
  const allow = allowedMethods(paths.get(known) ?? []).join(', ')
  if (request.method === 'OPTIONS') {
    reply.code(204).header('allow', allow).send()
    return
  }
  throw refusal(requestErrors.methodNotAllowed, `Use one of ${allow}.`, undefined, { Allow: allow })
}

function matches(pattern: string, segments: readonly string[]): boolean {
  const wanted = pattern.split('/')
  return (
    segments.length === wanted.length && wanted.every((want, at) => want === '{id}' || want === segments[at])
  )
}

function allowedMethods(operations: Operation[]): string[] {
  const methods = new Set(
    operations.flatMap(({ method, documentedRead }) => {
      if (method === 'GET') return documentedRead ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']
      return method === 'PUT' ? ['PUT', 'PATCH'] : [method]
    }),
  )
  return [...methods, 'OPTIONS']
}
