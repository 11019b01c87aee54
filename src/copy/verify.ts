import { createHash } from 'node:crypto'
import { columnsOf, pagesOf } from './rows.ts'
import type { Side } from './side.ts'
import { type CopiedTable, copiedTables } from './tables.ts'

/** What a table holds: the number of rows, and the SHA-256 of them as lines of JSON in the order of the primary key. */
export interface Sum {
  readonly rows: number
  readonly sha256: string
}

export interface Comparison {
  readonly table: CopiedTable
  readonly from: Sum
  readonly to: Sum
  readonly same: boolean
}

type Note = (rows: number) => void

/** Reads every row of both databases again; `note` is told how many were read, in both together. */
export async function compare(
  from: Side,
  to: Side,
  note: (table: CopiedTable, rows: number) => void,
): Promise<Comparison[]> {
  const comparisons: Comparison[] = []
  for (const table of copiedTables()) {
    const noteRows: Note = (rows) => note(table, rows)
    const [source, target] = await Promise.all([sumOf(from, table, noteRows), sumOf(to, table, noteRows)])
    const same = source.rows === target.rows && source.sha256 === target.sha256
    comparisons.push({ table, from: source, to: target, same })
  }
  return comparisons
}

/** Computed here and not by the engines, which format numbers and texts differently. */
export async function sumOf(side: Side, table: CopiedTable, note: Note = () => {}): Promise<Sum> {
  const hash = createHash('sha256')
  let count = 0
  for await (const { rows } of pagesOf(side, table)) {
    const columns = columnsOf(rows)
    if (count === 0) hash.update(JSON.stringify(columns))
    for (const row of rows) hash.update(`\n${JSON.stringify(columns.map((column) => row[column]))}`)
    count += rows.length
    note(rows.length)
  }
  return { rows: count, sha256: hash.digest('hex') }
}
