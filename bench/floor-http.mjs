// The HTTP side of both floors: node:http alone, without routing, authentication or checks.
import { createServer } from 'node:http'

const BASE = '/api/v2/ext/projects'
const PER_PAGE = 50

let count = 0
const headers = () => ({
  'x-request-id': `floor-${++count}`,
  'cache-control': 'private, no-cache',
  vary: 'Prefer, X-TimeTrack-Api-Key',
  'content-type': 'application/json; charset=utf-8',
  etag: '"1"',
})

/** Serves what these functions return: JSON text or a promise of it, with the new id in the case of create. */
export function serveFloor(port, { one, search, page, create, update }) {
  createServer((request, response) => {
    const account = Number(request.headers['x-account'] ?? 1)
    const answer = request.method === 'GET' ? read : change
    answer(request, account, response).catch((error) => response.writeHead(500).end(error.message))
  }).listen(Number(port), '127.0.0.1')

  async function read({ url }, account, response) {
    const id = Number(url.slice(BASE.length + 1))
    if (id && url[BASE.length] === '/') return send(response, 200, await one(account, id))
    const query = url.length > BASE.length ? new URLSearchParams(url.slice(BASE.length + 1)) : undefined
    const needle = query?.get('projectName')?.toUpperCase()
    const text = needle
      ? await search(account, needle)
      : await page(account, PER_PAGE * Number(query?.get('page_number') ?? 0))
    const link = `<${url}?cursor=NTAuMDEyMzQ1Njc4OWFi>; rel="next", <${url}>; rel="first"`
    send(response, 200, text, { link })
  }

  async function change(request, account, response) {
    const body = JSON.parse(await textOf(request))
    const now = new Date().toISOString()
    if (request.method === 'PUT') {
      const id = Number(request.url.slice(BASE.length + 1))
      return send(response, 200, await update(account, id, body, now))
    }
    const created = await create(account, body, now)
    send(response, 201, created.text, { location: `${BASE}/${created.id}` })
  }
}

/** Events cost less than iterating over the chunks. */
const textOf = (request) =>
  new Promise((resolve) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    request.on('end', () => resolve(text))
  })

function send(response, status, text, more) {
  response.writeHead(status, { ...headers(), ...more, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
