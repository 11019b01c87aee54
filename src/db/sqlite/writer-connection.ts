import type Sqlite from 'better-sqlite3'
import type { Connection, RowsOf } from '../connection.ts'
import type { Call } from '../query.ts'
import { Statements } from './statements.ts'

/** Inside of a transaction. */
export class WriterConnection implements Connection {
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

  async all<R>(account: number, call: Call<R>): Promise<R[]> {
    return this.#statements.all(account, call)
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    return this.#statements.first(account, call)
  }

  async snapshot<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
    return calls.map((call) => (call ? this.#statements.all(account, call) : [])) as RowsOf<C>
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
