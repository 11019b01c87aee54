import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notJson, refusal } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent; empty where there is none. */
    bodyText: string
  }
  interface FastifyContextConfig {
    /** The most bytes of a body; 1 MiB where a route does not say. */
    mostBytes?: number | undefined
  }
}

const MOST_BYTES = 1_048_576
const MOST_DISCARDED = 16 * MOST_BYTES

/** Reads bodies as the contract has them: JSON of up to 1 MiB, none where there are no bytes, ignored on DELETE. */
export function addBodyReader(app: FastifyInstance): void {
  app.decorateRequest('bodyText', '')
  app.removeAllContentTypeParsers()
  // Fastify remembers where it found a type, but not that `*` is all there is.
  app.addContentTypeParser(
    ['application/json', '*'],
    async (request: FastifyRequest, payload: IncomingMessage) => {
      if (request.method === 'DELETE') {
        payload.resume()
        return undefined
      }
      const bytes = await readBytes(payload, request.routeOptions.config.mostBytes ?? MOST_BYTES)
      if (bytes.length === 0) return undefined
      if (!isJson(request.raw.headers)) throw notJson()
      request.bodyText = decode(bytes)
      return parseJson(request.bodyText)
    },
  )
  app.addHook('onRequest', (request, _reply, done) => {
    if (hasNoBody(request)) delete request.raw.headers['content-type']
    done()
  })
}

/** Where no body counts, its type does not either; Fastify would refuse a type that it cannot parse. */
function hasNoBody({ method, raw: { headers } }: FastifyRequest): boolean {
  if (headers['content-type'] === undefined) return false
  return (
    method === 'DELETE' || (headers['transfer-encoding'] === undefined && !Number(headers['content-length']))
  )
}

/** JSON in UTF-8, as it is: neither compressed nor in another encoding. */
function isJson(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'] ?? ''
  if (type === 'application/json' && headers['content-encoding'] === undefined) return true
  const charset = /;\s*charset="?([^";]+)/i.exec(type)?.[1]?.trim().toLowerCase() ?? 'utf-8'
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  return /^application\/json\s*(?:;|$)/i.test(type) && /^utf-?8$/.test(charset) && encoding === 'identity'
}

/** Who is still sending when the connection is closed may never see the answer: what is too large is taken to its end. */
function readBytes(payload: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(payload.headers['content-length']) > MOST_DISCARDED) return reject(tooLarge(most))
    const chunks: Buffer[] = []
    let length = 0
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= most) chunks.push(chunk)
      else if (length <= MOST_DISCARDED) chunks.length = 0
      else {
        payload.removeAllListeners('data')
        reject(tooLarge(most))
      }
    })
    payload.on('end', () => {
      if (length > most) reject(tooLarge(most))
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length))
    })
    payload.on('error', reject)
  })
}

const tooLarge = (most: number) =>
  refusal('bodyTooLarge', `Send at most ${most} bytes; split the work into several requests.`)

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refusal('brokenJson', 'The body is not UTF-8. Encode it as UTF-8.')
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    throw refusal(
      'brokenJson',
      position
        ? `The JSON is broken at character ${position}. Check the quotes and commas there.`
        : 'The JSON ends too early or is broken. Check its quotes, commas and brackets.',
    )
  }
}
