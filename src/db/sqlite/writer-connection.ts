import type Sqlite from 'better-sqlite3'
import type { Connection, RowsOf } from '../connection.ts'
import { Pace } from '../pace.ts'
import type { Call } from '../query.ts'
import { Statements } from './statements.ts'

/** Inside of a transaction. A long one gives way to what arrives in between. */
export class WriterConnection implements Connection {
  readonly pace = new Pace()
  readonly #handle: Sqlite.Database
  readonly #statements: Statements
  readonly #savepoint: Sqlite.Statement
  readonly #release: Sqlite.Statement

  constructor(handle: Sqlite.Database) {
    this.#handle = handle
    this.#statements = new Statements(handle)
    this.#savepoint = handle.prepare('savepoint part')
    this.#release = handle.prepare('release part')
  }

  /** How many statements so far have changed something. */
  get writes(): number {
    return this.#statements.writes
  }

  all<R>(account: number, call: Call<R>): Promise<R[]> {
    return this.#paced(() => this.#statements.all(account, call))
  }

  first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    return this.#paced(() => this.#statements.first(account, call))
  }

  snapshot<C extends readonly (Call<unknown> | undefined)[]>(account: number, calls: C): Promise<RowsOf<C>> {
    const rowsOf = (call: Call<unknown> | undefined) => (call ? this.#statements.all(account, call) : [])
    return this.#paced(() => calls.map(rowsOf) as RowsOf<C>)
  }

  async attempt<T>(part: () => Promise<T>): Promise<T> {
    this.#savepoint.run()
    try {
      const result = await part()
      this.#release.run()
      return result
    } catch (error) {
      if (this.#handle.inTransaction) this.#undoPart()
      throw error
    }
  }

  async #paced<T>(action: () => T): Promise<T> {
    const pause = this.pace.due()
    if (pause) await pause
    return action()
  }

  /** Where a part cannot be taken back, the whole transaction goes, with the reason for all in it. */
  #undoPart(): void {
    try {
      this.#handle.exec('rollback to part; release part')
    } catch (error) {
      if (this.#handle.inTransaction) this.#handle.exec('rollback')
      throw error
    }
  }
}
