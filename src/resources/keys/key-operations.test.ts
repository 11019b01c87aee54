import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { letPass } from '../../../test/clock.ts'
import { newDatabase } from '../../../test/engine.ts'
import { expectErrors } from '../../../test/expect.ts'
import { BASE, newAccount, newKey, newUser, type Reply, send, startServer } from '../../../test/harness.ts'
import { auditOf, bytesOf, endGraces, keptOf, lastUsesIn, revoke } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

/** How soon a revoked or replaced credential is refused. */
const HONOURED_MS = 1_000
const HOUR = 3_600_000
const SECRET = /^tts_[\w-]{43}$/

const newAdmin = async () => newUser(server, await newAccount(server))

async function statusWith({ key }: { key: string }, secret: string): Promise<number> {
  const headers = { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': secret }
  return (await send(server.port, 'GET', `${BASE}/projects`, { headers })).status
}

const shown = (reply: Reply) => ({ ...reply.json, secret: undefined })

test('201: a new key works at once, with the requested access; its secret is shown only once', async () => {
  const admin = await newAdmin()
  const made = await admin.call('POST', '/keys', { body: { name: ' Invoices ' } })
  expect([made.status, made.headers.location, made.json]).toEqual([
    201,
    `${BASE}/keys/2`,
    {
      id: 2,
      key: expect.stringMatching(new RegExp(`^ttk_${admin.account}_[\\w-]{16}$`)),
      name: 'Invoices',
      access: 'write',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      lastUsedAt: null,
      expiresAt: null,
      previousSecretUntil: null,
      secret: expect.stringMatching(SECRET),
    },
  ])
  const { secret, ...key } = made.json
  expect(await statusWith(key, secret)).toBe(200)
  const got = await admin.call('GET', '/keys/2')
  expect({ ...got.json, lastUsedAt: null }).toEqual(key)
  const reader = await admin.call('POST', '/keys', { body: { name: 'Reports', access: 'read' } })
  const credentials = {
    'X-TimeTrack-Api-Key': reader.json.key,
    'X-TimeTrack-Api-Secret': reader.json.secret,
  }
  const body = { projectName: 'a', clientName: 'b' }
  const refused = await send(server.port, 'POST', `${BASE}/projects`, { headers: credentials, body })
  expectErrors(refused, 403, [11002, { header: 'X-TimeTrack-Api-Key' }])
})

test('200: the keys that are not revoked, oldest first, including those made by the command line', async () => {
  const owner = await newAccount(server)
  const admin = await newUser(server, owner)
  await newKey(server, owner, 'read')
  await admin.call('POST', '/keys', { body: { name: 'Third' } })
  await revoke(server, owner)
  const { json, headers } = await admin.call('GET', '/keys')
  expect(json.map((key: any) => [key.id, key.name, key.access])).toEqual([
    [2, 'Key 2', 'read'],
    [3, 'Third', 'write'],
  ])
  expect(headers.etag).toBeUndefined()
  expect(JSON.stringify(json)).not.toMatch(/secret"|hash|tts_/)
})

test('422: what is no key', async () => {
  const admin = await newAdmin()
  const post = (body: object, headers = {}) => admin.call('POST', '/keys', { body, headers })
  expectErrors(await post({}), 422, [10050, { pointer: '/name' }])
  expectErrors(await post({ name: '  ' }), 422, [10052, { pointer: '/name' }])
  expectErrors(await post({ name: 'x', access: 'admin' }), 422, [10058, { pointer: '/access' }])
  expectErrors(await post({ name: 'x', expiresAt: 'tomorrow' }), 422, [10058, { pointer: '/expiresAt' }])
  expectErrors(await post({ name: 'x', secret: 'y' }, { Prefer: 'handling=strict' }), 422, [
    10056,
    { pointer: '/secret' },
  ])
  expect((await admin.call('GET', '/keys')).json).toHaveLength(1)
})

test('200: name and expiry change if they are sent, and null removes the expiry', async () => {
  const admin = await newAdmin()
  const expiresAt = '2031-01-31T12:00:00.000Z'
  const put = async (body: object) => (await admin.call('PUT', '/keys/1', { body })).json
  expect(await put({ expiresAt: '2031-01-31T12:00:00Z' })).toMatchObject({ name: 'Key 1', expiresAt })
  expect(await put({ name: 'Renamed', access: 'read' })).toMatchObject({
    name: 'Renamed',
    access: 'write',
    expiresAt,
  })
  expect(await put({ expiresAt: null })).toMatchObject({ name: 'Renamed', expiresAt: null })
  const audit = await auditOf(server, admin)
  await put({ name: 'Renamed', expiresAt: null })
  expect(await auditOf(server, admin)).toEqual(audit)
})

test('401: an expired key, to the moment; with a later expiry it is valid again', async () => {
  const admin = await newAdmin()
  const ends = Date.now() + HOUR
  const expiresAt = new Date(ends).toISOString()
  const { json } = await admin.call('POST', '/keys', { body: { name: 'Short', expiresAt } })
  expect(json.expiresAt).toBe(expiresAt)
  expect(await statusWith(json, json.secret)).toBe(200)
  letPass(ends - 100 - Date.now())
  expect(await statusWith(json, json.secret)).toBe(200)
  letPass(101)
  expect(await statusWith(json, json.secret)).toBe(401)
  expect((await admin.call('GET', '/keys')).json).toHaveLength(2)
  await admin.call('PUT', '/keys/2', { body: { expiresAt: null } })
  expect(await statusWith(json, json.secret)).toBe(200)
})

test('200: revoked for good, refused within a second, its id unknown from then on', async () => {
  const admin = await newAdmin()
  const { json } = await admin.call('POST', '/keys', { body: { name: 'Gone' } })
  expect(await statusWith(json, json.secret)).toBe(200)
  const revoked = await admin.call('DELETE', '/keys/2')
  expect([revoked.status, { ...shown(revoked), lastUsedAt: null }]).toEqual([
    200,
    { ...json, secret: undefined },
  ])
  letPass(HONOURED_MS)
  expect(await statusWith(json, json.secret)).toBe(401)
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', ''],
    ['DELETE', ''],
    ['POST', '/secret'],
    ['POST', '/end-grace'],
  ] as const)
    expectErrors(await admin.call(method, `/keys/2${path}`), 404, [11010])
  for (const id of ['99', 'x', '0']) expectErrors(await admin.call('GET', `/keys/${id}`), 404, [11010])
})

test('200: a new secret; both are valid for a day, and another one is 409 until then', async () => {
  const admin = await newAdmin()
  const { key, secret: old } = admin
  const renewed = await admin.call('POST', '/keys/1/secret')
  expect([renewed.status, renewed.json.key]).toEqual([200, key])
  expect(renewed.json.secret).toMatch(SECRET)
  const until = Date.parse(renewed.json.previousSecretUntil)
  expect(Math.abs(until - Date.now() - 24 * HOUR)).toBeLessThan(60_000)
  for (const secret of [old, renewed.json.secret]) expect(await statusWith({ key }, secret)).toBe(200)
  const refused = await admin.call('POST', '/keys/1/secret')
  expectErrors(refused, 409, [11011])
  expect(refused.json.errors[0].detail).toContain(renewed.json.previousSecretUntil)
  for (const secret of [old, renewed.json.secret]) expect(await statusWith({ key }, secret)).toBe(200)
  await endGraces(server, admin)
  expect((await admin.call('GET', '/keys/1')).json.previousSecretUntil).toBeNull()
  expect((await admin.call('POST', '/keys/1/secret')).status).toBe(200)
})

test('200: the grace ends at once; without one, the key stays as it is', async () => {
  const admin = await newAdmin()
  const { key, secret: old } = admin
  const { json } = await admin.call('POST', '/keys/1/secret')
  const ended = await admin.call('POST', '/keys/1/end-grace')
  expect([ended.status, ended.json.previousSecretUntil]).toEqual([200, null])
  letPass(HONOURED_MS)
  expect([await statusWith({ key }, old), await statusWith({ key }, json.secret)]).toEqual([401, 200])
  const audit = await auditOf(server, admin)
  expect((await admin.call('POST', '/keys/1/end-grace')).status).toBe(200)
  expect(await auditOf(server, admin)).toEqual(audit)
  expect((await admin.call('POST', '/keys/1/secret')).status).toBe(200)
})

test('a repeat under an Idempotency-Key makes no second key or secret, and reveals no secret', async () => {
  const admin = await newAdmin()
  const twice = async (path: string, name: string) => {
    const sent = { headers: { 'Idempotency-Key': name }, ...(path === '/keys' && { body: { name } }) }
    return [await admin.call('POST', path, sent), await admin.call('POST', path, sent)] as const
  }
  for (const [path, name] of [
    ['/keys', 'make'],
    ['/keys/1/secret', 'renew'],
  ] as const) {
    const [first, again] = await twice(path, name)
    expect(first.json.secret).toMatch(SECRET)
    expect([again.status, again.headers.location]).toEqual([first.status, first.headers.location])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.json).toEqual({ ...first.json, secret: null })
    expect(await keptOf(server, admin)).not.toContain(first.json.secret)
  }
  expect((await admin.call('GET', '/keys')).json).toHaveLength(2)
})

test('each change is in the audit with its user, and no secret is stored anywhere', async () => {
  const admin = await newAdmin()
  const secrets: string[] = [admin.secret]
  const made = await admin.call('POST', '/keys', {
    body: { name: 'Audited' },
    headers: { 'Idempotency-Key': 'k' },
  })
  await admin.call('PUT', '/keys/2', { body: { name: 'Renamed' } })
  const renewed = await admin.call('POST', '/keys/2/secret')
  await admin.call('POST', '/keys/2/end-grace')
  await admin.call('DELETE', '/keys/2')
  secrets.push(made.json.secret, renewed.json.secret)
  const rows = (await auditOf(server, admin)).filter((row) => row.entity_id === made.json.key)
  expect(rows.map(({ action, actor }) => [action, actor])).toEqual(
    ['create', 'update', 'rotate', 'endGrace', 'revoke'].map((verb) => [
      `key.${verb}`,
      `user:${admin.username}`,
    ]),
  )
  expect(JSON.parse(rows[1]!.after!)).toMatchObject({ id: 2, name: 'Renamed' })
  const kept = await keptOf(server, admin)
  const bytes = await bytesOf(server)
  for (const secret of secrets) {
    expect(kept).not.toContain(secret.slice(4))
    expect(bytes.includes(secret.slice(4))).toBe(false)
  }
  expect(rows.every(({ after }) => !/hash/.test(`${after}`))).toBe(true)
})

test('the changes of keys and sessions are not in the change feed', async () => {
  const admin = await newAdmin()
  await admin.call('POST', '/keys', { body: { name: 'x' } })
  expect((await admin.call('GET', '/changes')).json).toEqual([])
})

test('the last use shows within a minute, and is no change', async () => {
  const other = await startServer()
  const owner = await newAccount(other)
  const admin = await newUser(other, owner)
  const audit = await auditOf(other, owner)
  await owner.call('GET', '/projects')
  const lastUse = async () => (await admin.call('GET', '/keys/1')).json.lastUsedAt
  while ((await lastUse()) === null) await sleep(20)
  expect(Math.abs(Date.now() - Date.parse(await lastUse()))).toBeLessThan(60_000)
  expect(await auditOf(other, owner)).toEqual(audit)
  await other.close()
})

test('uses not written yet are written when the server closes', async () => {
  const location = await newDatabase()
  const other = await startServer({}, '', location)
  const [first, second] = [await newAccount(other), await newAccount(other)]
  const admin = await newUser(other, first)
  await first.call('GET', '/projects')
  while ((await admin.call('GET', '/keys/1')).json.lastUsedAt === null) await sleep(20)
  await second.call('GET', '/projects')
  await other.close()
  expect(await lastUsesIn(location)).toEqual(Array(2).fill(expect.stringMatching(/Z$/)))
})
