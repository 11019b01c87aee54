import { hash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Location } from '../src/db/location.ts'
import { migrate } from '../src/db/migrate.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { LARGE } from '../src/db/name-index/named-table.ts'
import { wordsOf } from '../src/db/name-index/sqlite-grams.ts'
import { openDatabase } from '../src/db/open.ts'
import { builder as postgresBuilder } from '../src/db/postgres/builder.ts'
import { builder as sqliteBuilder } from '../src/db/sqlite/builder.ts'
import { ask, createDatabase, dropLocation, locationOf, onPostgres, RUN, urlOf } from './engine.ts'
import {
  BASE,
  type Caller,
  newUser,
  type Sent,
  send,
  startServer,
  type TestServer,
  temporaryFolder,
} from './harness.ts'
import { AT, fillAccount } from './rows.ts'
import { untilIndexed } from './search-index.ts'

const builder = onPostgres ? postgresBuilder : sqliteBuilder
const folder = temporaryFolder()
const made: Location[] = []
afterAll(() => Promise.all(made.map(dropLocation)))

/** A database as a version left it that knew no more than the first migrations. */
async function databaseOfVersion(known: number): Promise<Location> {
  const location = await emptyDatabase()
  await ask(location, 'create table schema_migrations (name text primary key, applied_at text not null)')
  for (const { name, statements } of migrations.slice(0, known)) {
    for (const statement of statements(builder)) await ask(location, statement.compile().sql)
    await ask(location, 'insert into schema_migrations values (?, ?)', name, AT)
  }
  return location
}

async function emptyDatabase(): Promise<Location> {
  const name = `${RUN}_${process.pid}_old_${made.length}`
  const location = onPostgres ? locationOf(urlOf(name)) : { file: join(folder, `${name}.db`) }
  made.push(location)
  if (onPostgres) await createDatabase(name)
  return location
}

async function addKey(location: Location, account: number, letter: string, createdAt: string) {
  await ask(
    location,
    `insert into api_keys (account_id, key, access, secret_hash, created_at) values (?, ?, 'write', ?, ?)`,
    ...[account, `ttk_${account}_${letter.repeat(16)}`, hash('sha256', `secret ${letter}`), createdAt],
  )
}

const secretsOf = (account: number, letter: string) => ({
  'X-TimeTrack-Api-Key': `ttk_${account}_${letter.repeat(16)}`,
  'X-TimeTrack-Api-Secret': `secret ${letter}`,
})

function callerOf({ port }: TestServer): Caller {
  const call = (method: string, path: string, sent: Sent = {}) =>
    send(port, method, BASE + path, { ...sent, headers: secretsOf(1, 'a') })
  return { account: 1, name: 'acme', key: '', secret: '', call }
}

const CLIENTS = ['Acme', 'Borealis']
const clientOf = (id: number) => (id % 4_000 === 7 ? 1 : 0)

/** An account that is large enough to have an index of names. */
async function fill(location: Location): Promise<void> {
  await ask(location, `insert into accounts values (1, 'acme', ?)`, AT)
  await addKey(location, 1, 'a', AT)
  await fillAccount(location, 1, CLIENTS, LARGE, `case when i % 4000 = 7 then 1 else 0 end`)
}

const namesOfMigrations = migrations.map(({ name }) => name)

/** The index of names as a version built it, on SQLite: at first of runs of three characters, and of projects alone. */
async function fillIndex(location: Location, known: number): Promise<void> {
  const lacks = (name: string) => known <= namesOfMigrations.indexOf(name)
  if (onPostgres || lacks('0002-search')) return
  const columns = lacks('0009-name-indexes')
    ? '(account_id, change, built_to)'
    : `(account_id, change, built_to, entity)`
  const values = lacks('0009-name-indexes') ? '(1, ?, null)' : `(1, ?, null, 'project')`
  await ask(location, `insert into search_state ${columns} values ${values}`, LARGE + CLIENTS.length)
  const longest = lacks('0007-longer-grams') ? 3 : 4
  const words = (id: number) =>
    wordsOf(`PROJECT ${id}`)
      .split(' ')
      .filter((word) => word.split('x').length <= longest)
      .join(' ')
  const rows = Array.from(
    { length: LARGE },
    (_, index) => `(4294967296 + ${index + 1}, '${words(index + 1)}')`,
  )
  for (let from = 0; from < rows.length; from += 500)
    await ask(
      location,
      `insert into project_grams (rowid, grams) values ${rows.slice(from, from + 500).join()}`,
    )
}

const idsOf = ({ json }: any) => json.map(({ id }: any) => id)
const FOUND = [777, ...Array.from({ length: 10 }, (_, digit) => 7770 + digit)]
const OF_BOREALIS = Array.from({ length: LARGE }, (_, index) => index + 1).filter((id) => clientOf(id) === 1)

test.each(migrations.slice(0, -1).map(({ name }, index) => [name, index + 1] as const))(
  'a database that has come as far as %s is brought up, and searches find the same',
  async (_, known) => {
    const location = await databaseOfVersion(known)
    await fill(location)
    await fillIndex(location, known)

    const server = await startServer({}, '', location)
    const caller = callerOf(server)
    const find = async (query: string) => idsOf(await caller.call('GET', `/projects?limit=1000&${query}`))
    const check = async () => {
      expect(await find('projectName=project%20777')).toEqual(FOUND)
      expect(await find('projectName=project%20777&sort=-id')).toEqual([...FOUND].reverse())
      expect(await find('clientName=oreal')).toEqual(OF_BOREALIS)
      expect(idsOf(await caller.call('GET', '/clients?name=oreal'))).toEqual([2])
    }
    await check()
    if (!onPostgres) await untilIndexed(server, caller)
    await check()
    await caller.call('POST', '/clients/2/rename', { body: { name: 'Aurora' } })
    expect(await find('clientName=aurora')).toEqual(OF_BOREALIS)
    await server.close()
  },
)

test('a migration that was interrupted leaves nothing behind, and is done the next time', async () => {
  const known = namesOfMigrations.indexOf('0009-name-indexes')
  const location = await databaseOfVersion(known)
  await fill(location)
  const name = onPostgres ? 'clients_name_grams' : 'client_grams'
  await ask(location, `create table ${name} (in_the_way integer)`)
  const database = await openDatabase(location)
  await expect(migrate(database)).rejects.toThrow(/already exists/)
  await ask(location, `drop table ${name}`)
  expect(await migrate(database)).toEqual(namesOfMigrations.slice(known))
  expect(await migrate(database)).toEqual([])
  await database.close()
})

test('keys of an earlier version stay good, and get an id and a name in the order of their making', async () => {
  const location = await databaseOfVersion(2)
  for (const number of [1, 2]) {
    await ask(location, 'insert into accounts values (?, ?, ?)', number, `account-${number}`, AT)
    for (const [index, letter] of ['b', 'a', 'c'].entries())
      await addKey(location, number, letter, `2026-01-0${[1, 2, 2][index]}T00:00:00.000Z`)
  }
  await ask(location, `update api_keys set revoked_at = ? where key like '%c'`, '2026-02-01T00:00:00.000Z')

  const server = await startServer({}, '', location)
  const headers = secretsOf(2, 'a')
  expect((await send(server.port, 'GET', `${BASE}/projects`, { headers })).status).toBe(200)
  const owner = { ...callerOf(server), account: 2, name: 'account-2' }
  const admin = await newUser(server, owner)
  const listed = (await admin.call('GET', '/keys')).json
  expect(listed.map(({ id, key, name }: any) => [id, key.at(-1), name])).toEqual([
    [1, 'b', 'Key 1'],
    [2, 'a', 'Key 2'],
  ])
  expect((await admin.call('POST', '/keys', { body: { name: 'New' } })).json.id).toBe(4)
  await server.close()
})
