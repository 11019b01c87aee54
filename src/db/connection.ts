import type { Call } from './query.ts'

/** Runs statements; every call carries the account. */
export interface Connection {
  /** The rows of one statement; none for a statement that returns none. */
  all<R>(account: number, call: Call<R>): Promise<R[]>
  /** The first row of a read. */
  first<R>(account: number, call: Call<R>): Promise<R | undefined>
  /** The rows of several reads of one snapshot; of one that is left out, none. */
  snapshot<C extends readonly (Call<unknown> | undefined)[]>(account: number, calls: C): Promise<RowsOf<C>>
  /** Inside a transaction: a part that leaves nothing behind where it throws. */
  attempt<T>(part: () => Promise<T>): Promise<T>
}

/** The rows of each call of a list. */
export type RowsOf<C extends readonly (Call<unknown> | undefined)[]> = {
  -readonly [K in keyof C]: NonNullable<C[K]> extends Call<infer R> ? R[] : never
}
