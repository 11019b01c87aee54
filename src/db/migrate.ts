import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'
import { type Builder, call, type Param, query, type Statement } from './query.ts'
import { hasTable } from './sql.ts'

/** The account of migrations, which belong to none; they wait for each other as long as it takes. */
const MIGRATING = -1

/** The database was written by a newer version of this program. */
export class NewerDatabaseError extends Error {}

/** The table in which a copy records its progress. */
export const MARK_OF_COPY = 'copy_mark'

/** The database is an unfinished copy. */
class UnfinishedCopyError extends Error {}

/** Brings the database up to date, unless it is an unfinished copy. Throws UnfinishedCopyError, or like `bringUp`. */
export async function migrate(database: Database): Promise<string[]> {
  if ((await database.reader.all(0, call(hasTable, { name: MARK_OF_COPY }))).length > 0)
    throw new UnfinishedCopyError(
      `The database ${database.name} is an unfinished copy. Run "timetrack copy" again first, to complete it.`,
    )
  return bringUp(database)
}

/**
 * Brings the database up to this version, each migration in a transaction of its own, and returns the names of
 * those it ran. Throws NewerDatabaseError, and changes nothing, if the database has migrations that this program does
 * not know.
 */
export async function bringUp(database: Database): Promise<string[]> {
  await database.transaction(MIGRATING, (connection) =>
    runOnce(connection, recordOfMigrations(database.builder)),
  )
  await pendingMigrations(database.reader)
  const ran: string[] = []
  for (const migration of migrations) {
    await database.transaction(MIGRATING, async (connection) => {
      const pending = await pendingMigrations(connection)
      if (!pending.includes(migration.name)) return
      for (const statement of migration.statements(database.builder)) await runOnce(connection, statement)
      await connection.all(0, call(addMigration, { name: migration.name, at: new Date().toISOString() }))
      ran.push(migration.name)
    })
  }
  return ran
}

/** The migrations that still have to run. */
export async function pendingMigrations(connection: Connection): Promise<string[]> {
  const applied = (await connection.all(0, call(appliedMigrations, {}))).map((row) => row.name)
  const known = migrations.map((migration) => migration.name)
  const unknown = applied.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new NewerDatabaseError(
      `The database was written by a newer version of TimeTrack (it has the migration ${unknown}). ` +
        'Start that version, or restore a backup made before the upgrade.',
    )
  return known.filter((name) => !applied.includes(name))
}

/** Runs a statement that is never run again, such as one that creates a table. */
export async function runOnce(connection: Connection, statement: Statement<unknown>): Promise<void> {
  await connection.all(
    0,
    call(
      query(() => statement),
      {},
    ),
  )
}

const recordOfMigrations = ({ schema }: Builder) =>
  schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('applied_at', 'text', (column) => column.notNull())

const appliedMigrations = query((db) => db.selectFrom('schema_migrations').select('name').orderBy('name'))

const addMigration = query((db, param: Param<{ name: string; at: string }>) =>
  db.insertInto('schema_migrations').values({ name: param('name'), applied_at: param('at') }),
)
