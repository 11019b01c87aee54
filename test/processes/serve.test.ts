import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect } from 'vitest'
import { fetchBytes } from '../bytes.ts'
import { ask, onPostgres } from '../engine.ts'
import { send } from '../harness.ts'
import {
  call,
  createAccount,
  credentialsFileOf,
  databaseOf,
  it,
  locationIn,
  run,
  startServer,
} from '../process.ts'

/** Where a first start leaves its key, secret and sign-in link. */
const fileOf = credentialsFileOf

it('the web app is served by the same process, and a browser is led there', async ({ folder }) => {
  const { port } = await startServer(folder)
  const root = await fetchBytes(port, '/', { Accept: 'text/html' })
  expect([root.status, root.headers.location]).toEqual([303, 'app/'])
  const page = (await fetchBytes(port, '/app/')).bytes.toString()
  const [, script = ''] = /<script[^>]* src="\.\/(assets\/[^"]+)"/.exec(page) ?? []
  const { status, headers } = await fetchBytes(port, `/app/${script}`, { 'Accept-Encoding': 'br' })
  expect([status, headers['content-encoding']]).toEqual([200, 'br'])
})

describe('health', () => {
  it('200: alive and ready, without credentials', async ({ folder }) => {
    const server = await startServer(folder)
    for (const path of ['/healthz', '/readyz'])
      expect(await send(server.port, 'GET', path)).toMatchObject({ status: 200, json: { status: 'ok' } })
  })

  it('503: not ready while a migration is pending or the database does not answer, and alive all the same', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    const location = locationIn(folder)
    const migrations = await ask(location, 'select name, applied_at from schema_migrations')
    await ask(location, 'delete from schema_migrations')
    expect(await send(server.port, 'GET', '/readyz')).toMatchObject({
      status: 503,
      json: { status: 'migrations pending' },
    })
    expect((await send(server.port, 'GET', '/healthz')).status).toBe(200)
    for (const row of migrations)
      await ask(location, 'insert into schema_migrations values (?, ?)', row.name, row.applied_at)
    expect((await send(server.port, 'GET', '/readyz')).status).toBe(200)
    await ask(
      locationIn(folder),
      `insert into schema_migrations values ('9999-future', '2030-01-01T00:00:00.000Z')`,
    )
    expect(await send(server.port, 'GET', '/readyz')).toMatchObject({
      status: 503,
      json: { status: 'a newer version has migrated the database' },
    })
    await ask(location, 'drop table schema_migrations')
    expect((await send(server.port, 'GET', '/readyz')).status).toBe(503)
    expect((await send(server.port, 'GET', '/healthz')).status).toBe(200)
  })
})

describe.concurrent('two servers on one file', () => {
  it('see what the other has written at once', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const [one, other] = await Promise.all([startServer(folder), startServer(folder)])
    const first = await call(one, credentials, 'POST', '/projects', { projectName: 'A', clientName: 'C' })
    expect(await call(other, credentials, 'GET', '/projects/1')).toMatchObject({
      status: 200,
      json: first.json,
    })
    const second = await call(other, credentials, 'PUT', '/projects/1', { notes: 'from the other' })
    expect((await call(one, credentials, 'GET', '/projects')).json).toEqual([second.json])
    expect(second.json).toMatchObject({ ID: 1, notes: 'from the other' })
  })

  it('201 once: the same name created through both at the same time', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const [one, other] = await Promise.all([startServer(folder), startServer(folder)])
    for (let round = 1; round <= 15; round++) {
      const body = { projectName: `Same ${round}`, clientName: `New client ${round}` }
      const answers = await Promise.all(
        [one, other, one, other].map((server) => call(server, credentials, 'POST', '/projects', body)),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    }
    const listed = await call(other, credentials, 'GET', '/projects')
    expect(listed.json.map((project: any) => project.ID)).toEqual(
      Array.from({ length: 15 }, (_, at) => at + 1),
    )
  })

  it('201 each: different names created through both at the same time have different ids', async ({
    folder,
  }) => {
    const credentials = await createAccount(folder, 'acme')
    const [one, other] = await Promise.all([startServer(folder), startServer(folder)])
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        call(at % 2 ? one : other, credentials, 'POST', '/projects', {
          projectName: `Project ${at}`,
          clientName: 'Shared client',
        }),
      ),
    )
    expect(answers.filter(({ status }) => status !== 201)).toEqual([])
    const ids = answers.map(({ json }) => json.ID).sort((a, b) => a - b)
    expect(ids).toEqual(Array.from({ length: 100 }, (_, at) => at + 1))
  })
})

describe.concurrent('what cannot be served', () => {
  it('exit 1: a database from a newer version, said in a clear sentence, changes nothing', async ({
    folder,
  }) => {
    await run(folder, ['migrate'])
    await ask(
      locationIn(folder),
      `insert into schema_migrations values ('9999-future', '2030-01-01T00:00:00.000Z')`,
    )
    for (const command of [['serve'], ['migrate'], ['account', 'create', 'acme'], ['account', 'list']]) {
      const { code, stdout, stderr } = await run(folder, command)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^timetrack: .*newer version.*9999-future.*\n$/)
    }
    expect(await ask(locationIn(folder), 'select * from accounts')).toHaveLength(0)
    expect(existsSync(fileOf(folder))).toBe(false)
  })

  it('exit 1: a port in use, said in a clear sentence; the next start is still the first', async ({
    folder,
  }) => {
    const occupant = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => occupant.once('listening', resolve))
    const { port } = occupant.address() as AddressInfo
    const { code, stdout, stderr } = await run(folder, ['serve'], { PORT: String(port) })
    occupant.close()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^timetrack: Port ${port} .*in use.*PORT.*\n$`))
    expect((await startServer(folder)).stdout).toContain(fileOf(folder))
  })

  it.skipIf(onPostgres)(
    'exit 1: a file that is no database, and a folder that cannot be made, each in one sentence',
    async ({ folder }) => {
      writeFileSync(databaseOf(folder), 'this is not a database, however long one looks at it\n'.repeat(100))
      for (const settings of [{}, { DATABASE_URL: `file:${databaseOf(folder)}/inside/timetrack.db` }]) {
        const { code, stdout, stderr } = await run(folder, ['serve'], settings)
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
        expect(stderr).toMatch(/^timetrack: The database .* cannot be used: .*\n$/)
      }
    },
  )
})
