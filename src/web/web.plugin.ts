import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { acceptsCoding } from '../http/accept-encoding.ts'
import { namesTag } from '../http/conditional.ts'
import { refusal } from '../http/errors.ts'
import { pageHeaders } from '../http/page-headers.ts'
import { requestErrors } from '../http/request-errors.ts'
import { readWebFiles, type WebFile, type WebFiles } from './web-files.ts'

const HEADERS = pageHeaders("'self'")
const A_YEAR = 'public, max-age=31536000, immutable'

/** The web app under `/app/`, open to everybody: its data come from the API. */
export function addWeb(app: FastifyInstance, folder: string): void {
  let cached: Promise<WebFiles | undefined> | undefined
  const files = async () => {
    cached ??= readWebFiles(folder)
    const read = await cached.catch(() => undefined)
    if (!read) cached = undefined
    return read
  }
  app.get('/', async (request, reply) => {
    const isBrowser = /\btext\/html\b/i.test(request.headers.accept ?? '')
    // Relative, for proxies that add a prefix.
    return reply.header('vary', 'Accept').redirect(isBrowser ? 'app/' : 'openapi.json', 303)
  })
  app.get('/app', async (request, reply) => {
    // To the router, /app/ is the same.
    if (/^\/app\/(?:\?|$)/.test(request.url)) return serve(request, reply, await files(), '')
    return reply.redirect('app/', 308)
  })
  app.get('/app/*', async (request, reply) => {
    const { '*': path } = request.params as { '*': string }
    return serve(request, reply, await files(), path)
  })
}

function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  files: WebFiles | undefined,
  path: string,
): FastifyReply {
  const isPage = !/^(?:api|assets)(?:\/|$)/.test(path)
  if (isPage && !files)
    throw refusal(requestErrors.unknownPath, 'The web app is not built. Run npm run build, then try again.')
  const file = path === 'index.html' ? undefined : files?.get(path)
  if (!file && !isPage)
    throw refusal(
      requestErrors.unknownPath,
      'Nothing has this path. Reload the page: the app may have been updated.',
    )
  reply.headers(HEADERS)
  if (file) return sendFile(request, reply, file, path.startsWith('assets/'))
  return sendPage(request, reply, files?.get('index.html'))
}

/** The names of assets contain a hash of their contents, so a copy never expires. */
function sendFile(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, tag, plain, brotli, gzip }: WebFile,
  isAsset: boolean,
): FastifyReply {
  const accepted = headers['accept-encoding']
  const [coding, bytes] =
    brotli && acceptsCoding(accepted, 'br')
      ? ['br', brotli]
      : gzip && acceptsCoding(accepted, 'gzip')
        ? ['gzip', gzip]
        : ['', plain]
  const ownTag = coding ? `${tag}-${coding}` : tag
  reply.headers({
    etag: `"${ownTag}"`,
    'cache-control': isAsset ? A_YEAR : 'no-cache',
    vary: 'Accept-Encoding',
  })
  if (namesTag(headers['if-none-match'], ownTag)) return reply.code(304).send()
  if (coding) reply.header('content-encoding', coding)
  return reply.type(type).send(bytes)
}

/** Every view of the app is the same page; its links start at the app's root, wherever a proxy has put it. */
function sendPage(request: FastifyRequest, reply: FastifyReply, index: WebFile | undefined): FastifyReply {
  const depth = request.url.replace(/\?.*/s, '').split('/').length - 3
  const base = depth > 0 ? '../'.repeat(depth) : './'
  const page = String(index?.plain).replace('<head>', `<head><base href="${base}">`)
  const tag = createHash('sha256').update(page).digest('base64url').slice(0, 22)
  reply.headers({ etag: `"${tag}"`, 'cache-control': 'no-cache' })
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(page)
}
