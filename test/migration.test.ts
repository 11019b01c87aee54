import { hash } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { LARGE } from '../src/db/large-account.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { openScope, write } from '../src/db/scope.ts'
import { builder } from '../src/db/sqlite/builder.ts'
import { projects } from '../src/resources/projects/project.store.ts'
import { BASE, newAccount, newUser, send, startServer, temporaryFolder } from './harness.ts'
import { latestChange, untilIndexed } from './search-index.ts'

/** A database as a version left it that knew no more than the first migrations. */
function databaseOfVersion(known: number): { file: string; database: Sqlite.Database } {
  const file = join(temporaryFolder(), 'timetrack.db')
  const database = new Sqlite(file)
  database.exec('create table schema_migrations (name text primary key, applied_at text not null)')
  for (const { name, statements } of migrations.slice(0, known)) {
    for (const statement of statements(builder)) database.exec(statement.compile().sql)
    database.prepare('insert into schema_migrations values (?, ?)').run(name, '2026-01-01T00:00:00.000Z')
  }
  return { file, database }
}

test('keys of an earlier version stay good, and get an id and a name in the order of their making', async () => {
  const { file, database } = databaseOfVersion(2)
  const account = database.prepare('insert into accounts values (?, ?, ?)')
  const key = database.prepare(
    `insert into api_keys (account_id, key, access, secret_hash, created_at, revoked_at) values (?, ?, 'write', ?, ?, ?)`,
  )
  for (const number of [1, 2]) {
    account.run(number, `account-${number}`, '2026-01-01T00:00:00.000Z')
    for (const [index, letter] of ['b', 'a', 'c'].entries())
      key.run(
        number,
        `ttk_${number}_${letter.repeat(16)}`,
        hash('sha256', `secret ${letter}`),
        `2026-01-0${[1, 2, 2][index]}T00:00:00.000Z`,
        letter === 'c' ? '2026-02-01T00:00:00.000Z' : null,
      )
  }
  database.close()

  const server = await startServer({}, '', { file })
  const headers = { 'X-TimeTrack-Api-Key': `ttk_2_${'a'.repeat(16)}`, 'X-TimeTrack-Api-Secret': 'secret a' }
  expect((await send(server.port, 'GET', `${BASE}/projects`, { headers })).status).toBe(200)
  const admin = await newUser(server, { account: 2, name: 'account-2', key: '', secret: '', call: noCall })
  const listed = (await admin.call('GET', '/keys')).json
  expect(listed.map(({ id, key, name }: any) => [id, key.at(-1), name])).toEqual([
    [1, 'b', 'Key 1'],
    [2, 'a', 'Key 2'],
  ])
  expect((await admin.call('POST', '/keys', { body: { name: 'New' } })).json.id).toBe(4)
  await server.close()
})

test('an index of names of an earlier version, which lacks what longer needles ask for, is built anew', async () => {
  const file = join(temporaryFolder(), 'timetrack.db')
  const before = await startServer({}, '', { file })
  const owner = await newAccount(before)
  await write(openScope(before.database, owner.account, 'test', 'write'), async (tx) => {
    for (let number = 1; number <= LARGE; number++)
      await projects.create(tx, { projectName: `Project ${number}`, clientName: 'Acme' })
  })
  const change = await latestChange(owner)
  await before.close()
  const database = new Sqlite(file)
  database.exec(`delete from schema_migrations where name = '0007-longer-grams'`)
  database.prepare('insert into search_state values (?, ?, null)').run(owner.account, change)
  database.close()

  const server = await startServer({}, '', { file })
  const user = await newUser(server, owner)
  const find = async () =>
    (await user.call('GET', '/projects?projectName=project%20777')).json.map(({ id }: any) => id)
  const expected = [777, ...Array.from({ length: 10 }, (_, digit) => 7770 + digit)]
  expect(await find()).toEqual(expected)
  await untilIndexed(server, user)
  expect(await find()).toEqual(expected)
  await server.close()
})

const noCall = () => Promise.reject(new Error('there is no key to call with'))
