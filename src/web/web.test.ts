import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { fetchBytes } from '../../test/bytes.ts'
import { expectErrors } from '../../test/expect.ts'
import { send, startServer, temporaryFolder } from '../../test/harness.ts'

const SCRIPT = 'console.log("the app")\n'.repeat(50)
const PAGE = '<!doctype html>\n<html lang="en">\n  <head>\n    <title>TimeTrack</title>\n  </head>\n</html>\n'

/** A small version of what a build leaves. */
function builtApp(folder = temporaryFolder()): string {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  const files: Record<string, string | Buffer> = {
    'index.html': PAGE,
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '.timetrack-built': 'a stamp',
    'assets/app-1a2b3c4d.js': SCRIPT,
    'assets/app-1a2b3c4d.js.br': brotliCompressSync(SCRIPT),
    'assets/app-1a2b3c4d.js.gz': gzipSync(SCRIPT),
    'assets/app-1a2b3c4d.css': 'body{margin:0}',
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const server = await startServer({}, builtApp())
const unbuilt = await startServer()
afterAll(() => Promise.all([server.close(), unbuilt.close()]))

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetchBytes(server.port, path, headers, method)

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"

test('303: the root redirects browsers to the app and programs to the document, by relative paths', async () => {
  const to = async (accept?: string) => {
    const { status, headers } = await get('/', accept === undefined ? {} : { Accept: accept })
    expect([status, headers.vary]).toEqual([303, 'Accept'])
    return headers.location
  }
  expect(await to('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe('app/')
  for (const accept of [undefined, '*/*', 'application/json']) expect(await to(accept)).toBe('openapi.json')
})

test('308: the app’s folder gets a trailing slash', async () => {
  expect(await get('/app')).toMatchObject({ status: 308, headers: { location: 'app/' } })
})

test.each([
  ['/app/', './'],
  ['/app/?q=a/b', './'],
  ['/app/sign-in', './'],
  ['/app/projects', './'],
  ['/app/projects/', '../'],
  ['/app/projects/12', '../'],
  ['/app/projects/12?x=/y/z', '../'],
  ['/app/settings/a/b', '../../'],
  ['/app/index.html', './'],
  ['/app/projects/%2F..%2F', '../'],
  ['/app/apis', './'],
])('200: %s is the page of the app, whose links begin at %s', async (path, base) => {
  const { status, headers, bytes } = await get(path)
  expect([status, bytes.toString()]).toEqual([200, PAGE.replace('<head>', `<head><base href="${base}">`)])
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  })
  expect(new URL(base, `http://any${path}`).pathname).toBe('/app/')
  expect((await get(path, { 'If-None-Match': headers.etag! })).status).toBe(304)
  const head = await get(path, {}, 'HEAD')
  expect([head.status, head.bytes.length, head.headers.etag]).toEqual([200, 0, headers.etag])
})

describe('files', () => {
  test('200: an asset, cached for ever, in the best form that the client accepts', async () => {
    const path = '/app/assets/app-1a2b3c4d.js'
    const forms = new Map<string, string | undefined>()
    for (const [accepted, coding, read] of [
      ['', undefined, (bytes: Buffer) => bytes],
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['gzip;q=1.0, br;q=0', 'gzip', gunzipSync],
      ['gzip;q=0', undefined, (bytes: Buffer) => bytes],
    ] as const) {
      const { status, headers, bytes } = await get(path, { 'Accept-Encoding': accepted })
      expect([status, headers['content-encoding'], read(bytes).toString()]).toEqual([200, coding, SCRIPT])
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        vary: 'Accept-Encoding',
        'content-length': String(bytes.length),
      })
      forms.set(String(coding), headers.etag)
      const again = await get(path, { 'Accept-Encoding': accepted, 'If-None-Match': headers.etag! })
      expect(again).toMatchObject({ status: 304, headers: { etag: headers.etag } })
    }
    expect(new Set(forms.values()).size).toBe(3)
  })

  test('200: a file without a compressed form is sent as it is; one without a hash in its name is revalidated', async () => {
    const style = await get('/app/assets/app-1a2b3c4d.css', { 'Accept-Encoding': 'br' })
    expect([style.status, style.headers['content-encoding'], style.headers['content-type']]).toEqual([
      200,
      undefined,
      'text/css; charset=utf-8',
    ])
    const icon = await get('/app/icon.svg')
    expect([icon.status, icon.headers['content-type'], icon.headers['cache-control']]).toEqual([
      200,
      'image/svg+xml',
      'no-cache',
    ])
  })

  test('404: an asset of another build is no page; nothing outside the folder is served', async () => {
    for (const path of [
      '/app/assets/app-00000000.js',
      '/app/assets/',
      '/app/assets',
      '/app/assets/../index.html',
      '/app/api/nothing',
      '/app/api',
    ])
      expectErrors(await send(server.port, 'GET', path), 404, [10005])
    for (const path of ['/app/.timetrack-built', '/app/..%2f..%2fpackage.json', '/app/%2e%2e/package.json'])
      expect((await get(path)).bytes.toString()).toContain('<title>TimeTrack</title>')
    expectErrors(await send(server.port, 'POST', '/app/projects', { body: {} }), 404, [10005])
  })
})

test('404 before the app is built, while the API works; once it is built, it is served', async () => {
  const folder = temporaryFolder()
  const early = await startServer({}, folder)
  for (const on of [early, unbuilt]) {
    const reply = await send(on.port, 'GET', '/app/projects')
    expectErrors(reply, 404, [10005])
    expect(reply.json.errors[0].detail).toContain('npm run build')
    expect((await send(on.port, 'GET', '/app/api/place')).status).toBe(200)
  }
  builtApp(folder)
  expect((await fetchBytes(early.port, '/app/')).status).toBe(200)
  rmSync(join(folder, 'assets'), { recursive: true })
  expect((await fetchBytes(early.port, '/app/assets/app-1a2b3c4d.js')).status).toBe(200)
  await early.close()
})
