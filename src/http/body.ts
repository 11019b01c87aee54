import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notJson, refusal } from './errors.ts'

const MOST_BYTES = 1_048_576

/** Reads bodies as the contract has them: JSON of up to 1 MiB, none where there are no bytes, ignored on DELETE. */
export function addBodyReader(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (request.method === 'DELETE') {
      payload.resume()
      return undefined
    }
    const bytes = await readBytes(payload)
    if (bytes.length === 0) return undefined
    if (!isJson(request.headers['content-type'])) throw notJson()
    return parseJson(bytes)
  })
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

function isJson(type: string | undefined): boolean {
  return /^application\/json\s*(?:;|$)/i.test(type ?? '')
}

function readBytes(payload: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(payload.headers['content-length']) > MOST_BYTES) return reject(tooLarge())
    const chunks: Buffer[] = []
    let length = 0
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MOST_BYTES) {
        payload.removeAllListeners('data')
        reject(tooLarge())
      } else chunks.push(chunk)
    })
    payload.on('end', () => resolve(Buffer.concat(chunks, length)))
    payload.on('error', reject)
  })
}

const tooLarge = () =>
  refusal('bodyTooLarge', `Send at most ${MOST_BYTES} bytes; split the work into several requests.`)

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw refusal('brokenJson', 'The body is not UTF-8. Encode it as UTF-8.')
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
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
