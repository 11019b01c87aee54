import type Sqlite from 'better-sqlite3'
import type { Connection, RowsOf } from '../connection.ts'
import { gather } from '../gather.ts'
import { type Call, compile, type Query, type Template } from '../query.ts'
import { builder } from './builder.ts'

/** How long reads go on before their answers leave and other requests come in. */
const MOST_MS = 5
const MOST_TOGETHER = 100

/**
 * Reads that arrive together are done together, in one snapshot: to take and leave one costs more than a point read, and
 * answers that leave together cost half, since they wake whom they reach once. All those requests had arrived before the
 * snapshot was taken, and a commit of this process ends it, so that nobody misses a change that was acknowledged before
 * the own request was sent.
 */
export class SharedSnapshot {
  readonly #handle: Sqlite.Database
  readonly #begin: Sqlite.Statement
  readonly #end: Sqlite.Statement
  #waiting = 0
  #next: Promise<void> | undefined
  /** When the reads that are being done have begun, in milliseconds; undefined where none are. */
  #since: number | undefined

  constructor(handle: Sqlite.Database) {
    this.#handle = handle
    this.#begin = handle.prepare('begin')
    this.#end = handle.prepare('commit')
  }

  /** Does a read at the next time of reading; one that follows from another is done at once. */
  async read<T>(action: () => T): Promise<T> {
    while (this.#since === undefined || performance.now() - this.#since > MOST_MS) {
      this.#waiting++
      this.#next ??= this.#start()
      await this.#next
    }
    if (!this.#handle.inTransaction) this.#begin.run()
    return action()
  }

  async #start(): Promise<void> {
    await gather(() => this.#waiting, MOST_TOGETHER)
    this.#waiting = 0
    this.#next = undefined
    this.#since = performance.now()
    // A tick that is asked for here comes when all that follows from this has been done.
    process.nextTick(() => {
      this.#since = undefined
      this.leave()
    })
  }

  /** A read that failed can have ended the transaction, or left it so that it cannot end in good order. */
  leave(): void {
    if (!this.#handle.inTransaction) return
    try {
      this.#end.run()
    } catch {
      if (this.#handle.inTransaction) this.#handle.exec('rollback')
    }
  }
}

/** What a connection outside transactions needs. */
interface Reading {
  readonly snapshot: SharedSnapshot
  /** Takes note of an error and gives the one to throw. */
  noted(error: unknown): unknown
}

export class SqliteConnection implements Connection {
  /** How many statements that change something were run. */
  writes = 0
  readonly #handle: Sqlite.Database
  readonly #reading: Reading | undefined
  readonly #savepoint: Sqlite.Statement
  readonly #release: Sqlite.Statement
  readonly #statements = new WeakMap<
    Query<never, unknown>,
    { template: Template; statement: Sqlite.Statement }
  >()

  constructor(handle: Sqlite.Database, reading?: Reading) {
    this.#handle = handle
    this.#reading = reading
    this.#savepoint = handle.prepare('savepoint part')
    this.#release = handle.prepare('release part')
  }

  all<R>(account: number, call: Call<R>): Promise<R[]> {
    return this.#read(() => this.#all(account, call))
  }

  first<R>(account: number, { query, params }: Call<R>): Promise<R | undefined> {
    return this.#read(() => {
      const { template, statement } = this.#prepared(query)
      return statement.get(...template.values(account, params)) as R | undefined
    })
  }

  snapshot<C extends readonly (Call<unknown> | undefined)[]>(account: number, calls: C): Promise<RowsOf<C>> {
    const rowsOf = (call: Call<unknown> | undefined) => (call ? this.#all(account, call) : [])
    return this.#read(() => calls.map(rowsOf) as RowsOf<C>)
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

  async #read<T>(action: () => T): Promise<T> {
    if (!this.#reading) return action()
    try {
      return await this.#reading.snapshot.read(action)
    } catch (error) {
      throw this.#reading.noted(error)
    }
  }

  #all<R>(account: number, { query, params }: Call<R>): R[] {
    const { template, statement } = this.#prepared(query)
    const values = template.values(account, params)
    // As parameters of the call, they are bound a fifth quicker than as one array.
    if (statement.reader) return statement.all(...values) as R[]
    statement.run(...values)
    return []
  }

  #prepared(query: Query<never, unknown>) {
    let prepared = this.#statements.get(query)
    if (!prepared) {
      const template = compile(query, builder)
      const statement = this.#handle.prepare(template.sql)
      prepared = { template, statement: query.bare ? statement.pluck() : statement }
      this.#statements.set(query, prepared)
    }
    if (prepared.template.changes) this.writes++
    return prepared
  }
}
