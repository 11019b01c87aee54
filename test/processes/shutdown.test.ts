import { existsSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { describe, expect } from 'vitest'
import { ask, onPostgres } from '../engine.ts'
import {
  Child,
  type Credentials,
  call,
  createAccount,
  databaseOf,
  environmentOf,
  hasDatabase,
  headersOf,
  it,
  locationIn,
  ready,
  type Server,
  serveParameters,
  startServer,
} from '../process.ts'
import { fillAccount } from '../rows.ts'
import { beginCreate, knock, until } from '../slow-create.ts'

/** What is promised: the process is gone within ten seconds of the signal. */
const STOP_LIMIT_MS = 10_000
/** With no request in flight there is nothing to wait for. */
const NOTHING_TO_DO_MS = 4_000

async function storedNames(folder: string): Promise<string[]> {
  const rows = await ask(locationIn(folder), 'select wire from projects order by id')
  return rows.map(({ wire }) => JSON.parse(wire).projectName)
}

/** Signals a server while a create is in flight: it stops accepting, answers the create, and exits with 0. */
async function expectToFinish(folder: string, server: Server, credentials: Credentials, signal: () => void) {
  const slow = await beginCreate(server, credentials, 'In flight')
  const began = Date.now()
  signal()
  await server.logged('stopping')
  await until(async () => (await knock(server)) === 'ECONNREFUSED')
  expect(slow.answer()).toBe('')
  slow.finish()
  expect(await slow.closed).toMatch(/\r\n\r\nHTTP\/1\.1 201 Created\r\n[\s\S]*"projectName":"In flight"/)
  const { code } = await server.ended
  const took = Date.now() - began
  expect(await storedNames(folder)).toEqual(['In flight'])
  return { code, took }
}

async function expectToEndSoon(server: Server) {
  const began = Date.now()
  server.kill('SIGTERM')
  expect(await server.ended).toMatchObject({ code: 0, signal: null })
  expect(Date.now() - began).toBeLessThan(NOTHING_TO_DO_MS)
}

describe.concurrent('the end', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal}: stops accepting, finishes the request in flight, and exits with 0 within 10 s`, async ({
      folder,
    }) => {
      const credentials = await createAccount(folder, 'acme')
      const server = await startServer(folder)
      const { code, took } = await expectToFinish(folder, server, credentials, () => server.kill(signal))
      expect(code).toBe(0)
      expect(took).toBeLessThan(STOP_LIMIT_MS)
      expect((await call(await startServer(folder), credentials, 'GET', '/projects')).json).toMatchObject([
        { ID: 1, projectName: 'In flight' },
      ])
    })
  }

  it('a connection that is kept open after its answer does not delay the end', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    expect((await call(server, credentials, 'GET', '/projects')).headers.connection).toBe('keep-alive')
    await expectToEndSoon(server)
  })

  it('a connection on which nothing was sent does not delay the end', async ({ folder }) => {
    const server = await startServer(folder)
    const silent = connect(server.port, '127.0.0.1')
    silent.on('error', () => {})
    await new Promise((resolve) => silent.once('connect', resolve))
    await expectToEndSoon(server)
  })

  it('the request in flight is the last one of its connection: its answer closes it', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    const slow = await beginCreate(server, credentials, 'Last')
    server.kill('SIGTERM')
    await server.logged('stopping')
    await until(async () => (await knock(server)) === 'ECONNREFUSED')
    const began = Date.now()
    slow.finish()
    expect(await slow.closed).toMatch(/HTTP\/1\.1 201 Created\r\n(?:.+\r\n)*connection: close\r\n/i)
    expect(Date.now() - began).toBeLessThan(NOTHING_TO_DO_MS)
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
  })

  it('exit 0 within 10 s: a request in flight that never ends is cut off, and a half of it is not kept', async ({
    folder,
  }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    const slow = await beginCreate(server, credentials, 'Never')
    const began = Date.now()
    server.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
    expect(Date.now() - began).toBeLessThan(STOP_LIMIT_MS)
    await slow.closed
    expect(slow.answer()).not.toContain(' 201 ')
    expect(await storedNames(folder)).toEqual([])
  })

  it('a request that arrives on its connection after the signal is not served', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    const slow = await beginCreate(server, credentials, 'Last')
    server.kill('SIGTERM')
    await server.logged('stopping')
    await until(async () => (await knock(server)) === 'ECONNREFUSED')
    slow.finish()
    const { apiKey, apiSecret } = credentials
    const body = '{"projectName":"Late","clientName":"C"}'
    slow.socket.write(
      `POST /api/v2/ext/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nX-TimeTrack-Api-Key: ${apiKey}\r\n` +
        `X-TimeTrack-Api-Secret: ${apiSecret}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    )
    expect((await slow.closed).match(/HTTP\/1\.1 (?!100)\d+/g)).toEqual(['HTTP/1.1 201'])
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
    expect(await storedNames(folder)).toEqual(['Last'])
  })

  it('an answer that is on its way to a slow reader arrives whole', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    await call(server, credentials, 'POST', '/projects', { projectName: 'Large', clientName: 'Client' })
    const wire = JSON.stringify({ projectName: 'Large', notes: 'n'.repeat(12_000_000) })
    await ask(locationIn(folder), 'update projects set wire = ?', wire)
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      get(
        {
          port: server.port,
          host: '127.0.0.1',
          path: '/api/v2/ext/projects/1',
          headers: headersOf(credentials),
        },
        resolve,
      ).on('error', reject),
    )
    server.kill('SIGTERM')
    await server.logged('stopping')
    await until(async () => (await knock(server)) === 'ECONNREFUSED')
    let received = 0
    for await (const chunk of answer) received += chunk.length
    expect(received).toBe(Number(answer.headers['content-length']))
    expect(received).toBeGreaterThan(12_000_000)
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
  })

  it('long reads and a long change in flight are answered, and the database is closed', async ({
    folder,
  }) => {
    const credentials = await createAccount(folder, 'acme')
    await fillAccount(locationIn(folder), 1, ['Acme'], 20_000)
    const server = await startServer(folder)
    const operations = Array.from({ length: 600 }, (_, index) => ({
      method: 'create',
      project: { projectName: `In flight ${index}`, clientName: 'Acme', hourRate: 1_000_000 + index },
    }))
    const batch = call(server, credentials, 'POST', '/projects/batch', { atomic: true, operations })
    const read = () => call(server, credentials, 'GET', '/projects?sort=-hourRate&limit=1000')
    await read()
    const reads = Array.from({ length: 4 }, read)
    await Promise.race(reads)
    server.kill('SIGTERM')
    expect((await Promise.all([...reads, batch])).map(({ status }) => status)).toEqual(Array(5).fill(200))
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
    if (!onPostgres) expect(existsSync(`${databaseOf(folder)}-wal`)).toBe(false)
    expect((await storedNames(folder)).length).toBe(20_600)
  })

  it('a signal that comes twice is one: the request in flight is finished', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    const { code } = await expectToFinish(folder, server, credentials, () => {
      server.kill('SIGINT')
      setTimeout(() => server.kill('SIGINT'), 50)
    })
    expect(code).toBe(0)
  })

  it('a second signal, seconds later, does not wait for the request in flight', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    await beginCreate(server, credentials, 'Never')
    server.kill('SIGINT')
    await server.logged('stopping')
    await new Promise((resolve) => setTimeout(resolve, 2_200))
    const began = Date.now()
    server.kill('SIGINT')
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
    expect(Date.now() - began).toBeLessThan(NOTHING_TO_DO_MS)
  })

  it('exit 0 also where the signal comes before the server is ready', async ({ folder }) => {
    const server = new Child(process.execPath, serveParameters, environmentOf(folder))
    await until(() => hasDatabase(folder))
    server.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  })

  it.skipIf(onPostgres)(
    'the database is closed: nothing is left in its write-ahead log',
    async ({ folder }) => {
      const credentials = await createAccount(folder, 'acme')
      const server = await startServer(folder)
      await call(server, credentials, 'POST', '/projects', { projectName: 'Kept', clientName: 'Client' })
      server.kill('SIGTERM')
      expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
      expect(existsSync(`${databaseOf(folder)}-wal`)).toBe(false)
      expect(await storedNames(folder)).toEqual(['Kept'])
    },
  )

  it('npm start, and SIGTERM to npm: the request in flight is finished, and the server ends', async ({
    folder,
  }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await ready(new Child('npm', ['start'], environmentOf(folder), true))
    const { took } = await expectToFinish(folder, server, credentials, () => server.kill('SIGTERM'))
    expect(took).toBeLessThan(STOP_LIMIT_MS)
  })

  it('npm start, and Ctrl-C, which every process of the group gets: the request in flight is finished', async ({
    folder,
  }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await ready(new Child('npm', ['start'], environmentOf(folder), true))
    const { took } = await expectToFinish(folder, server, credentials, () => server.kill('SIGINT', true))
    expect(took).toBeLessThan(STOP_LIMIT_MS)
  })
})
