import { sql } from 'kysely'
import { bareQuery, type Param, query, raw } from '../query.ts'
import type { NamedTable } from './named-table.ts'
import { gramTable } from './sqlite-grams.ts'

/** The rows of one account are neighbours in the index, so that a search skips those of others. */
const ROWS_PER_ACCOUNT = 2 ** 32

const rowOf = (account: unknown, id: unknown) =>
  sql<number>`(${account} * ${sql.lit(ROWS_PER_ACCOUNT)} + ${id})`

/** How an account's index stands beside its rows. */
export interface State {
  /** How many rows there have been. */
  readonly size: number
  /** The number of the account's latest change. */
  readonly latest: number
  /** The index shows every row as it was at this change, or later; null where the account is not indexed. */
  readonly change: number | null
  /** While the index is built: the id up to which it is; null once it is complete. */
  readonly built_to: number | null
}

export type GramStatements = ReturnType<typeof gramStatements>

/** What is asked of the index of a table, and of the table and its audit for it. */
export function gramStatements({ table, entity }: NamedTable) {
  const grams = gramTable(entity)
  const name = sql.lit(entity)
  return {
    counter: entity,

    state: query((db, param: Param<object>) =>
      raw(
        db,
        sql<State>`select size.value as size, latest.value as latest, change, built_to from counters as size
          join counters as latest on latest.account_id = size.account_id and latest.name = 'change'
          left join search_state as state on state.account_id = size.account_id and entity = ${name}
          where size.account_id = ${param('account')} and size.name = ${name}`,
      ),
    ),

    /** The ids behind one that may have what is matched, ascending. */
    candidates: bareQuery((db, param: Param<{ match: string; after: number; most: number }>) =>
      raw(
        db,
        sql<{ id: number }>`select rowid - ${rowOf(param('account'), 0)} as id from ${grams}
          where ${grams} match ${param('match')} and rowid > ${rowOf(param('account'), param('after'))}
          and rowid < ${rowOf(param('account'), ROWS_PER_ACCOUNT)}
          order by rowid limit +${param('most')}`,
      ),
    ),

    changedBehind: query((db, param: Param<{ change: number; most: number }>) =>
      db
        .selectFrom('audit')
        .select(['change', 'entity_id'])
        .where('account_id', '=', param('account'))
        .where('change', '>', param('change'))
        .where('entity', '=', entity)
        .orderBy('change')
        .limit(param('most')),
    ),

    namesAfter: query((db, param: Param<{ after: number; most: number }>) =>
      db
        .selectFrom(table)
        .select(['id', 'name_fold'])
        .where('account_id', '=', param('account'))
        .where('id', '>', param('after'))
        .orderBy('id')
        .limit(param('most')),
    ),

    nameOf: query((db, param: Param<{ id: number }>) =>
      db
        .selectFrom(table)
        .select('name_fold')
        .where('account_id', '=', param('account'))
        .where('id', '=', param('id')),
    ),

    remove: query((db, param: Param<{ id: number }>) =>
      raw(db, sql`delete from ${grams} where rowid = ${rowOf(param('account'), param('id'))}`),
    ),

    add: query((db, param: Param<{ id: number; grams: string }>) =>
      raw(
        db,
        sql`insert into ${grams} (rowid, grams) values (${rowOf(param('account'), param('id'))}, ${param('grams')})`,
      ),
    ),

    begin: query((db, param: Param<{ change: number }>) =>
      raw(
        db,
        sql`insert into search_state (account_id, entity, change, built_to)
          values (${param('account')}, ${name}, ${param('change')}, 0)`,
      ),
    ),

    setBuilt: query((db, param: Param<{ built_to: number | null }>) =>
      raw(
        db,
        sql`update search_state set built_to = ${param('built_to')}
          where account_id = ${param('account')} and entity = ${name}`,
      ),
    ),

    setChange: query((db, param: Param<{ change: number }>) =>
      raw(
        db,
        sql`update search_state set change = ${param('change')}
          where account_id = ${param('account')} and entity = ${name}`,
      ),
    ),
  }
}
