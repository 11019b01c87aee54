import { afterAll, describe, expect, vi } from 'vitest'
import { create } from '../batches.ts'
import { ask, locationOf } from '../engine.ts'
import { startFakePostgres } from '../fake-postgres.ts'
import { PASSWORD, portOf, postgresOf, urlBy } from '../postgres-url.ts'
import {
  call,
  createAccount,
  databaseUrlOf,
  it,
  locationIn,
  type Outcome,
  run,
  startServer,
} from '../process.ts'

/** A role of this test, with what makes it a bad one to use. */
async function makeRole(folder: string, ability: string): Promise<string> {
  const role = `${postgresOf(folder).database}_role`
  await ask(locationIn(folder), `drop role if exists ${role}`)
  await ask(locationIn(folder), `create role ${role} ${ability}`)
  roles.push([folder, role])
  return role
}

const roles: [string, string][] = []

const expectSentence = ({ code, stdout, stderr }: Outcome, pattern: RegExp) => {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^timetrack: The database postgres:\/\/.* cannot be used: .*\. [A-Z].*\.\n$/)
  expect(stderr).toMatch(pattern)
  expect(stderr).not.toContain(PASSWORD)
}

describe('exit 1: a database that cannot be used, each in a sentence that shows no password', () => {
  it('a user whom the server refuses', async ({ folder }) => {
    const user = await makeRole(folder, 'nologin')
    for (const command of [['serve'], ['migrate'], ['account', 'list']])
      expectSentence(
        await run(folder, command, { DATABASE_URL: urlBy(folder, { user }) }),
        /refuses this user .*user and the password/,
      )
  })

  it('a database that is not there', async ({ folder }) => {
    const DATABASE_URL = urlBy(folder, { database: 'no_such_database' })
    expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /no database of this name.*createdb/)
  })

  it('a port at which nobody listens, and a host that nobody knows', async ({ folder }) => {
    for (const host of ['127.0.0.1', 'nobody.invalid', '/nowhere']) {
      const DATABASE_URL = urlBy(folder, { hosts: [{ host, port: 1 }] })
      expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /cannot be reached .*host and the port/)
    }
  })

  it('a user who may not make tables', async ({ folder }) => {
    const user = await makeRole(folder, 'login')
    await ask(locationIn(folder), 'revoke create on schema public from public')
    const DATABASE_URL = urlBy(folder, { user })
    expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /may not do that .*own the database/)
  })

  it('a server that has no connection left', async ({ folder }) => {
    const user = await makeRole(folder, 'login connection limit 0')
    const DATABASE_URL = urlBy(folder, { user })
    expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /no connection left .*max_connections/)
  })

  it('a server that is too old, or a database that is not in UTF-8', async ({ folder }) => {
    for (const [answers, pattern] of [
      [{ version: '130014' }, /too old \(it is PostgreSQL 13\).*14 or newer/],
      [{ encoding: 'SQL_ASCII' }, /its encoding is SQL_ASCII.*UTF-?8/],
      [{ read_only: 'on' }, /standby/],
    ] as const) {
      const fake = await startFakePostgres({
        version: '150000',
        encoding: 'UTF8',
        read_only: 'off',
        ...answers,
      })
      const DATABASE_URL = urlBy(folder, { hosts: [{ host: '127.0.0.1', port: portOf(fake) }] })
      expectSentence(await run(folder, ['serve'], { DATABASE_URL }), pattern)
      fake.close()
    }
  })
})

it('a search index that is not there is said once, and searches find the same', async ({ folder }) => {
  await run(folder, ['migrate'])
  await ask(locationIn(folder), 'drop extension pg_trgm cascade')
  const acme = await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'info' })
  expect(server.log.filter(({ msg }) => /pg_trgm/.test(msg))).toMatchObject([{ level: 40 }])
  await call(server, acme, 'POST', '/projects', { projectName: 'Needle', clientName: 'Client' })
  expect((await call(server, acme, 'GET', '/projects?projectName=eedl')).json).toHaveLength(1)
})

it('a new database learns of its rows as they come, so that it soon finds names by their index', async ({
  folder,
}) => {
  const acme = await createAccount(folder, 'acme')
  const server = await startServer(folder)
  const operations = Array.from({ length: 600 }, (_, index) =>
    create(`Project ${index}`, `Client ${index % 7}`),
  )
  expect((await call(server, acme, 'POST', '/projects/batch', { operations, atomic: true })).status).toBe(200)
  const looked = `select last_analyze from pg_stat_user_tables where relname = 'projects'`
  await vi.waitUntil(async () => (await ask(locationIn(folder), looked))[0].last_analyze !== null, 10_000)
})

afterAll(async () => {
  const admin = locationOf(databaseUrlOf('').replace(/\/[^/?]+\?/, '/postgres?'))
  for (const [, role] of roles) await ask(admin, `drop role if exists ${role}`)
})
