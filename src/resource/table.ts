import type { Kysely } from 'kysely'
import { readById } from '../db/by-id.ts'
import { type Builder, type Param, type Query, query } from '../db/query.ts'
import type { ObjectRow, ObjectTable, Tables } from '../db/tables.ts'

/** A row without the account, which every statement gets from the scope. */
export type Row<T extends ObjectTable> = Omit<Tables[T], 'account_id'>

/** The columns that a table has besides those of every object. */
export type OwnColumn<T extends ObjectTable> = Exclude<keyof Tables[T], keyof ObjectRow> & string

/** The builder for a table whose name is a value. */
const ofTable = (db: Builder) => db as unknown as Kysely<Record<string, ObjectRow>>

const COMMON = ['version', 'updated_at', 'deleted_at', 'wire'] as const

/**
 * The statements of one table of objects.
 * @param columns all of the table's own
 * @param indexed those of them that are in an index; see `updateContent`
 */
export function tableStatements<T extends ObjectTable>(
  table: T,
  columns: readonly OwnColumn<T>[],
  indexed: readonly OwnColumn<T>[],
) {
  type R = Row<T>
  const name: string = table
  const valuesOf = (param: Param<R>, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, (param as (name: string) => unknown)(name)]))
  const updateOf = (names: readonly string[]) =>
    query((db, param: Param<R>) =>
      ofTable(db)
        .updateTable(name)
        .set(valuesOf(param, names))
        .where('account_id', '=', param('account'))
        .where('id', '=', (param as Param<ObjectRow>)('id')),
    )
  return {
    /** What an answer needs. */
    shown: readById((db, param, wanted) =>
      ofTable(db)
        .selectFrom(name)
        .select(['id', 'version', 'deleted_at', 'wire'])
        .where('account_id', '=', param('account'))
        .where(wanted),
    ),
    /** What a change starts from. */
    byId: readById<R & { id: number }>(
      (db, param, wanted) =>
        ofTable(db)
          .selectFrom(name)
          .selectAll()
          .where('account_id', '=', param('account'))
          .where(wanted)
          .orderBy('id') as never,
    ),
    insert: query((db, param: Param<R>) =>
      ofTable(db)
        .insertInto(name)
        .values({
          account_id: param('account'),
          ...valuesOf(param, ['id', 'created_at', ...columns, ...COMMON]),
        } as never),
    ),
    update: updateOf([...columns, ...COMMON]),
    /**
     * For a row that keeps its place in the indexes: SQLite rewrites every index that has a column which is set, even to
     * the same value.
     */
    updateContent: updateOf(
      [...columns, ...COMMON].filter(
        (name) => name !== 'deleted_at' && !(indexed as readonly string[]).includes(name),
      ),
    ),
  }
}

/** The live row with a folded name, in a table where such names are unique. */
export function byNameIn<T extends ObjectTable>(table: T): Query<{ name_fold: string }, never> {
  return query((db, param: Param<{ name_fold: string }>) =>
    (ofTable(db) as unknown as Kysely<Record<string, ObjectRow & { name_fold: string }>>)
      .selectFrom(table as string)
      .selectAll()
      .where('account_id', '=', param('account'))
      .where('name_fold', '=', param('name_fold'))
      .where('deleted_at', 'is', null),
  ) as never
}

/** Two columns for a number that may be null; see `Rated` in tables.ts. */
export function numberColumns<C extends string, O>(column: C, value: (object: O) => number | null) {
  return {
    [column]: (object: O) => value(object) ?? 0,
    [`${column}_missing`]: (object: O) => Number(value(object) === null),
  } as Record<C | `${C}_missing`, (object: O) => number>
}
