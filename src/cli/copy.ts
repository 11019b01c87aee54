import { existsSync } from 'node:fs'
import { readLocation } from '../config.ts'
import { copyAll } from '../copy/copy.ts'
import { CopyError, type Side, SpoiltCopyError } from '../copy/side.ts'
import type { Database } from '../db/database.ts'
import type { Location } from '../db/location.ts'
import { bringUp, NewerDatabaseError, pendingMigrations } from '../db/migrate.ts'
import { call } from '../db/query.ts'
import { hasTable } from '../db/sql.ts'
import { CommandError } from './command-error.ts'
import { printTable } from './table.ts'
import { Progress } from './transfer/progress.ts'
import { explainStorage, openOrExplain } from './with-database.ts'

/** One of the two databases of the command. */
interface End {
  readonly option: '--from' | '--to'
  readonly location: Location
  readonly database: Database
}

/** Copies one database into another, and prints the comparison. Throws if they differ. */
export async function copyDatabase(fromUrl: string, toUrl: string): Promise<void> {
  // Other users of the machine can see the arguments of a command, and with them a password.
  process.title = 'timetrack copy'
  const from = { option: '--from', location: readLocation('--from', fromUrl) } as const
  const to = { option: '--to', location: readLocation('--to', toUrl) } as const
  if ('file' in from.location && !existsSync(from.location.file))
    throw new CommandError(`There is no database at ${from.location.file}. Check --from.`)
  await withEnd(from, (source) => withEnd(to, (target) => copy(source, target)))
}

async function withEnd(end: Omit<End, 'database'>, work: (end: End) => Promise<void>): Promise<void> {
  const database = await openOrExplain({ database: end.location }, end.option)
  try {
    await work({ ...end, database })
  } finally {
    await database.close()
  }
}

async function copy(from: End, to: End): Promise<void> {
  await prepare(from, to)
  const progress = new Progress(process.stderr)
  const watcher = {
    show: (label: string, done: number, total: number) => progress.show(label, done, total),
    copied(table: string, rows: number) {
      if (!process.stderr.isTTY) console.error(`${table}: ${rows.toLocaleString('en')} rows copied`)
    },
  }
  try {
    const comparisons = await copyAll(sideOf(from), sideOf(to), watcher)
    progress.end()
    report(comparisons)
    if (!comparisons.every(({ same }) => same))
      throw new SpoiltCopyError('The two databases differ: stop all servers that use either of them.')
    console.log(`${to.database.name} is now a complete copy of ${from.database.name}.`)
  } catch (error) {
    progress.end()
    if (!(error instanceof SpoiltCopyError)) throw error
    throw new CommandError(`${error.message} Then ${howToEmpty(to.location)}, and copy again.`)
  }
}

/** Makes sure that both databases are at this version; only the target is migrated for that. */
async function prepare(from: End, to: End): Promise<void> {
  const [source, target] = await Promise.all([from, to].map((end) => explained(end, end.database.identity())))
  if (source === target)
    throw new CommandError(
      `--from and --to name the same database, ${from.database.name}. Name another one for --to.`,
    )
  const { reader, name } = from.database
  const isOurs = await explained(from, reader.all(0, call(hasTable, { name: 'schema_migrations' })))
  if (isOurs.length === 0) throw new CommandError(`${name} is not a TimeTrack database. Check --from.`)
  if ((await explained(from, pendingMigrations(reader))).length > 0)
    throw new CommandError(
      `${name} is at an earlier version. Run "timetrack migrate" first, with DATABASE_URL set to it.`,
    )
  await explained(to, bringUp(to.database))
}

function sideOf(end: End): Side {
  const { name, builder, reader, transaction } = end.database
  return {
    name,
    builder,
    read: (one) => explained(end, reader.all(0, one)),
    change: (work) => explained(end, transaction(0, work)),
  }
}

/** Turns an engine's error into what the user of this command can do about it. */
async function explained<T>({ database, location, option }: End, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof NewerDatabaseError)
      throw new CommandError(
        `${database.name} was written by a newer version of TimeTrack. Copy with that version.`,
      )
    const explanation = explainStorage(error, { database: location }, option)
    if (explanation === error || !(explanation instanceof Error)) throw error
    throw new CopyError(
      `${explanation.message} Then run the command again: it resumes where it was interrupted.`,
    )
  }
}

type Comparisons = Awaited<ReturnType<typeof copyAll>>

/** One line for each table; two if it differs. */
function report(comparisons: Comparisons): void {
  const rows = comparisons.flatMap(({ table, from, to, same }) => {
    const line = (name: string, sum: typeof from) => [name, sum.rows.toLocaleString('en'), sum.sha256]
    return same ? [line(table, from)] : [line(`${table} from`, from), line(`${table} to`, to)]
  })
  printTable(['TABLE', 'ROWS', 'SHA-256'], rows)
}

function howToEmpty(location: Location): string {
  if ('file' in location) return `remove ${location.file} with its -wal and -shm`
  const { database } = location.postgres
  return `recreate the database (dropdb ${database}; createdb --encoding=UTF8 --template=template0 ${database})`
}
