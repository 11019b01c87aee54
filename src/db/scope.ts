import type { Connection, Database } from './open.ts'
import { type Call, call, type Param, type Query, query } from './query.ts'
import type { Counter, Entity, KeyAccess, Tables } from './tables.ts'

/** What reading needs: the account, and where its rows are. */
export interface Reader {
  readonly account: number
  all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]>
  first<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined>
  both<A, B>(first: Call<A>, second: Call<B>): Promise<[A[], B[]]>
}

/** On whose behalf a request acts. */
export interface Scope extends Reader {
  readonly database: Database
  /** Who is named in the audit: a key, or the command line. */
  readonly actor: string
  readonly access: KeyAccess
}

interface Change {
  readonly action: `${Entity}.${string}`
  readonly id: number | string
  /** JSON text of the object before and after; null where it was or is not there. */
  readonly before: string | null
  readonly after: string | null
}

declare const madeByWrite: unique symbol

/** What changing needs; only `write` makes one. */
export interface Tx extends Reader {
  readonly [madeByWrite]: true
  /** The time of the change, ISO-8601 UTC. */
  readonly now: string
  run<P extends object>(query: Query<P, unknown>, params: P): Promise<void>
  /** The next number of a counter of the account, from 1. */
  next(counter: Counter): Promise<number>
  /** Writes the audit row of a change. */
  record(change: Change): Promise<void>
}

function reading(connection: Connection, account: number): Reader {
  return {
    account,
    all: (query, params) => connection.all(account, call(query, params)),
    first: (query, params) => connection.first(account, call(query, params)),
    both: (first, second) => connection.both(account, first, second),
  }
}

export function openScope(database: Database, account: number, actor: string, access: KeyAccess): Scope {
  return { ...reading(database.reader, account), database, actor, access }
}

/** The one door to a transaction: the change and its audit rows become durable together, or not at all. */
export function write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return scope.database.transaction(async (connection) => {
    const reader = reading(connection, scope.account)
    const now = new Date().toISOString()
    let unrecorded = false
    const next = async (counter: Counter) => {
      const row = await reader.first(nextValue, { counter })
      if (!row) throw new Error(`the counter ${counter} gave no number`)
      return row.value
    }
    const tx = {
      ...reader,
      now,
      next,
      async run<P extends object>(query: Query<P, unknown>, params: P) {
        unrecorded = true
        await reader.all(query, params)
      },
      async record({ action, id, before, after }: Change) {
        const entity = action.slice(0, action.indexOf('.')) as Entity
        const change = await next('change')
        const row = {
          change,
          at: now,
          actor: scope.actor,
          action,
          entity,
          entity_id: String(id),
          before,
          after,
        }
        await reader.all(addAuditRow, row)
        unrecorded = false
      },
    }
    const result = await work(tx as unknown as Tx)
    if (unrecorded) throw new Error('a change was made without its audit row')
    return result
  })
}

const nextValue = query((db, param: Param<{ counter: Counter }>) =>
  db
    .insertInto('counters')
    .values({ account_id: param('account'), name: param('counter'), value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'name']).doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })),
    )
    .returning('value'),
)

const addAuditRow = query((db, param: Param<Omit<Tables['audit'], 'account_id'>>) =>
  db.insertInto('audit').values({
    account_id: param('account'),
    change: param('change'),
    at: param('at'),
    actor: param('actor'),
    action: param('action'),
    entity: param('entity'),
    entity_id: param('entity_id'),
    before: param('before'),
    after: param('after'),
  }),
)
