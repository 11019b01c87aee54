import type { Connection, RowsOf } from './connection.ts'
import type { Pace } from './pace.ts'
import type { Call } from './query.ts'

/** A change has more statements than may run where others wait, or goes on although it has ended. */
class RefusedStatement extends Error {}

/** What one change gets of its transaction: it gives way to others, may have to stay short, and ends with the change. */
export class ChangeConnection implements Connection {
  readonly #connection: Connection
  readonly #pace: Pace
  readonly #most: number
  #statements = 0
  #hasEnded = false

  /** @param most how many statements the change may have */
  constructor(connection: Connection, pace: Pace, most: number) {
    this.#connection = connection
    this.#pace = pace
    this.#most = most
  }

  /** Whether it was asked for more statements than it may have. */
  get isTooLong(): boolean {
    return this.#statements > this.#most
  }

  all<R>(account: number, call: Call<R>): Promise<R[]> {
    return this.#run(() => this.#connection.all(account, call))
  }

  first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    return this.#run(() => this.#connection.first(account, call))
  }

  snapshot<C extends readonly (Call<unknown> | undefined)[]>(account: number, calls: C): Promise<RowsOf<C>> {
    return this.#run(() => this.#connection.snapshot(account, calls))
  }

  attempt<T>(part: () => Promise<T>): Promise<T> {
    return this.#run(() => this.#connection.attempt(part))
  }

  /** The change has ended: what it still asks for would go into the transaction of others. */
  end(): void {
    this.#hasEnded = true
  }

  async #run<T>(statement: () => Promise<T>): Promise<T> {
    this.#statements++
    if (this.isTooLong) throw new RefusedStatement('the change is too long')
    const pause = this.#pace.due()
    if (pause) await pause
    if (this.#hasEnded) throw new RefusedStatement('the change has ended')
    return statement()
  }
}
