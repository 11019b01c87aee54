import type { Connection } from '../db/connection.ts'
import { call } from '../db/query.ts'
import type { Side } from './side.ts'
import { insertionOf, type Row, type RowKey, statementsOf } from './statements.ts'
import { type CopiedTable, keyOf } from './tables.ts'

export interface Page {
  readonly rows: readonly Row[]
  /** The primary key of its last row, after which the next page begins. */
  readonly lastKey: RowKey
}

const MOST_ROWS = 1_000
const MOST_BYTES = 8 * 1_048_576
/** The recorded answer to a batch can have megabytes. */
const MOST_RECORDS = 20
/** The size of rows is known only once they are read: pages start short, and grow. */
const FIRST_ROWS = 20
const GROWTH = 5

/** An engine takes about ten thousand values in a statement, and a row has at most twenty. */
const ROWS_PER_STATEMENT = 50

/** The rows of a table in the order of its primary key, in pages of about 8 MB at most. */
export async function* pagesOf(side: Side, table: CopiedTable, after?: RowKey): AsyncGenerator<Page> {
  const { first, following } = statementsOf(table)
  const limit = table === 'idempotency' ? MOST_RECORDS : MOST_ROWS
  let lastKey = after
  let most = FIRST_ROWS
  for (;;) {
    const rows = await side.read(lastKey ? call(following, { ...lastKey, most }) : call(first, { most }))
    const last = rows.at(-1)
    if (!last) return
    lastKey = keyOf(table).map((column) => last[column] ?? null)
    yield { rows, lastKey }
    if (rows.length < most) return
    const fitting = Math.floor((most * MOST_BYTES) / lengthOf(rows))
    most = Math.max(1, Math.min(limit, most * GROWTH, fitting))
  }
}

function lengthOf(rows: readonly Row[]): number {
  let length = 1
  for (const row of rows)
    for (const value of Object.values(row)) length += typeof value === 'string' ? value.length : 8
  return length
}

export async function countOf(side: Side, table: CopiedTable): Promise<number> {
  const [row] = await side.read(call(statementsOf(table).count, {}))
  return row?.rows ?? 0
}

/** Inserts rows, without waiting for one statement before the next. */
export async function insertRows(
  connection: Connection,
  table: CopiedTable,
  rows: readonly Row[],
): Promise<void> {
  const columns = columnsOf(rows)
  const insert = (some: readonly Row[]) => {
    const values = some.flatMap((row) => columns.map((column) => row[column] ?? null))
    return connection.all(0, call(insertionOf(table, columns, some.length), values))
  }
  const statements: Promise<unknown>[] = []
  const rest = rows.length % ROWS_PER_STATEMENT
  for (let at = 0; at < rows.length - rest; at += ROWS_PER_STATEMENT)
    statements.push(insert(rows.slice(at, at + ROWS_PER_STATEMENT)))
  for (const row of rows.slice(rows.length - rest)) statements.push(insert([row]))
  await Promise.all(statements)
}

/** Sorted, so that the order is the same in every database: a migration may have appended columns. */
export const columnsOf = ([row = {}]: readonly Row[]): string[] => Object.keys(row).sort()
