import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip as gzipWithCallback } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsCoding } from '../http/accept-encoding.ts'
import { namesTag } from '../http/conditional.ts'

const gzip = promisify(gzipWithCallback)

/** Something that does not change while the server runs: made when it is first requested, then cached. */
export interface Asset {
  readonly type: string
  forms(): Promise<Forms>
}

interface Forms {
  readonly plain: Buffer
  readonly zipped: Buffer
  readonly tag: string
}

export function asset(type: string, make: () => string | Promise<Buffer>): Asset {
  let cached: Promise<Forms> | undefined
  return {
    type,
    forms() {
      cached ??= formsOf(make).catch((error) => {
        cached = undefined
        throw error
      })
      return cached
    },
  }
}

async function formsOf(make: () => string | Promise<Buffer>): Promise<Forms> {
  const plain = Buffer.from(await make())
  const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { plain, zipped: await gzip(plain), tag }
}

/** Sends it in a form that the client accepts, or 304 if the client's copy is current. */
export async function sendAsset(
  { type, forms }: Asset,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { plain, zipped, tag } = await forms()
  const zips = acceptsCoding(headers['accept-encoding'], 'gzip')
  const ownTag = zips ? `${tag}-gzip` : tag
  // The paths carry no version: a copy may be cached, but is revalidated by its tag each time.
  reply.headers({ etag: `"${ownTag}"`, 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
  if (namesTag(headers['if-none-match'], ownTag)) return reply.code(304).send()
  if (zips) reply.header('content-encoding', 'gzip')
  return reply.type(type).send(zips ? zipped : plain)
}
