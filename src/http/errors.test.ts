import { afterAll, beforeAll, expect, test } from 'vitest'
import { letPass } from '../../test/clock.ts'
import { expectErrors } from '../../test/expect.ts'
import { BASE, type Caller, newAccount, newKey, type Reply, send, startServer } from '../../test/harness.ts'
import { resources } from '../app.ts'
import { errorGroups } from './error-page.ts'

const server = await startServer()
afterAll(() => server.close())

let caller: Caller
let reader: Caller

beforeAll(async () => {
  caller = await newAccount(server)
  for (const projectName of ['a', 'b'])
    await caller.call('POST', '/projects', { body: { projectName, clientName: 'c' } })
  await caller.call('DELETE', '/projects/2')
  reader = await newKey(server, caller, 'read')
})

/** An answer of every kind: what is done → its status. */
const ANSWERS: [string, number, () => Promise<Reply>][] = [
  ['read', 200, () => caller.call('GET', '/projects/1')],
  ['list', 200, () => caller.call('GET', '/projects')],
  ['documented read', 200, () => caller.call('POST', '/projects/')],
  ['update', 200, () => caller.call('PUT', '/projects/1', { body: { notes: 'x' } })],
  ['options', 204, () => caller.call('OPTIONS', '/projects')],
  ['no credentials', 401, () => send(server.port, 'GET', `${BASE}/projects`)],
  ['no credentials, unknown path', 401, () => send(server.port, 'GET', `${BASE}/x`)],
  ['no credentials, bad escape', 401, () => send(server.port, 'GET', `${BASE}/%zz`)],
  ['read-only key', 403, () => reader.call('DELETE', '/projects/1')],
  ['bad path escape', 400, () => caller.call('GET', '/projects/%zz')],
  ['bad path escape on another path', 400, () => caller.call('PURGE', '/%')],
  ['bad query escape', 400, () => caller.call('GET', '/projects?x=%zz')],
  ['bad parameter', 400, () => caller.call('GET', '/projects?limit=x')],
  ['broken JSON', 400, () => caller.call('POST', '/projects', { body: '{' })],
  ['unknown path', 404, () => caller.call('GET', '/nothing')],
  ['the base path', 404, () => caller.call('GET', '')],
  ['unknown id', 404, () => caller.call('GET', '/projects/9')],
  ['deleted', 404, () => caller.call('GET', '/projects/2')],
  ['method', 405, () => caller.call('DELETE', '/projects')],
  ['taken', 409, () => caller.call('POST', '/projects', { body: { projectName: 'A', clientName: 'C' } })],
  ['too large', 413, () => caller.call('POST', '/projects', { body: 'x'.repeat(1_048_577) })],
  ['type', 415, () => caller.call('POST', '/projects', { body: 'x', headers: { 'Content-Type': 'a/b' } })],
  ['bad type', 415, () => caller.call('POST', '/projects', { body: 'x', headers: { 'Content-Type': '?' } })],
  ['fields', 422, () => caller.call('POST', '/projects', { body: {} })],
]

test.each(ANSWERS)('every answer under the base path: %s, %i: its headers', async (_, status, act) => {
  const { status: answered, headers } = await act()
  expect(answered).toBe(status)
  expect(headers['cache-control']).toBe('private, no-cache')
  expect(headers.vary).toBe('Prefer, X-TimeTrack-Api-Key, Cookie')
  expect(headers['x-request-id']).toMatch(/^[\w-]{8,}$/)
  if (status !== 204) expect(headers['content-type']).toBe('application/json; charset=utf-8')
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('server')
})

test('every error has the contract’s shape and nothing internal', async () => {
  for (const [, status, act] of ANSWERS.filter(([, code]) => code >= 400)) {
    const reply = await act()
    expectErrors(reply, status, ...reply.json.errors.map(({ code, source }: any) => [code, source]))
    expect(reply.text).not.toMatch(
      /sqlite|kysely|fastify|FST_|node_modules|\.ts\b|\bat \w+ \(|stack|SELECT|undefined/i,
    )
  }
})

test('400: a bad escape in the path', async () => {
  for (const path of [
    '/projects/%',
    '/projects/%zz',
    '/projects/%E9',
    '/projects/1%',
    '/%/x',
    '/projects/%C0%80',
  ])
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PURGE'])
      expectErrors(await caller.call(method, path, { body: '{}' }), 400, [10002])
  expectErrors(await send(server.port, 'GET', '/%zz'), 400, [10002])
})

test('404: ids of any shape', async () => {
  const ids = [
    '9'.repeat(5000),
    'x'.repeat(5000),
    '%F0%9F%98%80'.repeat(400),
    '%00',
    '%0A',
    '%2e%2e',
    '%2F..%2F..%2Fetc%2Fpasswd',
    "1'--",
    '1%20OR%201=1',
    '__proto__',
    '{id}',
    ':id',
    '*',
    'NaN',
    'null',
  ]
  for (const id of ids) {
    for (const method of ['GET', 'PUT', 'DELETE', 'POST'])
      expectErrors(await caller.call(method, `/projects/${id}`), 404, [13001])
    expectErrors(await caller.call('POST', `/projects/${id}/restore`), 404, [13001])
  }
})

test('500: an unexpected error reveals a request id and no more', async () => {
  const broken = await startServer()
  const { call } = await newAccount(broken)
  expect((await call('GET', '/projects')).status).toBe(200)
  await broken.database.close()
  const replies = [await call('GET', '/projects'), await call('POST', '/projects/1/restore')]
  letPass(600)
  replies.push(await call('GET', '/projects'))
  for (const reply of replies) {
    expectErrors(reply, 500, [10007])
    expect(reply.text).not.toMatch(/database|connection|open|TypeError|sqlite/i)
    expect(reply.headers['cache-control']).toBe('private, no-cache')
  }
  expect((await send(broken.port, 'GET', '/readyz')).status).toBe(503)
  expect((await send(broken.port, 'GET', '/healthz')).status).toBe(200)
  await broken.close()
})

const groups = errorGroups(resources)
const entries = groups.flatMap((group) => group.entries)

test('codes are unique', () => {
  const codes = entries.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
})

test('codes are in the range of their subject', () => {
  const ranges = groups.map(({ title, entries: [first] }) => [title, Math.floor((first?.code ?? 0) / 1000)])
  expect(ranges).toEqual([
    ['The request', 10],
    ['Access', 11],
    ['Clients', 12],
    ['Projects', 13],
    ['Tasks', 14],
  ])
})

test('…020 is "exists but it is deleted", a 404, and nothing else is', () => {
  for (const { code, status, title } of entries) {
    const deleted = code % 1000 === 20
    expect([code, title.endsWith('exists but it is deleted')]).toEqual([code, deleted])
    if (deleted) expect([code, status]).toEqual([code, 404])
  }
})

test('every entry has an error status, a title and advice', () => {
  for (const { status, title, advice } of entries) {
    expect(status >= 400 && status < 600).toBe(true)
    expect(title).toMatch(/^[A-Z][^.]+$/)
    expect(advice).toMatch(/^[A-Z].+\.$/)
  }
})
