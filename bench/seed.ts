import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { createAccount } from '../src/accounts/account.store.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { openScope, type Scope, write } from '../src/db/scope.ts'
import type { NewKey } from '../src/resources/keys/key.store.ts'
import { listing } from '../src/resources/projects/project.statements.ts'
import { projects } from '../src/resources/projects/project.store.ts'
import { CACHE, runFolder } from './process.ts'
import { sampleProject } from './projects.ts'
import type { Size } from './sizes.ts'

export interface Seed extends Size {
  /** The server's DATABASE_URL. */
  readonly url: string
  /** The database of the floor: on SQLite a file with the same projects in ordinary columns. */
  readonly floor: string
  /** The key of each account, in the order of their numbers. */
  readonly keys: readonly NewKey[]
}

const PER_TRANSACTION = 10_000
/** From this size on the server searches an account by its index; see src/resources/projects/project.search.ts. */
const LARGE = 10_000

/** The databases of this size, from the cache if the same sources made them before. */
export async function seed({ accounts, each }: Size): Promise<Seed> {
  const version = versionOfSources()
  const name = `${accounts}x${each}`
  const folder = join(CACHE, `${name}-${version}`)
  if (!existsSync(folder)) {
    console.log(`Seeding ${accounts} × ${each} projects …`)
    mkdirSync(CACHE, { recursive: true })
    for (const old of readdirSync(CACHE))
      if (old.startsWith(`${name}-`)) rmSync(join(CACHE, old), { recursive: true })
    const fresh = join(runFolder(), name)
    await make(fresh, { accounts, each })
    renameSync(fresh, folder)
  }
  return {
    accounts,
    each,
    url: `file:${join(folder, 'timetrack.db')}`,
    floor: join(folder, 'floor.db'),
    keys: JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')),
  }
}

export const fileOf = ({ url }: Seed) => url.slice('file:'.length)

let copies = 0

/** A copy of the databases, for one run to change. */
export function copyOf(seeded: Seed): Seed {
  const number = ++copies
  const copy = (file: string, name: string) => {
    const target = join(runFolder(), `${name}-${number}.db`)
    copyFileSync(file, target, constants.COPYFILE_FICLONE)
    return target
  }
  return {
    ...seeded,
    url: `file:${copy(fileOf(seeded), 'timetrack')}`,
    floor: copy(seeded.floor, 'floor'),
  }
}

/** Removes the databases of a copy, with the files that SQLite put beside them. */
export function removeCopy(seeded: Seed): void {
  for (const file of [fileOf(seeded), seeded.floor])
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
}

/** A hash of all that a seed depends on: the stores, the migrations and the sample projects. */
function versionOfSources(): string {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const stores = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) =>
      /(^(?:db\/(?!postgres\/)|resource\/|domain\/).*|\.(store|statements|search))\.ts$/.test(name),
    )
    .sort()
    .map((name) => join('src', name))
  const hash = createHash('sha256')
  for (const name of [...stores, 'bench/projects.ts', 'bench/seed.ts'])
    hash.update(readFileSync(join(root, name)))
  return hash.digest('hex').slice(0, 12)
}

async function make(folder: string, { accounts, each }: Size): Promise<void> {
  const serverFile = join(folder, 'timetrack.db')
  const database = await openDatabase({ file: serverFile })
  await migrate(database)
  const keys: NewKey[] = []
  for (let account = 1; account <= accounts; account++) {
    const key = await createAccount(database, 'bench', `bench-${account}`)
    if (key) keys.push(key)
  }
  const scope = openScope(database, 1, 'bench', 'write')
  for (let from = 1; from <= each; from += PER_TRANSACTION)
    await write(scope, async (tx) => {
      for (let number = from; number < from + PER_TRANSACTION && number <= each; number++)
        await projects.create(tx, sampleProject(number, each))
    })
  if (each >= LARGE) await index(scope, serverFile)
  await database.close()
  copyFirstAccount(serverFile)
  fillFloor(join(folder, 'floor.db'), serverFile)
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys), { mode: 0o600 })
}

/** A search makes the server's own code build the index of a large account; this waits until it is complete. */
async function index(scope: Scope, file: string): Promise<void> {
  await listing.find(scope, { projectName: 'AB' }, { after: 0 })
  const handle = new Sqlite(file, { readonly: true, timeout: 1_000 })
  const state = handle.prepare(
    `select built_to from search_state where account_id = 1 and entity = 'project'`,
  )
  for (;;) {
    const row = state.get() as { built_to: number | null } | undefined
    if (row?.built_to === null) break
    await sleep(100)
  }
  handle.close()
}

/**
 * Gives every other account the rows of the first. They are the rows it would have if it had entered the same at the
 * same time, since only the account's number tells them apart.
 */
function copyFirstAccount(file: string): void {
  const handle = new Sqlite(file)
  const others = '(select account_id as other from accounts where account_id > 1)'
  handle.transaction(() => {
    for (const table of ['clients', 'projects', 'audit', 'counters']) {
      const columns = (handle.pragma(`table_info(${table})`) as { name: string }[])
        .map(({ name }) => `"${name}"`)
        .filter((name) => name !== '"account_id"')
        .join()
      const own = table === 'audit' ? `and entity in ('client', 'project')` : ''
      handle.exec(`insert or replace into ${table} (account_id, ${columns})
        select other, ${columns} from ${others} cross join ${table} where account_id = 1 ${own}`)
    }
  })()
  handle.close()
}

function fillFloor(file: string, serverFile: string): void {
  const names = ['notes', 'hourRate', 'timeEstimated', 'budgetEstimated', 'createdAt', 'updatedAt']
  const handle = new Sqlite(file)
  handle.pragma('journal_mode = WAL')
  handle.exec(`create table projects (account_id integer, id integer, projectName text, clientName text,
    projectEnabled integer, notes text, hourRate numeric, timeEstimated numeric, budgetEstimated numeric,
    createdAt text, updatedAt text, folded text, primary key (account_id, id)) without rowid`)
  handle.exec(`attach '${serverFile.replaceAll("'", "''")}' as server`)
  handle.exec(`insert into projects select account_id, id, wire ->> 'projectName', wire ->> 'clientName', enabled,
    ${names.map((name) => `wire ->> '${name}'`).join()}, name_fold from server.projects`)
  handle.close()
}
