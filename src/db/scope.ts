import type { Connection, Database, RowsOf } from './open.ts'
import { type Call, call, type Param, type Query, query } from './query.ts'
import type { Access, Counter, Entity, Tables } from './tables.ts'

/** What reading needs: the account, and where its rows are. */
export interface Reader {
  readonly account: number
  all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]>
  first<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined>
  /** The rows of several reads of one snapshot. */
  together<C extends readonly (Call<unknown> | undefined)[]>(...calls: C): Promise<RowsOf<C>>
}

/** On whose behalf a request acts. */
export interface Scope extends Reader {
  readonly database: Database
  /** Who is named in the audit: a key, a user, or the command line. */
  readonly actor: string
  readonly access: Access
  /** Whose session it is, where the credential is one. */
  readonly session?: SessionScope
}

export interface SessionScope {
  readonly id: number
  readonly user: number
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
  /** Makes a change that the audit has to record. */
  run<P extends object>(query: Query<P, unknown>, params: P): Promise<void>
  /** Writes what is not the account's own data, such as the record of a request. */
  keep<P extends object>(query: Query<P, unknown>, params: P): Promise<void>
  /** The next number of a counter of the account, from 1. */
  next(counter: Counter): Promise<number>
  /** Does a part of the change in such a way that it leaves nothing behind where it throws. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Writes the audit row of a change. */
  record(change: Change): Promise<void>
}

function reading(connection: Connection, account: number): Reader {
  return {
    account,
    all: (query, params) => connection.all(account, call(query, params)),
    first: (query, params) => connection.first(account, call(query, params)),
    together: (...calls) => connection.together(account, calls),
  }
}

export function openScope(
  database: Database,
  account: number,
  actor: string,
  access: Access,
  session?: SessionScope,
): Scope {
  return { ...reading(database.reader, account), database, actor, access, ...(session && { session }) }
}

/** The one door to a transaction: the change and its audit rows become durable together, or not at all. */
export function write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return scope.database.transaction(scope.account, async (connection) => {
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
      async keep<P extends object>(query: Query<P, unknown>, params: P) {
        await reader.all(query, params)
      },
      async attempt<T>(part: () => Promise<T>): Promise<T> {
        const before = unrecorded
        try {
          return await connection.attempt(part)
        } catch (error) {
          unrecorded = before
          throw error
        }
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

/** The number of the account's latest change; no row before the first. */
export const latestChange = query((db, param: Param<object>) =>
  db
    .selectFrom('counters')
    .select('value')
    .where('account_id', '=', param('account'))
    .where('name', '=', 'change'),
)

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
