import type { Connection } from './connection.ts'
import { call, type Param, query } from './query.ts'
import type { Counter } from './tables.ts'

interface Moved {
  readonly account: number
  readonly counter: Counter
  /** The number that was taken from the row. */
  readonly first: Promise<number>
  /** How many were given behind it. */
  readonly more: number
}

/**
 * What the changes of one transaction share: its time, and the counters that they move. The first number is taken from
 * the row, those after it are counted here, and the row is moved on before the commit, once for all of them.
 */
export class CommitGroup {
  /** ISO-8601 UTC. */
  readonly now = new Date().toISOString()
  readonly #connection: Connection
  #moved = new Map<string, Moved>()
  /** How many numbers were given without a statement. */
  counted = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The next number of a counter of an account, from 1. */
  async next(account: number, counter: Counter): Promise<number> {
    const name = `${account} ${counter}`
    const moved = this.#moved.get(name)
    const first = moved?.first ?? this.#take(account, counter)
    const more = moved ? moved.more + 1 : 0
    this.#moved.set(name, { account, counter, first, more })
    if (moved) this.counted++
    return (await first) + more
  }

  /** The latest number of a counter; 0 before the first. */
  async latest(account: number, counter: Counter): Promise<number> {
    const moved = this.#moved.get(`${account} ${counter}`)
    if (moved) return (await moved.first) + moved.more
    return (await this.#connection.first(account, call(latestValue, { counter })))?.value ?? 0
  }

  /** Does a part of the transaction; where it throws, the numbers that it took are given again. */
  async attempt<T>(part: () => Promise<T>): Promise<T> {
    const before = new Map(this.#moved)
    try {
      return await this.#connection.attempt(part)
    } catch (error) {
      this.#moved = before
      throw error
    }
  }

  /** Moves the rows on; the last thing before the commit. */
  async flush(): Promise<void> {
    for (const { account, counter, first, more } of this.#moved.values())
      if (more > 0)
        await this.#connection.all(account, call(setValue, { counter, value: (await first) + more }))
  }

  async #take(account: number, counter: Counter): Promise<number> {
    const row = await this.#connection.first(account, call(nextValue, { counter }))
    if (!row) throw new Error(`the counter ${counter} gave no number`)
    return row.value
  }
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

export const latestValue = query((db, param: Param<{ counter: Counter }>) =>
  db
    .selectFrom('counters')
    .select('value')
    .where('account_id', '=', param('account'))
    .where('name', '=', param('counter')),
)

const setValue = query((db, param: Param<{ counter: Counter; value: number }>) =>
  db
    .updateTable('counters')
    .set({ value: param('value') })
    .where('account_id', '=', param('account'))
    .where('name', '=', param('counter')),
)
