import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyDatabase } from '../src/cli/copy.ts'
import { parsePostgresUrl } from '../src/db/postgres/location.ts'
import { ask } from '../test/engine.ts'
import { PostgresProcess } from '../test/postgres-process.ts'
import type { Engine } from './engine.ts'
import { CACHE } from './process.ts'
import { ROOT, startFloor } from './programs.ts'
import { type Seed, seed } from './seed.ts'
import type { Size } from './sizes.ts'

/** The first differs from PostgreSQL's defaults, the second from those of the tests. */
const SETTINGS = { shared_buffers: '256MB', dynamic_shared_memory_type: 'posix' }

/** Starts a PostgreSQL server that ends with this process. Its databases stay in the cache, on the disk of the checkout. */
export async function openPostgres(): Promise<Engine> {
  const { authority } = await PostgresProcess.start(SETTINGS, join(CACHE, 'postgres'))
  const server = `postgres://postgres@${authority}`
  let copies = 0
  return {
    name: 'postgres',
    async take(size, use) {
      const name = await seedPostgres(server, size)
      const { keys } = await seed(size)
      if (use === 'reads') return seedOf(name)
      const copy = `copy_${++copies}`
      await admin(server, `drop database if exists ${copy}`)
      await admin(server, `create database ${copy} template ${name}`)
      return seedOf(copy)

      function seedOf(database: string): Seed {
        const url = `${server}/${database}`
        return { ...size, keys, url, floor: url }
      }
    },
    async drop({ url }) {
      const { database } = parsePostgresUrl(url)
      if (database.startsWith('copy_')) await admin(server, `drop database ${database}`)
    },
    async rest() {
      await admin(server, 'checkpoint')
      const cleaning = `select pid from pg_stat_activity where backend_type = 'autovacuum worker'`
      while ((await admin(server, cleaning)).length > 0) await sleep(100)
    },
    async sizeOf({ url }) {
      await admin(server, 'checkpoint')
      const [row] = await run(url, 'select pg_database_size(current_database()) as size')
      return row.size
    },
    startFloor: (seed) => startFloor('bench/floor-postgres.mjs', seed),
  }
}

/** The name of a database with the rows of SQLite's seed. */
async function seedPostgres(server: string, size: Size): Promise<string> {
  const rows = await seed(size)
  const start = `seed_${size.accounts}x${size.each}_`
  const name = start + versionOf(rows)
  const found = await admin(server, `select datname from pg_database where starts_with(datname, '${start}')`)
  if (found.some(({ datname }) => datname === name)) return name
  console.log(`Copying ${size.accounts} × ${size.each} projects into PostgreSQL …`)
  for (const { datname } of found) await admin(server, `drop database ${datname}`)
  const fresh = `fresh_${start}`
  await admin(server, `drop database if exists ${fresh}`)
  await admin(server, `create database ${fresh} template template0`)
  await copyDatabase(rows.url, `${server}/${fresh}`)
  await run(`${server}/${fresh}`, 'vacuum (analyze)')
  await admin(server, `alter database ${fresh} rename to ${name}`)
  return name
}

/** A hash of what the copy depends on: the seed, whose folder is named by its sources, and how the copy is made. */
function versionOf({ url }: Seed): string {
  const hash = createHash('sha256').update(url)
  for (const file of ['builder.ts', 'trigrams.ts'])
    hash.update(readFileSync(join(ROOT, 'src/db/postgres', file)))
  return hash.digest('hex').slice(0, 12)
}

const run = (url: string, statement: string) => ask({ postgres: parsePostgresUrl(url) }, statement)

const admin = (server: string, statement: string) => run(`${server}/postgres`, statement)
