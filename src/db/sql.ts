import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Builder, type Param, query, raw, type Statement } from './query.ts'
import { StorageError, type StorageFault } from './storage-fault.ts'

/** Whether a folded column holds a folded needle, literally: nothing in the needle is a wildcard. */
export function contains({ engine }: Builder, column: string, needle: string | number): Expression<SqlBool> {
  const position = sql.raw(engine === 'sqlite' ? 'instr' : 'strpos')
  return sql<SqlBool>`${position}(${sql.ref(column)}, ${needle}) > 0`
}

/** Whether a column has one of the values that a statement gives; on PostgreSQL that statement is run first. */
export function isIn({ engine }: Builder, column: string, values: Expression<unknown>): Expression<SqlBool> {
  return engine === 'sqlite'
    ? sql<SqlBool>`${sql.ref(column)} in ${values}`
    : sql<SqlBool>`${sql.ref(column)} = any(array${values})`
}

/** A text of the JSON that a column holds. */
export function jsonText({ engine }: Builder, column: string, name: string): RawBuilder<string> {
  return engine === 'sqlite'
    ? sql`${sql.ref(column)} ->> ${sql.lit(name)}`
    : sql`${sql.ref(column)}::json ->> ${sql.lit(name)}`
}

/** Whether a row's id is among those of a JSON array. */
export function isAmong({ engine }: Builder, column: string, ids: string | number): Expression<SqlBool> {
  return engine === 'sqlite'
    ? sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${ids}))`
    : sql<SqlBool>`${sql.ref(column)} = any(cast(translate(${ids}, '[]', '{}') as bigint[]))`
}

/** A column to sort by where an index in its order would be the longer way. */
export function withoutIndex({ engine }: Builder, column: string): Expression<string | number> {
  const ref = sql.ref(column)
  return engine === 'sqlite' ? sql`+${ref}` : sql`coalesce(${ref}, ${ref})`
}

/** Rows kept in the order of their primary key, so that a page of an account is one run of the file. */
export function clustered({ engine }: Builder): RawBuilder<unknown> {
  return engine === 'sqlite' ? sql`without rowid` : sql``
}

/** Statements for SQLite alone. */
export function onSqlite(db: Builder, ...statements: Statement<unknown>[]): Statement<unknown>[] {
  return db.engine === 'sqlite' ? statements : []
}

/** Columns for an index to answer from alone, where their texts may be too long for an entry: it has 2,700 bytes. */
export function wideColumns<C extends string>({ engine }: Builder, ...columns: C[]): C[] {
  return engine === 'sqlite' ? columns : []
}

/** A row where there is a table of this name. */
export const hasTable = query((builder, param: Param<{ name: string }>) =>
  raw(
    builder,
    builder.engine === 'sqlite'
      ? sql`select 1 from sqlite_master where type = 'table' and name = ${param('name')}`
      : sql`select 1 where to_regclass(${param('name')}) is not null`,
  ),
)

/** Codes of SQLite. A file system that has become read-only, a quota and a limit are all a failed write to it. */
const faults: readonly (readonly [StorageFault, RegExp])[] = [
  ['busy', /^SQLITE_(BUSY|LOCKED|PROTOCOL)/],
  ['full', /^SQLITE_(FULL|IOERR_SHMSIZE)/],
  ['missing', /^SQLITE_READONLY_DBMOVED/],
  ['readOnly', /^SQLITE_READONLY/],
  ['damaged', /^SQLITE_(CORRUPT|NOTADB|IOERR_CORRUPTFS)/],
  ['failed', /^SQLITE_(IOERR|CANTOPEN)/],
]

/** What of the storage an error tells; undefined where it is about something else. */
export function storageFault(error: unknown): StorageFault | undefined {
  if (error instanceof StorageError) return error.fault
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return faults.find(([, pattern]) => pattern.test(code))?.[0]
}

/** The database is held by another program; the same statement may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  return storageFault(error) === 'busy'
}
