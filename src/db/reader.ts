import type { RowsOf } from './connection.ts'
import type { Call, Query } from './query.ts'

/** What reading needs: the account, and where its rows are. */
export interface Reader {
  readonly account: number
  all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]>
  first<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined>
  /** The rows of several reads of one snapshot. */
  snapshot<C extends readonly (Call<unknown> | undefined)[]>(...calls: C): Promise<RowsOf<C>>
}
