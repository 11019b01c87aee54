import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'

/** Whether a folded column holds a folded needle, literally: nothing in the needle is a wildcard. */
export function contains(column: string, needle: string | number): Expression<SqlBool> {
  return sql<SqlBool>`instr(${sql.ref(column)}, ${needle}) > 0`
}

/** Whether a row's id is among those of a JSON array. */
export function isAmong(column: string, ids: string | number): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${ids}))`
}

/** A column in whose order no index is to be walked: the rows are few, and an index would lead through all others. */
export function unindexed(column: string): RawBuilder<string | number> {
  return sql<string | number>`+${sql.ref(column)}`
}

/** Rows kept in the order of their primary key, so that a page of an account is one run of the file. */
export const clustered = sql`without rowid`

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** The database is held by another writer; the same statement may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}
