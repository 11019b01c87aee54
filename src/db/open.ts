import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { DatabaseFile } from './file.ts'
import { Health } from './health.ts'
import { type Call, compile, type Query, type Template } from './query.ts'
import { WriteQueue } from './queue.ts'
import { isBusy } from './sql.ts'

/** Runs statements; every call carries the account. */
export interface Connection {
  /** The rows of one statement; none for a statement that returns none. */
  all<R>(account: number, call: Call<R>): Promise<R[]>
  /** The first row of a read. */
  first<R>(account: number, call: Call<R>): Promise<R | undefined>
  /** The rows of several reads of one snapshot; of one that is left out, none. */
  together<C extends readonly (Call<unknown> | undefined)[]>(account: number, calls: C): Promise<RowsOf<C>>
  /** Inside a transaction: a part that leaves nothing behind where it throws. */
  attempt<T>(part: () => Promise<T>): Promise<T>
}

/** The rows of each call of a list. */
export type RowsOf<C extends readonly (Call<unknown> | undefined)[]> = {
  -readonly [K in keyof C]: NonNullable<C[K]> extends Call<infer R> ? R[] : never
}

export interface Database {
  readonly file: string
  readonly health: Health
  /** For everything outside a transaction; it cannot write. */
  readonly reader: Connection
  /** Runs `work` alone and durably: it is answered once its changes are on disk, or with none of them made. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How long a change waits for another process's transaction before it is answered with "busy". */
const BUSY_PATIENCE_MS = 5_000
const BUSY_STEP_MS = 1

/** 16 MB for changes and 64 MB for reads, where a database is that large: the upper levels of the trees of a million projects. */
const WRITER_CACHE = 'cache_size = -16384'
const READER_CACHE = 'cache_size = -65536'

/** Opens the file, creating it and its folder where they are missing, readable by their owner alone. */
export async function openDatabase(path: string): Promise<Database> {
  const file = new DatabaseFile(resolve(path))
  const writer = new Sqlite(file.path, { timeout: 0 })
  await whenFree(() => writer.pragma('journal_mode = WAL'))
  for (const pragma of [
    'synchronous = FULL',
    // What a part of a change may have to take back; in a file it would cost more than the change itself.
    'temp_store = MEMORY',
    'foreign_keys = ON',
    'trusted_schema = OFF',
    'journal_size_limit = 67108864',
    // Creates touch a page of each index: pages that are changed again and again are moved to the file once in 16 MB.
    'wal_autocheckpoint = 4000',
    WRITER_CACHE,
  ])
    writer.pragma(pragma)
  const reader = new Sqlite(file.path, { readonly: true, timeout: 100 })
  reader.pragma(READER_CACHE)
  const snapshot = new SharedSnapshot(reader)
  const connection = new SqliteConnection(writer)
  const queue = new WriteQueue(connection, engineOf(writer, connection, snapshot, file))
  const transaction = <T>(work: (connection: Connection) => Promise<T>) =>
    queue.run(work).catch((error) => {
      throw noted(error)
    })
  const health = new Health(
    () => file.check(),
    () => transaction(async () => void writer.pragma('user_version = 0')),
  )
  return {
    file: file.path,
    health,
    reader: new SqliteConnection(reader, { snapshot, noted }),
    transaction,
    async close() {
      health.close()
      await queue.idle()
      snapshot.leave()
      reader.close()
      writer.close()
    },
  }

  function noted(error: unknown): unknown {
    const explained = file.explain(error)
    health.report(explained)
    return explained
  }
}

function engineOf(
  writer: Sqlite.Database,
  connection: SqliteConnection,
  snapshot: SharedSnapshot,
  file: DatabaseFile,
) {
  return {
    begin: () =>
      whenFree(() => {
        file.check()
        if (writer.inTransaction) writer.exec('rollback')
        writer.exec('begin immediate')
      }),
    commit: () => {
      writer.exec('commit')
      snapshot.leave()
    },
    rollback: () => {
      if (writer.inTransaction) writer.exec('rollback')
    },
    active: () => writer.inTransaction,
    writes: () => connection.writes,
  }
}

async function whenFree<T>(action: () => T): Promise<T> {
  const until = Date.now() + BUSY_PATIENCE_MS
  for (;;) {
    try {
      return action()
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error
    }
    await sleep(BUSY_STEP_MS)
  }
}

/**
 * The reads of one turn of the event loop share a snapshot: taking and leaving one costs more than a point
 * read. The turn's requests had all arrived before it was taken, and a commit of this process ends it, so
 * that nobody misses a change that was acknowledged before the own request was sent.
 */
class SharedSnapshot {
  readonly #handle: Sqlite.Database
  readonly #begin: Sqlite.Statement
  readonly #end: Sqlite.Statement

  constructor(handle: Sqlite.Database) {
    this.#handle = handle
    this.#begin = handle.prepare('begin')
    this.#end = handle.prepare('commit')
  }

  join(): void {
    if (this.#handle.inTransaction) return
    this.#begin.run()
    setImmediate(() => this.leave())
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

class SqliteConnection implements Connection {
  readonly #handle: Sqlite.Database
  readonly #reading: Reading | undefined
  readonly #savepoint: Sqlite.Statement
  readonly #release: Sqlite.Statement
  /** How many statements that change something were run. */
  writes = 0
  readonly #statements = new WeakMap<
    Query<never, unknown>,
    { template: Template; statement: Sqlite.Statement; changes: boolean }
  >()

  constructor(handle: Sqlite.Database, reading?: Reading) {
    this.#handle = handle
    this.#reading = reading
    this.#savepoint = handle.prepare('savepoint part')
    this.#release = handle.prepare('release part')
  }

  async all<R>(account: number, call: Call<R>): Promise<R[]> {
    return this.#read(() => this.#all(account, call))
  }

  async first<R>(account: number, { query, params }: Call<R>): Promise<R | undefined> {
    return this.#read(() => {
      const { template, statement } = this.#prepared(query)
      return statement.get(template.values(account, params)) as R | undefined
    })
  }

  async together<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
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

  #read<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      throw this.#reading ? this.#reading.noted(error) : error
    }
  }

  #all<R>(account: number, { query, params }: Call<R>): R[] {
    const { template, statement } = this.#prepared(query)
    const values = template.values(account, params)
    if (statement.reader) return statement.all(values) as R[]
    statement.run(values)
    return []
  }

  #prepared(query: Query<never, unknown>) {
    this.#reading?.snapshot.join()
    let prepared = this.#statements.get(query)
    if (!prepared) {
      const template = compile(query)
      const statement = this.#handle.prepare(template.sql)
      prepared = {
        template,
        statement: query.bare ? statement.pluck() : statement,
        changes: !statement.readonly,
      }
      this.#statements.set(query, prepared)
    }
    if (prepared.changes) this.writes++
    return prepared
  }
}
