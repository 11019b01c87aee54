import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { BASE, newAccount, startServer, type TestServer } from '../../test/harness.ts'
import { sendRaw } from '../../test/raw.ts'
import { isAccountName } from './host.ts'

const server = await startServer()
const other = await startServer({ baseDomain: 'timetrack.example.com' })
const proxied = await startServer({ trustProxy: 1 })
afterAll(() => Promise.all([server, other, proxied].map((one) => one.close())))

async function status(
  where: TestServer,
  hostOf: (name: string, stranger: string) => string,
  more: Record<string, string> = {},
): Promise<number> {
  const caller = await newAccount(where)
  const stranger = await newAccount(where)
  const headers = { Host: hostOf(caller.name, stranger.name), ...more }
  const reply = await caller.call('GET', '/projects', { headers })
  if (reply.status !== 200) expectErrors(reply, 401, [11001])
  return reply.status
}

test.each<[string, (name: string) => string]>([
  ['its label', (name) => `${name}.localhost`],
  ['with a port', (name) => `${name}.localhost:3000`],
  ['with a trailing dot', (name) => `${name}.localhost.`],
  ['with a trailing dot and a port', (name) => `${name}.localhost.:443`],
  ['in upper case', (name) => `${name.toUpperCase()}.LOCALHOST`],
  ['in mixed case, with everything', (name) => `${name.toUpperCase()}.LocalHost.:8080`],
])('200: the own account’s host, %s', async (_, hostOf) => {
  expect(await status(server, hostOf)).toBe(200)
})

test.each([
  'localhost',
  'localhost:3000',
  'LOCALHOST.',
  '127.0.0.1',
  '127.0.0.1:3000',
  '[::1]',
  '[::1]:3000',
  '[2001:db8::7]:443',
  'timetrack.example.com',
  'intranet',
  'notlocalhost',
  'acme.localhost.example.com',
])('200: on the host %s, which names no account, the key alone decides', async (host) => {
  expect(await status(server, () => host)).toBe(200)
})

test('200: HTTP/1.0 without a host: the key alone decides', async () => {
  const { key, secret } = await newAccount(server)
  const credentials = `X-TimeTrack-Api-Key: ${key}\r\nX-TimeTrack-Api-Secret: ${secret}\r\n`
  const reply = await sendRaw(server.port, `GET ${BASE}/projects HTTP/1.0\r\n${credentials}\r\n`)
  expect([reply.status, reply.text]).toEqual([200, '[]'])
})

test.each<[string, (name: string, stranger: string) => string]>([
  ['another account', (_, stranger) => `${stranger}.localhost`],
  ['another account, with everything', (_, stranger) => `${stranger.toUpperCase()}.LOCALHOST.:80`],
  ['an unknown account', () => 'nobody.localhost'],
  ['a deeper label', (name) => `a.${name}.localhost`],
  ['a deeper label at the end', (name) => `${name}.a.localhost`],
  ['the own name twice', (name) => `${name}.${name}.localhost`],
  ['a reserved label, www', () => 'www.localhost'],
  ['a reserved label, api', () => 'api.localhost'],
  ['a reserved label, app', () => 'app.localhost'],
  ['a reserved label, admin', () => 'admin.localhost:3000'],
  ['an empty label', () => '.localhost'],
  ['a part of the own name', (name) => `${name.slice(0, -1)}.localhost`],
  ['more than the own name', (name) => `x${name}.localhost`],
])('401: the host of %s', async (_, hostOf) => {
  expect(await status(server, hostOf)).toBe(401)
})

test('401 on another account’s host, even for a key that was accepted a moment ago and is accepted again afterwards', async () => {
  const [caller, stranger] = [await newAccount(server), await newAccount(server)]
  const on = async (name: string) =>
    (await caller.call('GET', '/projects', { headers: { Host: `${name}.localhost` } })).status
  const statuses = [await on(caller.name), await on(stranger.name), await on(caller.name), await on('nobody')]
  expect(statuses).toEqual([200, 401, 200, 401])
})

test('BASE_DOMAIN decides which hosts name an account', async () => {
  const domain = 'timetrack.example.com'
  expect(await status(other, (name) => `${name}.${domain}`)).toBe(200)
  expect(await status(other, (_, stranger) => `${stranger}.${domain}`)).toBe(401)
  expect(await status(other, (name) => `${name}.x.${domain}`)).toBe(401)
  expect(await status(other, () => domain)).toBe(200)
  expect(await status(other, (_, stranger) => `${stranger}.localhost`)).toBe(200)
  expect(await status(other, (_, stranger) => `${stranger}.evil${domain}`)).toBe(200)
})

test('a forwarded host counts only from a trusted proxy', async () => {
  const forwarded = { 'X-Forwarded-Host': 'nobody.localhost' }
  expect(await status(server, (name) => `${name}.localhost`, forwarded)).toBe(200)
  expect(await status(proxied, (name) => `${name}.localhost`, forwarded)).toBe(401)
})

test('an account’s name is one DNS label that is not reserved', () => {
  for (const name of ['a', '7', 'a-b', 'x'.repeat(63), 'acme', 'xn--bcher-kva'])
    expect(isAccountName(name)).toBe(true)
  const wrong = [
    '',
    '-a',
    'a-',
    'a.b',
    'a_b',
    'Acme',
    'ü',
    'x'.repeat(64),
    'a b',
    'a\n',
    'www',
    'api',
    'app',
    'admin',
  ]
  for (const name of wrong) expect(isAccountName(name)).toBe(false)
})
