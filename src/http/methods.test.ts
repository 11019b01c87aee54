import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { type Caller, newAccount, type Reply, startServer } from '../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

let caller: Caller
beforeAll(async () => {
  caller = await newAccount(server)
  for (const projectName of ['a', 'b'])
    await caller.call('POST', '/projects', { body: { projectName, clientName: 'c' } })
})

/** Path → the methods it has. */
const ALLOWED = {
  '/projects': ['GET', 'HEAD', 'OPTIONS', 'POST'],
  '/projects/1': ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  '/projects/1/restore': ['OPTIONS', 'POST'],
}
const PATHS = Object.entries(ALLOWED)
const EVERY = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PURGE',
  'PROPFIND',
  'LINK',
  'SEARCH',
]

const allowOf = ({ headers }: Reply) => String(headers.allow).split(', ').sort()

test('HEAD answers as GET does, without the body', async () => {
  for (const path of [
    '/projects',
    '/projects/',
    '/projects/1',
    '/projects?limit=1',
    '/projects?projectName=zzz',
  ]) {
    const headers = { Prefer: 'count=exact' }
    const get = await caller.call('GET', path, { headers })
    const head = await caller.call('HEAD', path, { headers })
    expect([head.status, head.text]).toEqual([200, ''])
    for (const name of [
      'content-type',
      'content-length',
      'link',
      'x-total-count',
      'preference-applied',
      'vary',
    ])
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]])
  }
})

test('HEAD has the errors of GET, without the body', async () => {
  for (const [path, status] of [
    ['/projects/3', 404],
    ['/projects/abc', 404],
    ['/projects?limit=x', 400],
    ['/projects?x=%', 400],
    ['/nothing', 404],
    ['/projects/%zz', 400],
  ] as const) {
    const reply = await caller.call('HEAD', path)
    expect([path, reply.status, reply.text]).toEqual([path, status, ''])
    expect(reply.headers['x-request-id']).toBeTruthy()
  }
})

test.each(PATHS)('204: OPTIONS %s, with Allow and no CORS', async (path, methods) => {
  const headers = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'PUT' }
  for (const suffix of ['', '/', '?x=1', '/?limit=x']) {
    const reply = await caller.call('OPTIONS', path + suffix, { headers })
    expect([reply.status, reply.text, allowOf(reply)]).toEqual([204, '', methods])
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test.each(PATHS)('405: any other method on %s, with Allow', async (path, methods) => {
  for (const method of EVERY.filter((one) => !methods.includes(one)))
    for (const suffix of ['', '/', '?x=1']) {
      const reply = await caller.call(method, path + suffix)
      expect([method, reply.status, allowOf(reply)]).toEqual([method, 405, methods])
      if (method !== 'HEAD') expectErrors(reply, 405, [10006])
    }
})

test('405: whatever the body is', async () => {
  for (const body of ['{', 'x'.repeat(2_000_000), {}]) {
    const reply = await caller.call('PUT', '/projects', { body, headers: { 'Content-Type': 'text/plain' } })
    expectErrors(reply, 405, [10006])
  }
})

test('405 even on an invalid id: the path is known', async () => {
  for (const id of ['abc', '99', '%20'])
    expectErrors(await caller.call('PURGE', `/projects/${id}`), 405, [10006])
})

test('no answer to GET has CORS headers', async () => {
  const { headers } = await caller.call('GET', '/projects', { headers: { Origin: 'https://example.com' } })
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('a trailing slash is the same resource', async () => {
  for (const path of ['/projects', '/projects/1', '/projects?limit=1']) {
    const [plain, query] = path.split('?')
    const slashed = await caller.call('GET', `${plain}/${query ? `?${query}` : ''}`)
    const reply = await caller.call('GET', path)
    expect([slashed.status, slashed.text, slashed.headers.link]).toEqual([
      200,
      reply.text,
      reply.headers.link,
    ])
  }
  const { call } = await newAccount(server)
  const created = await call('POST', '/projects/', { body: { projectName: 'a', clientName: 'b' } })
  expect([created.status, created.headers.location]).toEqual([201, '/api/v2/ext/projects/1'])
  expect((await call('PUT', '/projects/1/', { body: { notes: 'x' } })).json.notes).toBe('x')
  expect((await call('DELETE', '/projects/1/')).status).toBe(200)
  expect((await call('POST', '/projects/1/restore/')).status).toBe(200)
})

test.each([
  '',
  '/',
  '/nothing',
  '/Projects',
  '/PROJECTS/1',
  '/project',
  '/projects/1/nothing',
  '/projects/1/restore/1',
  '//projects',
  '/projects//1',
  '/projects/1//',
  '/projects/1/restore//',
  '/projects/../projects',
  '/projects%2F1',
  '/__proto__',
  '/constructor',
])('404: the path "%s"', async (path) => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const reply = await caller.call(method, path, method === 'GET' ? {} : { body: '{broken' })
    expectErrors(reply, 404, [10005])
  }
})

test('404: an empty id', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
    expect([method, (await caller.call(method, '/projects//')).status]).toEqual([method, 404])
})

test('an escaped path is the same path: 405 with Allow, and links as they are spelt', async () => {
  const { call } = await newAccount(server)
  const refused = await call('DELETE', '/%70rojects')
  expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
  const created = await call('POST', '/%70rojects', { body: { projectName: 'a', clientName: 'b' } })
  expect(created.headers.location).toBe('/api/v2/ext/projects/1')
})
