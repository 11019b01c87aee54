import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Sqlite from 'better-sqlite3'
import postgres from 'postgres'
import { startPostgres } from '../scripts/postgres.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { parsePostgresUrl } from '../src/db/postgres/location.ts'
import { atEnd, CACHE } from './process.ts'
import { ROOT, startFloor } from './programs.ts'
import type { Size } from './requests.ts'
import { fileOf, type Seed, seed } from './seed.ts'
import type { Store } from './store.ts'

/** PostgreSQL's own defaults but for these. */
const SETTINGS = { shared_buffers: '256MB', log_min_messages: 'fatal' }

/** Starts a server whose databases stay beside the seeds, on the disk of the checkout. */
export async function openPostgresStore(): Promise<Store> {
  const server = await startPostgres(SETTINGS, join(CACHE, 'postgres'))
  atEnd(() => void server.stop())
  let copies = 0
  return {
    async take(size, use) {
      const name = await seedPostgres(server.url, size)
      const keys = (await seed(size)).keys
      if (use === 'reads') return seedOf(name)
      const copy = `copy_${++copies}`
      await admin(server.url, `drop database if exists ${copy}`, `create database ${copy} template ${name}`)
      return seedOf(copy)

      function seedOf(database: string): Seed {
        const url = `${server.url}/${database}`
        return { ...size, keys, url, floor: url }
      }
    },
    async drop({ url }) {
      const { database } = parsePostgresUrl(url)
      if (database.startsWith('copy_')) await admin(server.url, `drop database ${database}`)
    },
    startFloor: (seeded) => startFloor('bench/floor-postgres.mjs', seeded),
    accounts: [1],
    besideFloor: [{ measure: 'one item', whom: 'the floor', goal: 0.8 }],
    twoProcesses: 1.3,
  }
}

/** The name of a database with the rows of the seed of SQLite. */
async function seedPostgres(server: string, size: Size): Promise<string> {
  const rows = await seed(size)
  const start = `seed_${size.accounts}x${size.each}_`
  const name = start + versionOf(rows)
  const found = await admin<{ datname: string }>(
    server,
    `select datname from pg_database where starts_with(datname, '${start}')`,
  )
  if (found.some(({ datname }) => datname === name)) return name
  console.log(`Copying ${size.accounts} × ${size.each} projects into PostgreSQL …`)
  for (const { datname } of found) await admin(server, `drop database ${datname}`)
  const fresh = `fresh_${start}`
  await admin(server, `drop database if exists ${fresh}`, `create database ${fresh} template template0`)
  await fill(`${server}/${fresh}`, fileOf(rows))
  await admin(server, `alter database ${fresh} rename to ${name}`)
  return name
}

/** A hash of what the copy depends on, beside the migrations, which the name of the seed tells. */
function versionOf({ url }: Seed): string {
  const hash = createHash('sha256').update(url)
  for (const file of ['builder.ts', 'trigrams.ts'])
    hash.update(readFileSync(join(ROOT, 'src/db/postgres', file)))
  return hash.digest('hex').slice(0, 12)
}

/** Tables of the server, each behind those that it refers to. */
const TABLES = ['accounts', 'counters', 'api_keys', 'clients', 'projects', 'audit']

async function fill(url: string, file: string): Promise<void> {
  const database = await openDatabase({ postgres: parsePostgresUrl(url) })
  await migrate(database)
  await database.close()
  const sql = connect(url)
  const indexes = await sql<{ indexname: string; indexdef: string }[]>`
    select indexname, indexdef from pg_indexes where schemaname = 'public'
    and indexname not in (select conname from pg_constraint)`
  for (const { indexname } of indexes) await sql.unsafe(`drop index ${indexname}`)
  const handle = new Sqlite(file, { readonly: true })
  for (const table of TABLES) await copyTable(sql, handle, table)
  handle.close()
  for (const { indexdef } of indexes) await sql.unsafe(indexdef)
  await sql.unsafe('vacuum (analyze)')
  await sql.end()
}

async function copyTable(sql: postgres.Sql, handle: Sqlite.Database, table: string): Promise<void> {
  const columns = (handle.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  const rows = handle.prepare(`select ${columns.join()} from ${table}`).raw().iterate() as Iterable<unknown[]>
  const lines = function* () {
    let block = ''
    for (const row of rows) {
      block += `${row.map(asCopied).join('\t')}\n`
      if (block.length < 65_536) continue
      yield block
      block = ''
    }
    yield block
  }
  const target = await sql.unsafe(`copy ${table} (${columns.join()}) from stdin`).writable()
  await pipeline(Readable.from(lines()), target)
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const asCopied = (value: unknown): string =>
  value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '')

async function admin<R>(server: string, ...statements: string[]): Promise<R[]> {
  const sql = connect(`${server}/postgres`)
  let rows: unknown = []
  for (const statement of statements) rows = await sql.unsafe(statement)
  await sql.end()
  return rows as R[]
}

function connect(url: string): postgres.Sql {
  const { hosts, database, user } = parsePostgresUrl(url)
  const path = `${hosts[0]?.host}/.s.PGSQL.${hosts[0]?.port}`
  return postgres({ path, database, user, max: 1, fetch_types: false, onnotice: () => {} } as never)
}
