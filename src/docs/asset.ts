import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip as gzipWithCallback } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsCoding } from '../http/accept-encoding.ts'
import { namesTag } from '../http/conditional.ts'

const gzip = promisify(gzipWithCallback)

/** Something that never changes while the server runs; made when it is first asked for, then kept. */
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
  let kept: Promise<Forms> | undefined
  return {
    type,
    forms() {
      kept ??= formsOf(make).catch((error) => {
        kept = undefined
        throw error
      })
      return kept
    },
  }
}

async function formsOf(make: () => string | Promise<Buffer>): Promise<Forms> {
  const plain = Buffer.from(await make())
  const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { plain, zipped: await gzip(plain), tag }
}

/** Sends it as the client accepts it, or says that the client's copy is still good. */
export async function sendAsset(
  { type, forms }: Asset,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { plain, zipped, tag } = await forms()
  const zips = acceptsCoding(headers['accept-encoding'], 'gzip')
  const ownTag = zips ? `${tag}-gzip` : tag
  // The paths carry no version: a copy may be kept, and is asked for by its tag each time.
  reply.headers({ etag: `"${ownTag}"`, 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
  if (namesTag(headers['if-none-match'], ownTag)) return reply.code(304).send()
  if (zips) reply.header('content-encoding', 'gzip')
  return reply.type(type).send(zips ? zipped : plain)
}
