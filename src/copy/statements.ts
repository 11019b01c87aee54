import { type Kysely, type SqlBool, sql } from 'kysely'
import { type Builder, type Param, type Query, query } from '../db/query.ts'
import { type CopiedTable, keyOf } from './tables.ts'

type Value = string | number | null
export type Row = Readonly<Record<string, Value>>

/** The values of a row's primary key. */
export type RowKey = readonly Value[]

interface Statements {
  /** The first rows in the order of the primary key, and those after a given key. */
  readonly first: Query<{ most: number }, Row>
  readonly following: Query<{ most: number } & RowKey, Row>
  readonly count: Query<object, { rows: number }>
}

/** The builder for tables whose names and columns are values. */
const untyped = (builder: Builder) => builder as unknown as Kysely<Record<string, Row>>

/** The placeholder for a value by its index in a list. */
const at = (param: Param<never>, index: number) => (param as (name: string) => Value)(String(index))

function build(table: CopiedTable): Statements {
  const key = keyOf(table)
  const page = (builder: Builder, param: Param<{ most: number }>) =>
    key
      .reduce((rows, column) => rows.orderBy(column), untyped(builder).selectFrom(table).selectAll())
      .limit(param('most'))
  const isAfter = (param: Param<never>) =>
    sql<SqlBool>`(${sql.join(key.map((column) => sql.ref(column)))}) >
      (${sql.join(key.map((_, index) => at(param, index)))})`
  return {
    first: query(page, true),
    following: query((builder, param) => page(builder, param).where(isAfter(param as Param<never>)), true),
    count: query((builder) =>
      untyped(builder)
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('rows')),
    ),
  }
}

const statements = new Map<CopiedTable, Statements>()

export function statementsOf(table: CopiedTable): Statements {
  const found = statements.get(table) ?? build(table)
  statements.set(table, found)
  return found
}

const insertions = new Map<string, Query<readonly Value[], unknown>>()

/** Inserts `count` rows; its values are those of the rows, one after the other. */
export function insertionOf(
  table: CopiedTable,
  columns: readonly string[],
  count: number,
): Query<readonly Value[], unknown> {
  const name = `${table} ${count}`
  let insertion = insertions.get(name)
  if (!insertion) {
    const rowAt = (param: Param<never>, row: number) =>
      Object.fromEntries(columns.map((column, index) => [column, at(param, row * columns.length + index)]))
    insertion = query((builder, param) =>
      untyped(builder)
        .insertInto(table)
        .values(Array.from({ length: count }, (_, row) => rowAt(param as Param<never>, row))),
    )
    insertions.set(name, insertion)
  }
  return insertion
}
