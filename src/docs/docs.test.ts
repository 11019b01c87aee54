import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchBytes } from '../../test/bytes.ts'
import { send, startServer, type TestServer } from '../../test/harness.ts'
import { resources } from '../app.ts'
import { errorGroups } from '../http/error-page.ts'
import { requestErrors } from '../http/request-errors.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetchBytes(server.port, path, headers, method)

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const types: [path: string, type: string][] = [
  ['/docs', 'text/html; charset=utf-8'],
  ['/docs/errors', 'text/html; charset=utf-8'],
  ['/docs/docs.css', 'text/css; charset=utf-8'],
  ['/docs/docs.js', 'text/javascript; charset=utf-8'],
  ['/docs/icon.svg', 'image/svg+xml'],
  ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
  ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['/openapi.json', 'application/json; charset=utf-8'],
]

describe.each(types)('%s', (path, type) => {
  test('is served without credentials, under the policy', async () => {
    const { status, headers, bytes } = await get(path)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': type,
      'content-length': String(bytes.length),
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
    })
    expect(headers['content-encoding']).toBeUndefined()
    expect(bytes.length).toBeGreaterThan(0)
  })

  test('is compressed for clients that accept it, with the same bytes and a tag of its own', async () => {
    const plain = await get(path)
    const zipped = await get(path, { 'Accept-Encoding': 'br, gzip;q=0.8' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(zipped.bytes).equals(plain.bytes)).toBe(true)
    expect(zipped.headers.etag).not.toBe(plain.headers.etag)
    const refusing = await get(path, { 'Accept-Encoding': 'gzip;q=0, br' })
    expect(refusing.headers['content-encoding']).toBeUndefined()
  })

  test('is not sent again to a client that has it', async () => {
    for (const accepted of [{}, { 'Accept-Encoding': 'gzip' }]) {
      const { headers } = await get(path, accepted)
      const again = await get(path, { ...accepted, 'If-None-Match': headers.etag! })
      expect(again).toMatchObject({ status: 304, headers: { etag: headers.etag } })
      expect(again.bytes.length).toBe(0)
      expect((await get(path, { ...accepted, 'If-None-Match': '"other"' })).status).toBe(200)
    }
  })

  test('has a HEAD that is its GET without the body', async () => {
    const whole = await get(path)
    const head = await get(path, {}, 'HEAD')
    expect(head.status).toBe(200)
    expect(head.bytes.length).toBe(0)
    for (const name of ['content-type', 'content-length', 'etag', 'content-security-policy'])
      expect(head.headers[name], name).toBe(whole.headers[name])
  })
})

test.each(['/docs', '/docs/errors'])(
  '%s loads and links only what this server has, by relative paths',
  async (path) => {
    const html = (await get(path)).bytes.toString()
    const addresses = [...html.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, address]) => address!)
    expect(addresses.length).toBeGreaterThan(4)
    for (const address of addresses) {
      expect(address).not.toMatch(/^(?:[a-z]+:|\/)/i)
      const target = new URL(address, `http://127.0.0.1:${server.port}${path}`)
      expect((await get(target.pathname)).status, address).toBe(200)
    }
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/)
  },
)

test('the pages link to each other', async () => {
  expect((await get('/docs')).bytes.toString()).toContain('href="docs/errors"')
  expect((await get('/docs/errors')).bytes.toString()).toContain('href="../docs"')
})

test('a path with a trailing slash redirects to the one without, also behind a prefix', async () => {
  for (const [path, target] of [
    ['/docs/', '../docs'],
    ['/docs/?x=1', '../docs'],
    ['/docs/errors/', '../errors'],
  ] as const)
    expect(await get(path)).toMatchObject({ status: 308, headers: { location: target } })
})

test('the scripts and styles load nothing from elsewhere', async () => {
  const script = (await get('/docs/docs.js')).bytes.toString()
  expect(script).not.toMatch(/https?:\/\//)
  expect(script).toContain('persistAuthorization: false')
  expect(script).toContain('validatorUrl: null')
  for (const path of ['/docs/docs.css', '/docs/swagger-ui.css'])
    expect((await get(path)).bytes.toString()).not.toMatch(/@import|url\(\s*["']?(?!data:)[^)"']/)
})

test('every code has its anchor, title and advice on the page of codes', async () => {
  const html = (await get('/docs/errors')).bytes.toString()
  const entries = errorGroups(resources).flatMap((group) => group.entries)
  const ids = [...html.matchAll(/<li id="(\d+)">/g)].map(([, id]) => Number(id))
  expect(ids).toEqual(entries.map(({ code }) => code))
  const text = html.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  for (const { code, title, advice } of entries) {
    expect(html).toContain(`href="#${code}"`)
    expect(text).toContain(`<h3>${title}</h3>`)
    expect(text).toContain(`<p>${advice}</p>`)
  }
})

test('/openapi.json is the committed document', async () => {
  const { status, json } = await send(server.port, 'GET', '/openapi.json')
  expect(status).toBe(200)
  const committed = new URL('../../openapi.json', import.meta.url)
  expect(json).toEqual(JSON.parse(readFileSync(committed, 'utf8')))
  expect(json.servers).toEqual([{ url: '/', description: 'This server.' }])
})

test('an unknown path gets the usual error', async () => {
  expect((await send(server.port, 'GET', '/docs/package.json')).json.errors[0].code).toBe(
    requestErrors.unknownPath.code,
  )
})
