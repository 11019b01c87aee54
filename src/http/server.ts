import { randomBytes } from 'node:crypto'
import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http'
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
import { expected, internal, type Refusal, refusal } from './errors.ts'
import { BASE_PATH } from './operation.ts'

const REQUEST_TIMEOUT_MS = 60_000
/** Ids and cursors have their own limits; this one only has to be above what fits into a request line. */
const MOST_PATH_PARAMETER = 16_384

/** A Fastify instance on which every road to an error ends in the one builder of errors. */
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
    // An HTTP/1.1 request without one is refused below, with the body of every other error.
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
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, newId()),
  })

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done(hasHost(request) ? undefined : refusal('malformedRequest', 'HTTP/1.1 needs a Host header.'))
  })
  if (logsRequests)
    app.addHook('onResponse', (request, reply, done) => {
      log.info(lineOf(request, reply), 'request')
      done()
    })
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node's own answer has no body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.setNotFoundHandler(() => {
    throw refusal('unknownPath', `No resource has this path. The API is under ${BASE_PATH}.`)
  })
  app.setErrorHandler(answerError)
  return app

  function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const known = expected(error)
    if (!known) log.error({ ...lineOf(request, reply), err: error }, 'request failed')
    const answer = known ?? internal()
    return reply
      .code(answer.status)
      .headers(answer.headers)
      .header('content-type', 'application/json; charset=utf-8')
      .send(answer.body(request.id))
  }

  /** A bad path escape never reaches a route; under the base path credentials are asked for first all the same. */
  async function answerOutsideRoutes(
    error: FastifyError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (request.url.startsWith(`${BASE_PATH}/`)) {
      addApiHeaders(reply)
      await authenticator.authenticate(request)
    }
    answerError(error, request, reply)
  }
}

/** Ids that differ between processes and within one; never taken from the caller. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('hex')
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}

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

/** What the HTTP parser refuses has no request to answer; the socket gets the same error body. */
function refuseConnection(error: Error & { code?: string }, socket: Socket, id: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const answer = connectionRefusal(error.code)
  const body = answer.body(id)
  const { status } = answer
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function connectionRefusal(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refusal('requestTimeout', 'Send the whole request within a minute.')
  if (code === 'HPE_HEADER_OVERFLOW')
    return refusal('headersTooLarge', 'Keep the request line and all headers together under 16 KiB.')
  return refusal('malformedRequest', 'Send a valid HTTP/1.1 request.')
}
