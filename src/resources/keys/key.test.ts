import { afterAll, expect, test } from 'vitest'
import { letPass } from '../../../test/clock.ts'
import { expectErrors } from '../../../test/expect.ts'
import { BASE, newAccount, newKey, send, startServer } from '../../../test/harness.ts'
import { auditOf, bytesOf, keptOf, revoke, rotate } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

/** How soon a revoked or replaced credential is refused. */
const HONOURED_MS = 1000

/** The status of a request with this key and secret. */
async function statusWith(key: string, secret: string): Promise<number> {
  const headers = { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': secret }
  return (await send(server.port, 'GET', `${BASE}/projects`, { headers })).status
}

test('401: a revoked key, within a second, even while it is in use', async () => {
  const [caller, other] = [await newAccount(server), await newAccount(server)]
  const spare = await newKey(server, caller, 'write')
  expect(await statusWith(caller.key, caller.secret)).toBe(200)
  expect(await revoke(server, caller)).toBe(true)
  for (let ms = 0; ms < HONOURED_MS; ms += 100) {
    await statusWith(caller.key, caller.secret)
    letPass(100)
  }
  expectErrors(await caller.call('GET', '/projects'), 401, [11001])
  expectErrors(
    await caller.call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } }),
    401,
    [11001],
  )
  expect(await statusWith(spare.key, spare.secret)).toBe(200)
  expect(await statusWith(other.key, other.secret)).toBe(200)
})

test('401: a revoked key gets the same answer as a wrong one', async () => {
  const caller = await newAccount(server)
  await revoke(server, caller)
  const revoked = await caller.call('GET', '/projects')
  const wrong = await send(server.port, 'GET', `${BASE}/projects`)
  const errorOf = (reply: typeof wrong) => ({ ...reply.json.errors[0], requestId: '' })
  expect([revoked.status, errorOf(revoked)]).toEqual([401, errorOf(wrong)])
})

test('a revoked key is neither revoked again nor rotated', async () => {
  const caller = await newAccount(server)
  expect(await revoke(server, caller)).toBe(true)
  expect(await revoke(server, caller)).toBe(false)
  expect(await rotate(server, caller, 0)).toBeUndefined()
  expect(await statusWith(caller.key, caller.secret)).toBe(401)
})

test('rotated without grace: the new secret is valid at once, the old one refused within a second', async () => {
  const caller = await newAccount(server)
  expect(await statusWith(caller.key, caller.secret)).toBe(200)
  const rotated = await rotate(server, caller, 0)
  expect(rotated?.key).toBe(caller.key)
  expect(await statusWith(caller.key, rotated!.secret)).toBe(200)
  letPass(HONOURED_MS)
  expect(await statusWith(caller.key, caller.secret)).toBe(401)
  expect(await statusWith(caller.key, rotated!.secret)).toBe(200)
})

test('rotated with grace: both secrets are valid until it ends, then the old one is refused within a second', async () => {
  const caller = await newAccount(server)
  const graceHours = 1
  const rotated = await rotate(server, caller, graceHours)
  for (const ms of [0, graceHours * 3_600_000 - 1_000]) {
    letPass(ms)
    expect(await statusWith(caller.key, caller.secret)).toBe(200)
    expect(await statusWith(caller.key, rotated!.secret)).toBe(200)
  }
  letPass(1_000 + HONOURED_MS)
  expect(await statusWith(caller.key, caller.secret)).toBe(401)
  expect(await statusWith(caller.key, rotated!.secret)).toBe(200)
})

test('revoked during the grace: neither secret is valid', async () => {
  const caller = await newAccount(server)
  const rotated = await rotate(server, caller, 1)
  await revoke(server, caller)
  expect(await statusWith(caller.key, caller.secret)).toBe(401)
  expect(await statusWith(caller.key, rotated!.secret)).toBe(401)
})

test('the text of a key carries its account’s number; secrets have at least 160 random bits', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  expect(one.key.split('_')[1]).toBe(String(one.account))
  const random = one.secret.replace(/^[a-z]+_/, '')
  expect(random).toMatch(/^[\w-]+$/)
  expect(random.length * 6).toBeGreaterThanOrEqual(160)
  expect(one.secret).not.toBe(two.secret)
})

test('a secret is stored only as a hash', async () => {
  const caller = await newAccount(server)
  const rotated = await rotate(server, caller, 1)
  const bytes = await bytesOf(server)
  for (const { secret } of [caller, rotated!]) {
    expect(await keptOf(server, caller)).not.toContain(secret)
    expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes(secret.replace(/^[a-z]+_/, ''))).toBe(false)
  }
  expect(bytes.includes(caller.key)).toBe(true)
})

test('each change of a key leaves an audit row, without its secret', async () => {
  const caller = await newAccount(server)
  await rotate(server, caller, 1)
  await revoke(server, caller)
  const rows = (await auditOf(server, caller)).filter((row) => row.entity === 'key')
  expect(rows.map((row) => [row.action, row.actor, row.entity_id])).toEqual([
    ['key.create', 'test', caller.key],
    ['key.rotate', 'test', caller.key],
    ['key.revoke', 'test', caller.key],
  ])
})
