import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { newDatabase } from '../../test/engine.ts'
import { BASE, newAccount, send, type TestServer } from '../../test/harness.ts'
import { buildApp } from '../app.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'

const lines: string[] = []
const location = await newDatabase()
const database = await openDatabase(location)
await migrate(database)
const app = buildApp({
  config: { baseDomain: 'localhost', trustProxy: false },
  database,
  log: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
  webFolder: '',
})
await app.listen({ port: 0, host: '127.0.0.1' })
const server: TestServer = {
  port: Number(new URL(app.listeningOrigin).port),
  database,
  location,
  close: async () => {
    await app.close()
    await database.close()
  },
}
afterAll(() => server.close())

/** The log line of an answer. */
async function lineOf(requestId: unknown): Promise<any> {
  for (let tries = 0; tries < 100; tries++) {
    const found = lines.map((line) => JSON.parse(line)).filter((line) => line.requestId === requestId)
    if (found.length > 0) return found.at(-1)
    await sleep(10)
  }
  throw new Error(`the log has no line for ${requestId}`)
}

test('X-Request-Id is on every answer, in its error and in the log', async () => {
  const { call, account } = await newAccount(server)
  const body = { projectName: 'a', clientName: 'b' }
  const replies = {
    'GET /projects 200': await call('GET', '/projects'),
    'POST /projects 201': await call('POST', '/projects', { body }),
    'HEAD /projects/1 200': await call('HEAD', '/projects/1'),
    'OPTIONS /projects 204': await call('OPTIONS', '/projects'),
    'POST /projects 409': await call('POST', '/projects', { body }),
    'GET /nothing 404': await call('GET', '/nothing'),
    'DELETE /projects 405': await call('DELETE', '/projects'),
    'GET /projects 401': await send(server.port, 'GET', `${BASE}/projects`),
  }
  for (const [what, { status, headers, json }] of Object.entries(replies)) {
    const [method, path] = what.split(' ')
    expect(what).toBe(`${method} ${path} ${status}`)
    const requestId = headers['x-request-id']
    expect(requestId).toBeTruthy()
    if (json?.errors) expect(json.errors[0].requestId).toBe(requestId)
    const line = await lineOf(requestId)
    expect(line).toMatchObject({ method, path: BASE + path, status })
    if (status === 200) expect(line.account).toBe(account)
  }
})

test('X-Request-Id is also on answers outside the base path', async () => {
  for (const path of ['/healthz', '/readyz', '/', '/nothing']) {
    const { headers } = await send(server.port, 'GET', path)
    expect((await lineOf(headers['x-request-id'])).path).toBe(path)
  }
})

test('X-Request-Id of a bad path escape is in its error and in the log', async () => {
  const { call } = await newAccount(server)
  const { status, headers, json } = await call('GET', '/projects/%zz')
  const requestId = headers['x-request-id']
  expect([status, json.errors[0].requestId]).toEqual([400, requestId])
  expect(await lineOf(requestId)).toMatchObject({ path: `${BASE}/projects/%zz`, status: 400 })
})

test('request ids are unique, and not the caller’s', async () => {
  const { call } = await newAccount(server)
  const headers = { 'X-Request-Id': 'mine' }
  const replies = await Promise.all(Array.from({ length: 50 }, () => call('GET', '/projects', { headers })))
  const ids = new Set(replies.map((reply) => reply.headers['x-request-id']))
  expect(ids.size).toBe(50)
  expect(ids).not.toContain('mine')
})

test('no secret, no query and no body is logged', async () => {
  const { call, key, secret } = await newAccount(server)
  const body = { projectName: 'confidential-name', clientName: 'b', notes: 5 }
  await call('POST', '/projects', { body })
  const wrong = { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': `${secret}x` }
  await send(server.port, 'GET', `${BASE}/projects`, { headers: wrong })
  const swapped = { 'X-TimeTrack-Api-Key': secret, 'X-TimeTrack-Api-Secret': key }
  await send(server.port, 'GET', `${BASE}/projects`, { headers: swapped })
  await call('GET', '/projects/%zz')
  const { headers } = await call('GET', '/projects?projectName=confidential-needle')
  await lineOf(headers['x-request-id'])
  const log = lines.join('')
  for (const hidden of [secret, secret.slice(4, 24), 'confidential']) expect(log).not.toContain(hidden)
})
