import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect } from 'vitest'
import { canMount, crashImage, failingDisk, fileLimit, fullDisk, type Means } from '../disk.ts'
import { expectErrors } from '../expect.ts'
import { BASE, type Reply, send } from '../harness.ts'
import {
  type Credentials,
  call,
  createAccount,
  databaseOf,
  headersOf,
  it,
  locationIn,
  type Server,
  startServer,
} from '../process.ts'
import { fillAccount } from '../rows.ts'
import { expectWhole } from '../whole.ts'

const AT_ONCE = 20
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

const means: Record<string, Means> = {
  'a limit on the size of files': fileLimit,
  'a disk that says it is full': failingDisk('write -wal 28', 10009, 'storage is full'),
  'a file system that has become read-only': failingDisk('write * 30', 10010, 'storage is read-only'),
  'a disk that does not keep what was written': failingDisk('sync -wal 5', 10011, 'storage does not work'),
  ...(canMount && { 'a full disk': fullDisk }),
}

const linesAbout = ({ log }: Server, pattern: RegExp) => log.filter(({ msg }) => pattern.test(msg))

const readyOf = async ({ port }: Server) => {
  const { status, json } = await send(port, 'GET', '/readyz')
  return [status, json.status]
}

/** Creates at once, each under a key of its own that is the same every time. */
const burst = (server: Server, credentials: Credentials): Promise<Reply[]> =>
  Promise.all(
    range(1, AT_ONCE).map((number) =>
      send(server.port, 'POST', `${BASE}/projects`, {
        headers: { ...headersOf(credentials), 'Idempotency-Key': `key ${number}` },
        body: { projectName: `Project ${number}`, clientName: `Client ${number % 3}` },
      }),
    ),
  )

function expectRefused(reply: Reply, code: number) {
  expectErrors(reply, 503, [code])
  expect(reply.headers['retry-after']).toMatch(/^[1-9]\d*$/)
  expect(reply.text).not.toMatch(/SqliteError|SQLITE_|disk image|I\/O|timetrack\.db|\/tmp|\bE[A-Z]{4,}\b/)
}

describe.each(Object.entries(means))('503: %s', (_, { code, status, start, refuse, relent, folderOf }) => {
  it('changes nothing, reads go on, and afterwards the same requests go through without a restart', async ({
    folder,
  }) => {
    const { server, credentials } = await start(folder)
    const request = (method: string, path: string, body?: object) =>
      call(server, credentials, method, path, body)
    await request('POST', '/projects', { projectName: 'Before', clientName: 'Client 1' })
    const before = await request('GET', '/projects')

    refuse(server)
    const operations = [{ method: 'create', project: { projectName: 'Part', clientName: 'Client 1' } }]
    for (const reply of [
      ...(await burst(server, credentials)),
      await request('PUT', '/projects/1', { notes: 'changed' }),
      await request('DELETE', '/projects/1'),
      await request('POST', '/projects/batch', { operations, atomic: false }),
    ])
      expectRefused(reply, code)
    expect((await request('GET', '/projects')).text).toBe(before.text)
    expect((await request('GET', '/projects/1')).json).toMatchObject({ projectName: 'Before', notes: null })
    expect((await request('GET', '/changes')).json).toHaveLength(2)
    expect(await readyOf(server)).toEqual([503, status])
    expect((await send(server.port, 'GET', '/healthz')).status).toBe(200)
    const refused = linesAbout(server, /^changes are refused, .*\. [A-Z].*\.$/)
    expect(refused).toMatchObject([{ level: 50, database: expect.stringContaining('timetrack.db') }])
    await expectWhole({ file: crashImage(folderOf(server), folder) })

    relent(server)
    const made = await burst(server, credentials)
    expect(made.filter(({ status }) => status !== 201)).toEqual([])
    expect(made.map(({ headers }) => headers['idempotency-replayed'])).toEqual(made.map(() => undefined))
    expect(made.map(({ json }) => json.ID).sort((a, b) => a - b)).toEqual(range(2, AT_ONCE + 1))
    const repeated = await burst(server, credentials)
    expect(repeated.map(({ text }) => text)).toEqual(made.map(({ text }) => text))
    expect(repeated.every(({ headers }) => headers['idempotency-replayed'] === 'true')).toBe(true)
    await server.logged('changes are accepted again')
    expect(await readyOf(server)).toEqual([200, 'ok'])
    expect(linesAbout(server, /^changes are refused|failed/)).toHaveLength(1)
    await expectWhole({ file: crashImage(folderOf(server), folder) })
  })
})

describe('a disk that fails', () => {
  it('exit 0: a signal ends the server also then, and the next one has what was acknowledged', async ({
    folder,
  }) => {
    const { server, credentials } = await fileLimit.start(folder)
    const { json } = await call(server, credentials, 'POST', '/projects', {
      projectName: 'A',
      clientName: 'B',
    })
    fileLimit.refuse(server)
    expectRefused(await call(server, credentials, 'DELETE', '/projects/1'), fileLimit.code)
    server.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
    expect((await call(await startServer(folder), credentials, 'GET', '/projects')).json).toEqual([json])
    await expectWhole(locationIn(folder))
  })

  it('200: changes go on while only the file behind the write-ahead log cannot be written', async ({
    folder,
  }) => {
    const disk = failingDisk('write .db 28', 0, '')
    const { server, credentials } = await disk.start(folder)
    disk.refuse(server)
    const batch = (number: number) => ({
      atomic: true,
      operations: range(1, 1000).map((at) => ({
        method: 'create',
        project: { projectName: `Project ${number} ${at}`, clientName: 'Client', notes: 'n'.repeat(3_000) },
      })),
    })
    for (const number of range(1, 2))
      expect((await call(server, credentials, 'POST', '/projects/batch', batch(number))).status).toBe(200)
    const size = statSync(databaseOf(folder)).size
    expect(statSync(`${databaseOf(folder)}-wal`).size).toBeGreaterThan(8_000_000)
    disk.relent(server)
    expect((await call(server, credentials, 'PUT', '/projects/1', { notes: 'last' })).status).toBe(200)
    expect(statSync(databaseOf(folder)).size).toBeGreaterThan(size)
    server.kill('SIGKILL')
    await server.ended
    await expectWhole(locationIn(folder))
    const { json } = await call(
      await startServer(folder),
      credentials,
      'GET',
      '/projects?page_number=1&limit=1000',
    )
    expect(json).toHaveLength(1000)
  })

  it('500: a read that fails is answered and logged, and the server lives on', async ({ folder }) => {
    const disk = failingDisk('read .db 5', 0, '')
    const { server, credentials } = await disk.start(folder)
    disk.refuse(server)
    const failed = await call(server, credentials, 'GET', '/projects')
    expectErrors(failed, 500, [10012])
    const { requestId } = await server.logged('request failed')
    expect(requestId).toBe(failed.headers['x-request-id'])
    disk.relent(server)
    expect((await call(server, credentials, 'GET', '/projects')).text).toBe('[]')
  })

  it('500: so is a read that takes long and fails in its thread', async ({ folder }) => {
    const disk = failingDisk('read .db 5', 0, '')
    const { server, credentials } = await disk.start(folder)
    await fillAccount(locationIn(folder), 1, ['Acme'], 5_000)
    const read = () => call(server, credentials, 'GET', '/projects?sort=-hourRate&limit=1')
    disk.refuse(server)
    expectErrors(await read(), 500, [10012])
    await server.logged('request failed')
    disk.relent(server)
    expect((await read()).json).toMatchObject([{ id: 5_000 }])
  })
})

describe('a database file', () => {
  it('503: has been moved away, and is served again when it is back', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    const create = (projectName: string) =>
      call(server, credentials, 'POST', '/projects', { projectName, clientName: 'Client' })
    const away = join(folder, 'away')
    renameSync(databaseOf(folder), away)
    expect(await readyOf(server)).toEqual([503, 'storage is not there'])
    expectRefused(await create('A'), 10011)
    writeFileSync(databaseOf(folder), '')
    expectRefused(await create('A'), 10011)
    expect((await call(server, credentials, 'GET', '/projects')).text).toBe('[]')
    renameSync(away, databaseOf(folder))
    expect((await create('A')).json.ID).toBe(1)
    await server.logged('changes are accepted again')
    expect(await readyOf(server)).toEqual([200, 'ok'])
  })

  it('503: has been removed with its folder', async ({ folder }) => {
    const inside = join(folder, 'inside')
    mkdirSync(inside)
    const credentials = await createAccount(inside, 'acme')
    const server = await startServer(inside)
    rmSync(inside, { recursive: true })
    expect(await readyOf(server)).toEqual([503, 'storage is not there'])
    expectRefused(
      await call(server, credentials, 'POST', '/projects', { projectName: 'A', clientName: 'B' }),
      10011,
    )
  })

  it('500: has a damaged page; what lies elsewhere is served', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const first = await startServer(folder)
    await call(first, credentials, 'POST', '/projects', { projectName: 'A', clientName: 'B' })
    first.kill('SIGTERM')
    await first.ended
    damage(folder, 'projects')
    const server = await startServer(folder)
    const request = (method: string, path: string, body?: object) =>
      call(server, credentials, method, path, body)
    expectErrors(await request('GET', '/projects'), 500, [10012])
    expectErrors(await request('PUT', '/projects/1', { notes: 'n' }), 500, [10012])
    expect((await request('GET', '/clients')).json).toMatchObject([{ name: 'B' }])
    expect((await request('POST', '/clients', { name: 'C' })).status).toBe(201)
    expect((await request('GET', '/changes')).json.map(({ change }: any) => change)).toEqual([3, 4, 5])
    expect(linesAbout(server, /^request failed$/)).toHaveLength(2)
  })
})

/** Overwrites the pages of a table. */
function damage(folder: string, table: string) {
  const file = new Sqlite(databaseOf(folder))
  const pages = file.prepare('select pageno from dbstat where name = ?').pluck().all(table) as number[]
  const size = file.pragma('page_size', { simple: true }) as number
  file.close()
  const handle = openSync(databaseOf(folder), 'r+')
  for (const page of pages) writeSync(handle, Buffer.alloc(size, 0xff), 0, size, (page - 1) * size)
  closeSync(handle)
}
