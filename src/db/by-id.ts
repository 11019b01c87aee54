import { type Expression, type SqlBool, sql } from 'kysely'
import { type Builder, type Param, type Query, query, type Statement } from './query.ts'
import { isAmong } from './sql.ts'

export type ById<P, R> = Query<P, R> & Required<Pick<Query<P, R>, 'many'>>

/**
 * A read of one object of an account by its id. Those that arrive together may be run as one.
 * @param build reads the account's objects that are `wanted`, their ids among the columns
 */
export function readById<R extends { id: number }>(
  build: (db: Builder, param: Param<object>, wanted: Expression<SqlBool>) => Statement<R>,
): ById<{ id: number }, R> {
  const one = query((db, param: Param<{ id: number }>) =>
    build(db, param, sql<SqlBool>`${sql.ref('id')} = ${param('id')}`),
  )
  const many = query((db, param: Param<{ ids: string }>) => build(db, param, isAmong(db, 'id', param('ids'))))
  return { ...one, many }
}
