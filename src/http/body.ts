import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { notJson, refusal } from './errors.ts'
import { requestErrors } from './request-errors.ts'

/** What a request carries. */
export interface Body {
  /** The value of its JSON; undefined if the body is empty. */
  readonly value: unknown
  /** As it was sent. */
  readonly text: string
}

export const NO_BODY: Body = { value: undefined, text: '' }

const MOST_BYTES = 1_048_576
const MOST_DISCARDED = 16 * MOST_BYTES

/**
 * Receives the body as the contract defines it: JSON in UTF-8, or nothing. Refused if it is not JSON or is too large.
 * @param most the limit, in bytes
 */
export async function receiveBody(message: IncomingMessage, most = MOST_BYTES): Promise<Body> {
  const bytes = await readBytes(message, most)
  if (bytes.length === 0) return NO_BODY
  if (!isJson(message.headers)) throw notJson()
  const text = decode(bytes)
  return { value: parseJson(text), text }
}

/** Whether the body is JSON in UTF-8, neither compressed nor otherwise encoded. */
function isJson(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'] ?? ''
  if (type === 'application/json' && headers['content-encoding'] === undefined) return true
  const charset = /;\s*charset="?([^";]+)/i.exec(type)?.[1]?.trim().toLowerCase() ?? 'utf-8'
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  return /^application\/json\s*(?:;|$)/i.test(type) && /^utf-?8$/.test(charset) && encoding === 'identity'
}

/** Too large a body is still read to its end: a sender cut off while sending may never see the answer. */
function readBytes(message: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(message.headers['content-length']) > MOST_DISCARDED) return reject(tooLarge(most))
    const chunks: Buffer[] = []
    let length = 0
    message.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= most) chunks.push(chunk)
      else if (length <= MOST_DISCARDED) chunks.length = 0
      else {
        message.removeAllListeners('data')
        reject(tooLarge(most))
      }
    })
    message.on('end', () => {
      if (length > most) reject(tooLarge(most))
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length))
    })
    message.on('error', reject)
  })
}

const tooLarge = (most: number) =>
  refusal(requestErrors.bodyTooLarge, `Send at most ${most} bytes; split the work into several requests.`)

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refusal(requestErrors.brokenJson, 'The body is not UTF-8. Encode it as UTF-8.')
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    throw refusal(
      requestErrors.brokenJson,
      position
        ? `The JSON is broken at character ${position}. Check the quotes and commas there.`
        : 'The JSON ends too early or is broken. Check its quotes, commas and brackets.',
    )
  }
}
