import { type Expression, type SqlBool, sql } from 'kysely'
import { StorageError, type StorageFault } from './storage-fault.ts'

/** Whether a folded column holds a folded needle, literally: nothing in the needle is a wildcard. */
export function contains(column: string, needle: string | number): Expression<SqlBool> {
  return sql<SqlBool>`instr(${sql.ref(column)}, ${needle}) > 0`
}

/** Whether a row's id is among those of a JSON array. */
export function isAmong(column: string, ids: string | number): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${ids}))`
}

/** A column to sort by where an index in its order would be the longer way. */
export function withoutIndex(column: string) {
  return sql<string | number>`+${sql.ref(column)}`
}

/** Rows kept in the order of their primary key, so that a page of an account is one run of the file. */
export const clustered = sql`without rowid`

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
