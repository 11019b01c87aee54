import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pageHeaders } from '../http/page-headers.ts'
import type { Resource } from '../http/resource.ts'
import { type Asset, asset, sendAsset } from './asset.ts'
import { errorsHtml } from './errors-html.ts'
import { icon, referenceHtml, referenceScript } from './reference-html.ts'
import { styles } from './styles.ts'

const HEADERS = pageHeaders("'none'")

const HTML = 'text/html; charset=utf-8'
const CSS = 'text/css; charset=utf-8'
const JAVASCRIPT = 'text/javascript; charset=utf-8'

/** The reference pages and the document they are made from, outside the base path and open to everybody. */
export function addDocs(app: FastifyInstance, resources: readonly Resource[], openApi: () => unknown): void {
  const assets: Record<string, Asset> = {
    '/openapi.json': asset('application/json; charset=utf-8', () => JSON.stringify(openApi())),
    '/docs': asset(HTML, referenceHtml),
    '/docs/errors': asset(HTML, () => errorsHtml(resources)),
    '/docs/docs.css': asset(CSS, () => styles),
    '/docs/docs.js': asset(JAVASCRIPT, () => referenceScript),
    '/docs/icon.svg': asset('image/svg+xml', () => icon),
    '/docs/swagger-ui.css': asset(CSS, () => packaged('swagger-ui.css')),
    '/docs/swagger-ui-bundle.js': asset(JAVASCRIPT, () => packaged('swagger-ui-bundle.js')),
  }
  app.register(async (docs) => {
    docs.addHook('onRequest', async (request, reply) => {
      reply.headers(HEADERS)
      return withoutSlash(request, reply)
    })
    for (const [path, file] of Object.entries(assets))
      docs.get(path, (request, reply) => sendAsset(file, request, reply))
  })
}

/** The links of the pages are relative, for proxies that add a prefix, so each page has exactly one path. */
async function withoutSlash({ url }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const [path = ''] = url.split('?', 1)
  const name = path.endsWith('/') ? path.slice(path.lastIndexOf('/', path.length - 2) + 1, -1) : ''
  return name === '' ? undefined : reply.redirect(`../${name}`, 308)
}

/** Read from the installed package on demand: in the bundle it would be loaded at every start. */
function packaged(name: string): Promise<Buffer> {
  return readFile(new URL(name, import.meta.resolve('swagger-ui-dist/package.json')))
}
