import type { CompiledQuery, Kysely, RawBuilder } from 'kysely'
import type { Counter, Tables } from './tables.ts'

/** Kysely as the builder of statements; it runs none of them. Only db/sql.ts and the engines ask for the engine. */
export type Builder = Kysely<Tables> & { readonly engine: 'sqlite' | 'postgres' }

/** Raw SQL as a statement, for what the builder has no words for. */
export function raw<R>(builder: Builder, text: RawBuilder<R>): Statement<R> {
  return { compile: () => text.compile(builder) }
}

/** Names a value that a statement gets when it runs; `account` is there for every one. */
export type Param<P> = <K extends keyof (P & { account: number }) & string>(
  name: K,
) => (P & { account: number })[K]

/** A statement with named places for its values, built once per connection and then only run. */
export interface Query<P, R> {
  readonly build: (builder: Builder, param: Param<P>) => Statement<R>
  /** Its rows are the values of its only column; without an object for each, a page takes a third less time. */
  readonly bare?: true
  /** The best way to its rows depends on its values: an engine that keeps ways has to look for one each time. */
  readonly replanned?: boolean
  /** Of a read by `id`: the same for the ids of a JSON array; see by-id.ts. */
  readonly many?: Query<{ ids: string }, R & { id: number }>
}

/** Anything of Kysely's that becomes SQL. */
export interface Statement<R> {
  compile(): CompiledQuery<R>
}

/** A query and its values: what a connection runs. */
export interface Call<R> {
  readonly query: Query<never, R>
  readonly params: object
  /**
   * The counter of the rows of which it may have to look at each. Outside of transactions such a read does not run
   * where others would have to wait for it.
   */
  readonly scans?: Counter | undefined
}

export function query<P, R>(
  build: (builder: Builder, param: Param<P>) => Statement<R>,
  replanned = false,
): Query<P, R> {
  return { build, replanned }
}

/** A query of one column, whose rows are the bare values. */
export function bareQuery<P, V>(
  build: (builder: Builder, param: Param<P>) => Statement<Record<string, V>>,
  replanned = false,
): Query<P, V> {
  return { build: build as unknown as Query<P, V>['build'], bare: true, replanned }
}

/** @param scans the counter of the rows of which it may have to look at each */
export function call<P extends object, R>(query: Query<P, R>, params: P, scans?: Counter): Call<R> {
  return { query: query as Query<never, R>, params, scans }
}

class Place {
  constructor(readonly name: string) {}
}

export interface Template {
  readonly sql: string
  /** Whether it changes something, and does not only read or lock. */
  readonly changes: boolean
  /** Whether it answers with rows. */
  readonly answers: boolean
  values(account: number, params: object): unknown[]
}

/** Compiles a query and remembers which of its parameters are places to fill. */
export function compile(query: Query<never, unknown>, builder: Builder): Template {
  const param = (name: string) => new Place(name) as never
  const { sql, parameters }: CompiledQuery = query.build(builder, param).compile()
  const names = parameters.map((parameter) => (parameter instanceof Place ? parameter.name : undefined))
  const changes = !/^select\b/i.test(sql)
  return {
    sql,
    changes,
    answers: !changes || /\breturning\b/i.test(sql),
    values: (account, params) => {
      const given = params as Record<string, unknown>
      return names.map((name, at) =>
        name === undefined ? parameters[at] : name === 'account' ? account : given[name],
      )
    },
  }
}
