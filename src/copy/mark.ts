import type { Kysely } from 'kysely'
import type { Connection } from '../db/connection.ts'
import { MARK_OF_COPY, runOnce } from '../db/migrate.ts'
import { type Builder, call, type Param, query } from '../db/query.ts'
import { hasTable } from '../db/sql.ts'
import type { Side } from './side.ts'
import type { CopiedTable } from './tables.ts'

/** How far a copy has come: a table of one row in the target, which is updated in the transaction of each page. */
export interface Mark {
  /** The name of the source. */
  readonly source: string
  /** The checksum of the source's counters when the copy began: every change increments one of them. */
  readonly counters: string
  /** The table being copied, and the primary key, as JSON, of its last row that was copied; empty before the first. */
  readonly table_name: CopiedTable
  readonly last_key: string
  /** The rows copied so far, of all tables. */
  readonly copied: number
}

const ofMark = (builder: Builder) => builder as unknown as Kysely<Record<typeof MARK_OF_COPY, Mark>>

/** The mark of an unfinished copy; undefined if there is none. */
export async function findMark(side: Side): Promise<Mark | undefined> {
  if ((await side.read(call(hasTable, { name: MARK_OF_COPY }))).length === 0) return undefined
  return (await side.read(call(read, {})))[0]
}

export async function createMark(side: Side, mark: Mark): Promise<void> {
  await side.change(async (connection) => {
    await runOnce(
      connection,
      ofMark(side.builder)
        .schema.createTable(MARK_OF_COPY)
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('counters', 'text', (column) => column.notNull())
        .addColumn('table_name', 'text', (column) => column.notNull())
        .addColumn('last_key', 'text', (column) => column.notNull())
        .addColumn('copied', 'bigint', (column) => column.notNull()),
    )
    await connection.all(0, call(insert, mark))
  })
}

/** Moves the mark; false if another copy has moved it in the meantime. */
export async function moveMark(connection: Connection, from: Mark, to: Mark): Promise<boolean> {
  const { table_name, last_key, copied } = to
  const values = { table_name, last_key, copied, copied_before: from.copied }
  return (await connection.all(0, call(move, values))).length > 0
}

/** Removes the mark of a finished copy. */
export async function removeMark(side: Side): Promise<void> {
  await side.change((connection) => runOnce(connection, ofMark(side.builder).schema.dropTable(MARK_OF_COPY)))
}

const read = query((builder, _param: Param<object>) => ofMark(builder).selectFrom(MARK_OF_COPY).selectAll())

const insert = query((builder, param: Param<Mark>) =>
  ofMark(builder)
    .insertInto(MARK_OF_COPY)
    .values({
      source: param('source'),
      counters: param('counters'),
      table_name: param('table_name'),
      last_key: param('last_key'),
      copied: param('copied'),
    }),
)

const move = query(
  (builder, param: Param<Pick<Mark, 'table_name' | 'last_key' | 'copied'> & { copied_before: number }>) =>
    ofMark(builder)
      .updateTable(MARK_OF_COPY)
      .set({ table_name: param('table_name'), last_key: param('last_key'), copied: param('copied') })
      .where('copied', '=', param('copied_before'))
      .returning('copied'),
)
