import { randomBytes } from 'node:crypto'
import { type IncomingHttpHeaders, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Logger } from 'pino'
import { addApiHeaders } from './api.ts'
import type { Authenticator } from './auth.ts'
import { internal, type Refusal, refusal } from './errors.ts'
import { BASE_PATH } from './operation.ts'
import { refusalFor } from './refusal-for.ts'
import { requestErrors } from './request-errors.ts'

const REQUEST_TIMEOUT_MS = 60_000
/** How long a closing server keeps idle connections open: a request may be on its way. */
const IDLE_GRACE_MS = 250
/** Ids and cursors have their own limits; this one only has to exceed what fits into a request line. */
const MOST_PATH_PARAMETER = 16_384

/** A Fastify instance on which every error, whatever raised it, is answered by the same builder. */
export function createServer(
  log: Logger,
  trustProxy: false | number | string[],
  authenticator: Authenticator,
): FastifyInstance {
  const newId = requestIds()
  const logsRequests = log.isLevelEnabled('info')
  const app = fastify({
    genReqId: newId,
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    requestTimeout: REQUEST_TIMEOUT_MS,
    return503OnClosing: false,
    rewriteUrl: ({ url = '/', headers }) => (url.startsWith('/') ? url : originForm(url, headers)),
    // An HTTP/1.1 request without a Host header is refused below, with the body of every other error.
    http: { requireHostHeader: false },
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: MOST_PATH_PARAMETER,
      querystringParser: () => ({}),
    },
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id)
      if (logsRequests) reply.raw.once('finish', () => log.info(lineOf(request, reply), 'request'))
      answerOutsideRoutes(error, request, reply).catch((failure) => answerError(failure, request, reply))
    },
    clientErrorHandler: (error, socket) => {
      const requestId = newId()
      const status = refuseConnection(error, socket, requestId)
      if (status) log.info({ requestId, status }, 'request')
    },
  })
  // Whoever answers a request also reads its body (`body.ts`): Fastify's way costs more than parsing the JSON.
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
  const connections = new Connections(app.server)

  app.addHook('onRequest', (request, reply, done) => {
    // Without `done` the request gets no answer; the answer before it ends the connection.
    if (!connections.admit(request.socket, reply.raw)) return
    reply.header('x-request-id', request.id)
    if (!hasHost(request))
      return done(refusal(requestErrors.malformedRequest, 'HTTP/1.1 needs a Host header.'))
    // Refused before a body is read; under the base path, credentials are checked first.
    const isNowhere = request.is404 && !isUnderBasePath(request.url)
    done(isNowhere ? unknownPath() : undefined)
  })
  if (logsRequests)
    app.addHook('onResponse', (request, reply, done) => {
      log.info(lineOf(request, reply), 'request')
      done()
    })
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node's own answer has no body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.setErrorHandler(answerError)
  return app

  function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const known = refusalFor(error)
    const answer = known ?? internal()
    reply.code(answer.status)
    if (answer.status === 500) log.error({ ...lineOf(request, reply), err: error }, 'request failed')
    return reply
      .headers(answer.headers)
      .header('content-type', 'application/json; charset=utf-8')
      .send(answer.body(request.id))
  }

  /** A bad path escape never reaches a route; under the base path, credentials are still checked first. */
  async function answerOutsideRoutes(
    error: FastifyError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (isUnderBasePath(request.url)) {
      addApiHeaders(reply)
      await authenticator.authenticate(request)
    }
    answerError(error, request, reply)
  }
}

/** The connections of a server. When it closes, each ends with the answer to the request in flight. */
class Connections {
  readonly #open = new Set<Socket>()
  /** The latest response on each; once the server is closing, the last one. */
  readonly #latest = new WeakMap<Socket, ServerResponse>()
  #closing = false

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket)
      socket.once('close', () => this.#open.delete(socket))
    })
    // The server calls this when it closes; Node's own version also cuts off answers in flight.
    server.closeIdleConnections = () => this.#end()
  }

  /** Whether a request may be served: not if its connection is to end with an earlier answer. */
  admit(socket: Socket, response: ServerResponse): boolean {
    if (this.#closing && this.#latest.has(socket)) return false
    this.#latest.set(socket, response)
    return true
  }

  #end(): void {
    this.#closing = true
    for (const socket of this.#open) {
      const response = this.#latest.get(socket)
      if (!response || response.writableFinished) {
        this.#latest.delete(socket)
        continue
      }
      if (!response.headersSent) response.setHeader('Connection', 'close')
      response.once('finish', () => socket.destroySoon())
    }
    setTimeout(() => this.#endIdle(), IDLE_GRACE_MS).unref()
  }

  #endIdle(): void {
    for (const socket of this.#open) if (!this.#latest.has(socket)) socket.destroy()
  }
}

/** Ids that are unique within a process and across processes; never taken from the caller. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('hex')
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}

const unknownPath = () =>
  refusal(requestErrors.unknownPath, `No resource has this path. The API is under ${BASE_PATH}.`)

const isUnderBasePath = (url: string) =>
  url.startsWith(BASE_PATH) && /^[/?]?$/.test(url.charAt(BASE_PATH.length))

function hasHost({ raw }: FastifyRequest): boolean {
  return raw.headers.host !== undefined || raw.httpVersion === '1.0'
}

/** `http://acme.example.com/path` as a request target means `/path` on that host (RFC 9112, 3.2.2). */
function originForm(target: string, headers: IncomingHttpHeaders): string {
  const [, host, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target) ?? []
  if (host === undefined) return target
  headers.host = host
  return rest.startsWith('/') ? rest : `/${rest}`
}

function lineOf(request: FastifyRequest, reply: FastifyReply) {
  return {
    requestId: request.id,
    account: request.scope?.account,
    method: request.method,
    path: request.url.replace(/\?.*/, ''),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  }
}

/** What the HTTP parser refuses has no request to answer; the socket gets the same error body. Returns the status. */
function refuseConnection(error: Error & { code?: string }, socket: Socket, id: string): number | undefined {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return undefined
  }
  const answer = connectionRefusal(error.code)
  const body = answer.body(id)
  const { status } = answer
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n${body}`,
  )
  return status
}

function connectionRefusal(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refusal(requestErrors.requestTimeout, 'Send the whole request within a minute.')
  if (code === 'HPE_HEADER_OVERFLOW')
    return refusal(
      requestErrors.headersTooLarge,
      'Keep the request line and all headers together under 16 KiB.',
    )
  return refusal(requestErrors.malformedRequest, 'Send a valid HTTP/1.1 request.')
}
