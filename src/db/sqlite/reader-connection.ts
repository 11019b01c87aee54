import type Sqlite from 'better-sqlite3'
import { latestValue } from '../commit-group.ts'
import type { Connection, RowsOf } from '../connection.ts'
import { type Call, call } from '../query.ts'
import type { Counter } from '../tables.ts'
import type { SharedSnapshot } from './shared-snapshot.ts'
import type { SlowReads } from './slow-reads.ts'
import { Statements } from './statements.ts'
import { sentOf } from './template.ts'

/** To go through fewer rows takes half a millisecond at most, and so no longer than the way to a thread and back. */
const FEW = 2_000

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
  /** The counters of accounts that have had many rows. */
  readonly #many = new Set<string>()

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
    const scanned = calls.flatMap((call) => call?.scans ?? [])
    const isLong = scanned.length > 0 && (await this.#read(() => this.#areMany(account, scanned)))
    if (isLong) return this.#noted(() => this.#readSlowly(account, calls))
    const rowsOf = (call: Call<unknown> | undefined) => (call ? this.#statements.all(account, call) : [])
    return this.#read(() => calls.map(rowsOf) as RowsOf<C>)
  }

  attempt<T>(): Promise<T> {
    throw new Error('parts belong into a transaction')
  }

  /** Once an account has had many rows it is not looked at again. */
  #areMany(account: number, counters: readonly Counter[]): boolean {
    return counters.some((counter) => {
      const name = `${account} ${counter}`
      if (this.#many.has(name)) return true
      const latest = this.#statements.first(account, call(latestValue, { counter }))
      if (!latest || latest.value < FEW) return false
      this.#many.add(name)
      return true
    })
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
