import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../db/scope.ts'
import type { Authenticator } from './auth.ts'
import { addBodyReader } from './body.ts'
import { refusal } from './errors.ts'
import type { Answer, Operation } from './operation.ts'
import { preferenceApplied, readPrefer } from './prefer.ts'

export const BASE_PATH = '/api/v2/ext'

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
    paths.set(operation.path, [...(paths.get(operation.path) ?? []), operation])
  app.decorateRequest('scope', undefined)
  app.register(
    async (api) => {
      api.addHook('onRequest', authenticateWith(authenticator))
      api.addHook('onRequest', async (request, reply) => {
        if (request.is404) answerUnknown(paths, request, reply)
      })
      addBodyReader(api)
      for (const [path, those] of paths) addPath(api, path, those)
      api.setNotFoundHandler(() => {})
    },
    { prefix: BASE_PATH },
  )
}

/** The headers of every answer under the base path: no shared cache may serve one account's answer to another. */
export function addApiHeaders(reply: FastifyReply): void {
  reply.header('cache-control', 'private, no-cache')
  reply.header('vary', 'Prefer, X-TimeTrack-Api-Key')
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
    api.route({ method, url, handler: (request, reply) => perform(operation, request, reply) })
  }
  if (post || get?.documentedRead)
    api.route({
      method: 'POST',
      url,
      handler: (request, reply) => perform(settlePost(request, get, post), request, reply),
    })
}

/** Which operation a POST means: the vendor's page shows reads that arrive as POST without fields. */
function settlePost(
  request: FastifyRequest,
  get: Operation | undefined,
  post: Operation | undefined,
): Operation {
  const { body, url } = request
  const empty = body === undefined || (isObject(body) && Object.keys(body).length === 0)
  const onObject = request.routeOptions.url?.includes(':id')
  if (get?.documentedRead && empty && (onObject || url.includes('?') || url.endsWith('/'))) return get
  if (post) return post
  throw refusal('usePut', 'Use PUT to change this object; POST reads it, and only without fields.')
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function perform(
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { scope, url, body } = request
  if (!scope) throw new Error('a request came here without authentication')
  if (operation.permission === 'write' && scope.access !== 'write')
    throw refusal('forbidden', 'This key is read-only. Use a key with write access.', {
      header: 'X-TimeTrack-Api-Key',
    })
  const prefer = readPrefer(request.raw.headers.prefer)
  const question = url.indexOf('?')
  const queryText = question < 0 ? '' : url.slice(question + 1)
  const path = (question < 0 ? url : url.slice(0, question)).replace(/\/$/, '')
  const { id } = request.params as { id?: string }
  return send(reply, await operation.run(scope, { id, queryText, body, prefer, path }), prefer)
}

function send(reply: FastifyReply, answer: Answer, prefer: ReturnType<typeof readPrefer>): FastifyReply {
  const applied = preferenceApplied(prefer, answer.total !== undefined)
  if (applied) reply.header('preference-applied', applied)
  if (answer.total !== undefined) reply.header('x-total-count', answer.total)
  for (const name in answer.headers) reply.header(name, answer.headers[name])
  return reply.code(answer.status).header('content-type', 'application/json; charset=utf-8').send(answer.body)
}

/** A path, or a method on a path, that no operation has: 404, 405, or the answer to OPTIONS. */
function answerUnknown(paths: Map<string, Operation[]>, request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.slice(BASE_PATH.length).replace(/\/?(\?.*)?$/, '')
  const known = [...paths.keys()].find((pattern) => matches(pattern, path))
  if (!known) throw refusal('unknownPath', 'No resource has this path. Check its spelling.')
  const allow = allowedMethods(paths.get(known) ?? []).join(', ')
  if (request.method === 'OPTIONS') {
    reply.code(204).header('allow', allow).send()
    return
  }
  throw refusal('methodNotAllowed', `Use one of ${allow}.`, undefined, { Allow: allow })
}

function matches(pattern: string, path: string): boolean {
  const segments = path.split('/')
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
