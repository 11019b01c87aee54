import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { letPass } from '../../../test/clock.ts'
import { expectErrors } from '../../../test/expect.ts'
import {
  BASE,
  newAccount,
  newKey,
  newSession,
  newUser,
  send,
  sessionHeaders,
  startServer,
  type User,
} from '../../../test/harness.ts'
import { ageSessions, auditOf, keptOf, sessionRows } from '../../../test/store.ts'
import { sweepSessions } from './session.store.ts'

const server = await startServer()
const proxied = await startServer({ trustProxy: 1 })
afterAll(() => Promise.all([server.close(), proxied.close()]))

const DAY = 86_400_000
/** How soon an ended session is refused. */
const HONOURED_MS = 1_000
const project = { projectName: 'Website', clientName: 'Acme' }

const user = async (options = {}) => newUser(server, await newAccount(server), options)

/** Only the given headers, without those that a page adds. */
const plain = (
  on: typeof server,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
) => send(on.port, method, BASE + path, { headers, ...(body && { body }) })

test('a session reads and changes as a key with write access does, and the audit names its user', async () => {
  const { call, username, ...owner } = await user({ admin: false })
  expect((await call('POST', '/projects', { body: project })).status).toBe(201)
  const history = await call('GET', '/projects/1/history')
  expect(history.json).toMatchObject([{ actor: `user:${username}`, action: 'project.create' }])
  expect((await call('PUT', '/projects/1', { body: { notes: 'x' } })).status).toBe(200)
  expect((await call('HEAD', '/projects')).status).toBe(200)
  expect((await call('POST', '/projects/', { body: {} })).json).toHaveLength(1)
  expect((await call('DELETE', '/projects/1')).status).toBe(200)
  expect((await auditOf(server, { ...owner, call })).at(-1)?.actor).toBe(`user:${username}`)
})

test('every answer says that it depends on the cookie', async () => {
  const { call } = await user()
  for (const path of ['/projects', '/sessions', '/keys', '/nothing'])
    expect((await call('GET', path)).headers.vary).toBe('Prefer, X-TimeTrack-Api-Key, Cookie')
})

test('401: a cookie counts only where neither header of a key is sent', async () => {
  const { call, key, secret } = await user()
  const status = async (headers: Record<string, string>) =>
    (await call('GET', '/projects', { headers })).status
  const [KEY, SECRET] = ['X-TimeTrack-Api-Key', 'X-TimeTrack-Api-Secret']
  expect(await status({})).toBe(200)
  expect(await status({ [KEY]: key })).toBe(401)
  expect(await status({ [SECRET]: secret })).toBe(401)
  expect(await status({ [KEY]: '' })).toBe(401)
  expect(await status({ [KEY]: key, [SECRET]: 'wrong' })).toBe(401)
  expect(await status({ [KEY]: key, [SECRET]: secret })).toBe(200)
})

test('a key beside a cookie decides alone: its own access, and no rule for other sites', async () => {
  const owner = await newAccount(server)
  const { token } = await newUser(server, owner)
  const reader = await newKey(server, owner, 'read')
  const headers = { Cookie: `timetrack_session=${token}`, 'Sec-Fetch-Site': 'cross-site' }
  expect((await owner.call('POST', '/projects', { body: project, headers })).status).toBe(201)
  expectErrors(await reader.call('POST', '/projects', { body: project, headers }), 403, [
    11002,
    { header: 'X-TimeTrack-Api-Key' },
  ])
})

test('401: wrong, foreign, moved and broken tokens get the answer of a wrong key', async () => {
  const [one, two] = [await user(), await user()]
  const { token } = one
  const bodies = new Set<string>()
  for (const wrong of [
    '',
    'x',
    token.slice(0, -1),
    `${token}x`,
    token.toUpperCase(),
    token.replace(/_\d+_/, `_${two.account}_`),
    token.replace(/_\d+_/, '_999999999_'),
    `"${token}"`,
    encodeURIComponent(`${token};`),
  ]) {
    const reply = await plain(server, 'GET', '/projects', sessionHeaders(wrong))
    expectErrors(reply, 401, [11001])
    bodies.add(reply.text.replace(/"requestId":"[^"]*"/, ''))
  }
  const wrongKey = await plain(server, 'GET', '/projects', { 'X-TimeTrack-Api-Key': 'x' })
  bodies.add(wrongKey.text.replace(/"requestId":"[^"]*"/, ''))
  expect(bodies.size).toBe(1)
  const other = `timetrack_session2=x; a=b; timetrack_session=${token}; xtimetrack_session=y`
  expect((await plain(server, 'GET', '/projects', { Cookie: other })).status).toBe(200)
})

test('401 on another account’s host, even for a session that was accepted a moment ago; 200 on its own and on none', async () => {
  const [one, two] = [await user(), await user()]
  const on = async (host: string) =>
    (await plain(server, 'GET', '/projects', { ...sessionHeaders(one.token), Host: host })).status
  const hosts = [
    `${one.name}.localhost`,
    `${two.name}.localhost`,
    'nobody.localhost',
    '127.0.0.1',
    'localhost',
  ]
  for (let round = 0; round < 2; round++)
    expect(await Promise.all(hosts.map(on))).toEqual([200, 401, 401, 200, 200])
})

const changes: [string, string, object?][] = [
  ['POST', '/projects', project],
  ['POST', '/projects/', {}],
  ['POST', '/projects/1', {}],
  ['PUT', '/projects/1', { notes: 'x' }],
  ['PATCH', '/projects/1', { notes: 'x' }],
  ['DELETE', '/projects/1'],
  ['POST', '/projects/1/restore'],
  ['POST', '/keys', { name: 'x' }],
  ['DELETE', '/sessions/1'],
  ['POST', '/nothing'],
  ['PURGE', '/projects'],
]

test.each(changes)('403: %s %s from another site, and nothing changes', async (method, path, body) => {
  const owner = await user()
  await owner.call('POST', '/projects', { body: project })
  const kept = await keptOf(server, owner)
  const cookie = { Cookie: `timetrack_session=${owner.token}`, Host: `${owner.name}.localhost` }
  const own = `http://${owner.name}.localhost`
  for (const headers of [
    {},
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: own },
    { Origin: 'null' },
    { Origin: `https://${owner.name}.localhost` },
    { Origin: `${own}:81` },
    { Origin: `${own}.evil.example` },
    { Origin: 'http://evil.example', Referer: `${own}/` },
  ] as Record<string, string>[])
    expectErrors(await plain(server, method, path, { ...cookie, ...headers }, body), 403, [11006])
  expect(await keptOf(server, owner)).toBe(kept)
})

test('200: changes from the same origin, by fetch metadata or by Origin; reads from anywhere', async () => {
  const owner = await user()
  const on = (host: string, headers: Record<string, string>, method = 'PUT') =>
    plain(
      server,
      method,
      '/projects/1',
      { Cookie: `timetrack_session=${owner.token}`, Host: host, ...headers },
      {
        notes: host,
      },
    )
  await owner.call('POST', '/projects', { body: project })
  const host = `${owner.name}.localhost:${server.port}`
  expect((await on(host, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
  expect((await on(host, { Origin: `http://${host}` })).status).toBe(200)
  expect((await on(host.toUpperCase(), { Origin: `http://${host}` })).status).toBe(200)
  expect((await on('127.0.0.1', { Origin: 'http://127.0.0.1' })).status).toBe(200)
  for (const headers of [{}, { 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'http://evil.example' }])
    expect((await on(host, headers, 'GET')).status).toBe(200)
})

test('behind a trusted proxy the origin is the one that the browser sees', async () => {
  const owner = await newUser(proxied, await newAccount(proxied))
  await owner.call('POST', '/projects', { body: project })
  const put = (headers: Record<string, string>) =>
    plain(
      proxied,
      'PUT',
      '/projects/1',
      { Cookie: `timetrack_session=${owner.token}`, ...headers },
      { notes: 'x' },
    )
  const forwarded = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'time.example.com' }
  expect((await put({ ...forwarded, Origin: 'https://time.example.com' })).status).toBe(200)
  expect((await put({ ...forwarded, Origin: 'http://time.example.com' })).status).toBe(403)
  expect((await put({ ...forwarded, Origin: `http://127.0.0.1:${proxied.port}` })).status).toBe(403)
})

test('200: the user’s own sessions, oldest first, with where they are from', async () => {
  const owner = await user({ userAgent: 'Browser A' })
  const other = await newUser(server, owner)
  await newSession(server, owner, owner.user, `Browser B ${'x'.repeat(1_000)}`)
  const { status, json } = await owner.call('GET', '/sessions')
  expect(status).toBe(200)
  expect(json.map((one: any) => [one.id, one.current, one.address, one.userAgent.slice(0, 9)])).toEqual([
    [1, true, '127.0.0.1', 'Browser A'],
    [3, false, '127.0.0.1', 'Browser B'],
  ])
  expect(json[1].userAgent).toHaveLength(500)
  expect(Date.parse(json[0].expiresAt) - Date.parse(json[0].lastUsedAt)).toBe(14 * DAY)
  expect((await other.call('GET', '/sessions')).json.map((one: any) => one.id)).toEqual([2])
})

test('200: ends one of the user’s sessions, which is refused within a second even while it is in use', async () => {
  const owner = await user()
  const second = await newSession(server, owner, owner.user)
  expect((await second.call('GET', '/projects')).status).toBe(200)
  const ended = await owner.call('DELETE', '/sessions/2')
  expect([ended.status, ended.json.id, ended.json.current]).toEqual([200, 2, false])
  for (let ms = 0; ms < HONOURED_MS; ms += 100) {
    await second.call('GET', '/projects')
    letPass(100)
  }
  expectErrors(await second.call('GET', '/projects'), 401, [11001])
  expect((await owner.call('GET', '/sessions')).json).toHaveLength(1)
  expectErrors(await owner.call('DELETE', '/sessions/2'), 404, [11012])
})

test('404: another user’s session, one that never existed, and an invalid id all get the same answer', async () => {
  const owner = await user()
  const other = await newUser(server, owner, { admin: false })
  for (const path of ['/sessions/1', '/sessions/99', '/sessions/x'])
    expectErrors(await other.call('DELETE', path), 404, [11012])
  expect((await owner.call('GET', '/sessions')).json).toHaveLength(1)
})

test('403: sessions and keys with a key, whatever its access; keys for a user who is no admin', async () => {
  const owner = await newAccount(server)
  const plainUser = await newUser(server, owner, { admin: false })
  const paths: [string, string][] = [
    ['GET', '/sessions'],
    ['DELETE', '/sessions/1'],
    ['GET', '/keys'],
    ['GET', '/keys/1'],
    ['POST', '/keys'],
    ['PUT', '/keys/1'],
    ['DELETE', '/keys/1'],
    ['POST', '/keys/1/secret'],
    ['POST', '/keys/1/end-grace'],
  ]
  for (const caller of [owner, await newKey(server, owner, 'read')])
    for (const [method, path] of paths)
      expectErrors(await caller.call(method, path), 403, [11007, { header: 'X-TimeTrack-Api-Key' }])
  for (const [method, path] of paths.slice(2)) expectErrors(await plainUser.call(method, path), 403, [11008])
})

test('a session that is used lives on; 14 days after its last use it has expired', async () => {
  const owner = await user()
  await ageSessions(server, owner, 14 * DAY - 60_000)
  expect((await owner.call('GET', '/projects')).status).toBe(200)
  const late = await user()
  await ageSessions(server, late, 14 * DAY)
  expectErrors(await late.call('GET', '/projects'), 401, [11001])
  const sweeping = await user()
  await newSession(server, sweeping, sweeping.user)
  await ageSessions(server, sweeping, 14 * DAY)
  await sweepSessions(server.database)
  expect(await sessionRows(server, sweeping)).toEqual([])
})

test('the last use is recorded without a change: no audit row, no new tags of lists', async () => {
  const other = await startServer()
  const owner: User = await newUser(other, await newAccount(other))
  await ageSessions(other, owner, DAY)
  const [before] = await sessionRows(other, owner)
  const audit = await auditOf(other, owner)
  const tag = (await owner.call('GET', '/projects')).headers.etag
  const used = async () => (await sessionRows(other, owner))[0]!.last_used_at
  while ((await used()) === before!.last_used_at) await sleep(20)
  expect(Date.now() - Date.parse(await used())).toBeLessThan(60_000)
  expect(await auditOf(other, owner)).toEqual(audit)
  expect((await owner.call('GET', '/projects')).headers.etag).toBe(tag)
  await other.close()
})

test('422: an Idempotency-Key of one user reveals nothing to another', async () => {
  const owner = await user()
  const other = await newUser(server, owner)
  const headers = { 'Idempotency-Key': 'same' }
  const body = { name: 'Key of one' }
  expect((await owner.call('POST', '/keys', { body, headers })).status).toBe(201)
  const reply = await other.call('POST', '/keys', { body, headers })
  expectErrors(reply, 422, [10031, { header: 'Idempotency-Key' }])
})
