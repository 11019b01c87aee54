import type Sqlite from 'better-sqlite3'
import type { Connection, RowsOf } from '../connection.ts'
import type { Call } from '../query.ts'
import { RowCounts } from '../row-counts.ts'
import type { SharedSnapshot } from './shared-snapshot.ts'
import type { SlowReads } from './slow-reads.ts'
import { Statements } from './statements.ts'
import { sentOf } from './template.ts'

type Calls = readonly (Call<unknown> | undefined)[]

interface Ways {
  readonly snapshot: SharedSnapshot
  readonly slow: SlowReads
  /** Takes note of an error and gives the one to throw. */
  noted(error: unknown): unknown
}

/** Reads outside of transactions: those that take long in a thread, all others here, together with what arrives with them. */
export class ReaderConnection implements Connection {
  readonly #statements: Statements
  readonly #ways: Ways
  readonly #rowCounts = new RowCounts(this)

  constructor(handle: Sqlite.Database, ways: Ways) {
    this.#statements = new Statements(handle)
    this.#ways = ways
  }

  async all<R>(account: number, call: Call<R>): Promise<R[]> {
    if (call.scans) return (await this.snapshot(account, [call]))[0] as R[]
    return this.#read(() => this.#statements.all(account, call))
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    if (call.scans) return (await this.all(account, call))[0]
    return this.#read(() => this.#statements.first(account, call))
  }

  async snapshot<C extends Calls>(account: number, calls: C): Promise<RowsOf<C>> {
    if (calls.some((call) => call?.scans) && (await this.#rowCounts.areMany(account, calls)))
      return this.#noted(() => this.#readSlowly(account, calls))
    const rowsOf = (call: Call<unknown> | undefined) => (call ? this.#statements.all(account, call) : [])
    return this.#read(() => calls.map(rowsOf) as RowsOf<C>)
  }

  attempt<T>(): Promise<T> {
    throw new Error('a part needs a transaction')
  }

  async #readSlowly<C extends Calls>(account: number, calls: C): Promise<RowsOf<C>> {
    const reads = calls.flatMap((call) => (call ? [sentOf(account, call)] : []))
    const rows = await this.#ways.slow.run(account, reads)
    return calls.map((call) => (call ? rows.shift() : [])) as RowsOf<C>
  }

  #read<T>(action: () => T): Promise<T> {
    return this.#noted(() => this.#ways.snapshot.read(action))
  }

  async #noted<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#ways.noted(error)
    }
  }
}
