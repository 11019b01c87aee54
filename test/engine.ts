import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import postgres from 'postgres'
import type { Location } from '../src/db/location.ts'
import { parsePostgresUrl } from '../src/db/postgres/location.ts'

/** The server of PostgreSQL on which these tests run, as a URL without a database; undefined where they run on files. */
const POSTGRES = process.env.TEST_ENGINE === 'postgres' ? process.env.TEST_POSTGRES : undefined

export const onPostgres = POSTGRES !== undefined

/** What the names of all databases of a run begin with. */
export const RUN = process.env.TEST_RUN ?? ''

/** The migrated database of which those of a project's tests are copies. */
export const TEMPLATE = `${RUN}_${process.env.TEST_TEMPLATE}`

/** Few connections for each server of a test: several tests run at once. */
const CONNECTIONS = 4

/** A new folder in that of the run, and gone with it. */
export const temporaryFolder = (): string =>
  mkdtempSync(join(process.env.TEST_FOLDER ?? tmpdir(), 'timetrack-'))

export const urlOf = (database: string) => `${POSTGRES}/${database}?max=${CONNECTIONS}`

export const locationOf = (url: string): Location =>
  url.startsWith('file:') ? { file: url.slice('file:'.length) } : { postgres: parsePostgresUrl(url) }

let databases = 0

/** Where a server of a test can have its database; on PostgreSQL it is there and migrated. */
export async function newDatabase(): Promise<Location> {
  if (!onPostgres) return { file: join(temporaryFolder(), 'timetrack.db') }
  const name = `${RUN}_${process.pid}_${++databases}`
  await createDatabase(name, TEMPLATE)
  return locationOf(urlOf(name))
}

export function createDatabase(name: string, template = 'template0'): Promise<unknown> {
  return asAdmin((sql) => sql.unsafe(`create database ${name} template ${template}`))
}

/** Ends what still uses it. */
export function dropDatabase(name: string): Promise<unknown> {
  return asAdmin((sql) => sql.unsafe(`drop database if exists ${name} with (force)`))
}

/** Drops all whose names begin with that. */
export function dropDatabases(start: string): Promise<void> {
  return asAdmin(async (sql) => {
    for (const { datname } of await sql`select datname from pg_database where starts_with(datname, ${start})`)
      await sql.unsafe(`drop database if exists ${datname} with (force)`)
  })
}

/** Removes what newDatabase has made. */
export async function dropLocation(location: Location): Promise<void> {
  if ('postgres' in location) await dropDatabase(location.postgres.database)
  else rmSync(dirname(location.file), { recursive: true, force: true })
}

async function asAdmin<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = connect(locationOf(urlOf('postgres')))
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

function connect(location: Location): postgres.Sql {
  if (!('postgres' in location)) throw new Error('this is not a database of PostgreSQL')
  const { hosts, database, user, password } = location.postgres
  return postgres({
    host: hosts.map(({ host }) => host),
    port: hosts.map(({ port }) => port),
    ...(hosts[0]?.host.startsWith('/') && { path: `${hosts[0].host}/.s.PGSQL.${hosts[0].port}` }),
    database,
    username: user,
    password,
    max: 1,
    fetch_types: false,
    onnotice: () => {},
    types: { whole: { to: 20, from: [20], parse: Number, serialize: String } },
  } as never)
}

/** The rows of a statement that is run beside the server, with ? for each value. */
export async function ask(location: Location, statement: string, ...values: unknown[]): Promise<any[]> {
  if ('file' in location) {
    const file = new Sqlite(location.file)
    try {
      const prepared = file.prepare(statement)
      if (prepared.reader) return prepared.all(values)
      prepared.run(values)
      return []
    } finally {
      file.close()
    }
  }
  const sql = connect(location)
  let place = 0
  try {
    return await sql.unsafe(
      statement.replace(/\?/g, () => `$${++place}`),
      values as never[],
      { simple: false } as never,
    )
  } finally {
    await sql.end()
  }
}

/** The names of the tables whose rows belong to accounts. */
export async function tablesOfAccounts(location: Location): Promise<string[]> {
  const rows =
    'file' in location
      ? await ask(
          location,
          `select name from sqlite_master where type = 'table' and sql like '%"account_id"%'`,
        )
      : await ask(
          location,
          `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'account_id'`,
        )
  return rows.map(({ name }) => name).sort()
}
