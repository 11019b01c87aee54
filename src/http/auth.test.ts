import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { BASE, type Caller, newAccount, newKey, type Reply, send, startServer } from '../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const KEY = 'X-TimeTrack-Api-Key'
const SECRET = 'X-TimeTrack-Api-Secret'
const minimal = { projectName: 'a', clientName: 'b' }

const get = (headers: Record<string, string | string[]>) =>
  send(server.port, 'GET', `${BASE}/projects`, { headers })

/** The body without the request id, which differs from call to call. */
const bodyOf = ({ text, headers }: Reply) => text.replaceAll(String(headers['x-request-id']), 'ID')

test('200: key and secret in their headers, whatever the case of the names', async () => {
  const { key, secret } = await newAccount(server)
  expect((await get({ [KEY]: key, [SECRET]: secret })).status).toBe(200)
  expect((await get({ [KEY.toLowerCase()]: key, [SECRET.toUpperCase()]: secret })).status).toBe(200)
})

test('401: missing, wrong, swapped and mixed credentials all get the same answer', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  const { key, secret } = one
  expect((await get({ [KEY]: key, [SECRET]: secret })).status).toBe(200)
  const wrong: Record<string, string | string[]>[] = [
    {},
    { [KEY]: key },
    { [SECRET]: secret },
    { [KEY]: '', [SECRET]: '' },
    { [KEY]: key, [SECRET]: '' },
    { [KEY]: '', [SECRET]: secret },
    { [KEY]: secret, [SECRET]: key },
    { [KEY]: key, [SECRET]: key },
    { [KEY]: key, [SECRET]: two.secret },
    { [KEY]: two.key, [SECRET]: secret },
    { [KEY]: key, [SECRET]: `${secret}x` },
    { [KEY]: key, [SECRET]: secret.slice(0, -1) },
    { [KEY]: key, [SECRET]: secret.toUpperCase() },
    { [KEY]: key.toUpperCase(), [SECRET]: secret },
    { [KEY]: key.replace(/_\d+_/, `_${two.account}_`), [SECRET]: secret },
    { [KEY]: key.replace(/_\d+_/, '_999999999_'), [SECRET]: secret },
    { [KEY]: key.replace(/_\d+_/, '_99999999999999999999_'), [SECRET]: secret },
    { [KEY]: `${key}'--`, [SECRET]: secret },
    { [KEY]: '%00', [SECRET]: 'ü' },
    { [KEY]: 'constructor', [SECRET]: '__proto__' },
    { [KEY]: 'x'.repeat(5000), [SECRET]: 'y'.repeat(5000) },
    { [KEY]: [key, key], [SECRET]: secret },
    { [KEY]: key, [SECRET]: [secret, secret] },
    { Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` },
    { 'X-Api-Key': key, 'X-Api-Secret': secret },
  ]
  const bodies = new Set<string>()
  for (const headers of wrong) {
    const reply = await get(headers)
    expectErrors(reply, 401, [11001])
    bodies.add(bodyOf(reply))
  }
  expect(bodies.size).toBe(1)
})

test('401: credentials count only in headers, not in the query or the body', async () => {
  const { key, secret } = await newAccount(server)
  const query = `${KEY}=${key}&${SECRET}=${secret}`
  expectErrors(await send(server.port, 'GET', `${BASE}/projects?${query}`), 401, [11001])
  const body = { [KEY]: key, [SECRET]: secret }
  expectErrors(await send(server.port, 'POST', `${BASE}/projects/`, { body }), 401, [11001])
})

test.each([
  ['GET', '/projects'],
  ['GET', ''],
  ['GET', '/'],
  ['GET', '/no/such/path'],
  ['GET', '/projects/1/nothing'],
  ['GET', '/projects/%zz'],
  ['GET', '/%'],
  ['GET', '/projects/%E9'],
  ['GET', '/projects?limit=x'],
  ['GET', '/projects?x=%'],
  ['GET', '/projects/abc'],
  ['GET', `/projects/${'9'.repeat(5000)}`],
  ['OPTIONS', '/projects'],
  ['OPTIONS', '/nothing'],
  ['DELETE', '/projects'],
  ['PUT', '/projects/1'],
  ['PATCH', '/projects/1'],
  ['DELETE', '/projects/1'],
  ['POST', '/projects'],
  ['POST', '/projects/1'],
  ['POST', '/projects/1/restore'],
  ['PURGE', '/projects'],
])('401 before everything else: %s %s', async (method, path) => {
  const bodies = new Set<string>()
  for (const body of [undefined, '{broken', 'x'.repeat(2_000)]) {
    const headers = { Prefer: 'handling=strict', 'Content-Type': 'text/plain' }
    const reply = await send(server.port, method, BASE + path, { body, headers })
    expectErrors(reply, 401, [11001])
    bodies.add(bodyOf(reply))
  }
  expect([...bodies]).toEqual([bodyOf(await get({}))])
})

test('401: HEAD, without a body', async () => {
  const reply = await send(server.port, 'HEAD', `${BASE}/projects`)
  expect([reply.status, reply.text]).toEqual([401, ''])
})

test('404 and 200 outside the base path need no credentials', async () => {
  expectErrors(await send(server.port, 'GET', '/nothing'), 404, [10005])
  expectErrors(await send(server.port, 'GET', '/api/v2/extra'), 404, [10005])
  for (const path of ['/healthz', '/readyz']) expect((await send(server.port, 'GET', path)).status).toBe(200)
})

const forbidden = (reply: Reply) => expectErrors(reply, 403, [11002, { header: KEY }])

async function withReader(): Promise<{ owner: Caller; reader: Caller }> {
  const owner = await newAccount(server)
  await owner.call('POST', '/projects', { body: minimal })
  return { owner, reader: await newKey(server, owner, 'read') }
}

test('200: a read-only key may read, also by the reads documented as POST', async () => {
  const { owner, reader } = await withReader()
  const list = (await owner.call('GET', '/projects')).text
  const one = (await owner.call('GET', '/projects/1')).text
  expect((await reader.call('GET', '/projects')).text).toBe(list)
  expect((await reader.call('HEAD', '/projects')).status).toBe(200)
  expect((await reader.call('OPTIONS', '/projects')).status).toBe(204)
  for (const body of [undefined, {}]) {
    expect((await reader.call('POST', '/projects/', { body })).text).toBe(list)
    expect((await reader.call('POST', '/projects?projectName=a', { body })).text).toBe(list)
    expect((await reader.call('POST', '/projects/1', { body })).text).toBe(one)
  }
})

test('403: a read-only key may not change anything, and nothing changes', async () => {
  const { owner, reader } = await withReader()
  const { text } = await owner.call('GET', '/projects')
  for (const path of ['/projects', '/projects/', '/projects?limit=1'])
    forbidden(await reader.call('POST', path, { body: { ...minimal, projectName: 'new' } }))
  for (const body of [undefined, {}]) forbidden(await reader.call('POST', '/projects', { body }))
  for (const id of ['1', '2', 'abc']) {
    forbidden(await reader.call('PUT', `/projects/${id}`, { body: { notes: 'x' } }))
    forbidden(await reader.call('PATCH', `/projects/${id}`, { body: { notes: -1 } }))
    forbidden(await reader.call('DELETE', `/projects/${id}`))
    forbidden(await reader.call('POST', `/projects/${id}/restore`))
  }
  expect((await owner.call('GET', '/projects')).text).toBe(text)
})
