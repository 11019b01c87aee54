import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Database } from '../database.ts'
import { Health } from '../health.ts'
import { type Transaction, WriteQueue } from '../queue.ts'
import { isBusy } from '../sql.ts'
import { builder } from './builder.ts'
import { DatabaseFile } from './file.ts'
import { LongChanges } from './long-changes.ts'
import { ReaderConnection } from './reader-connection.ts'
import { SharedSnapshot } from './shared-snapshot.ts'
import { SlowReads } from './slow-reads.ts'
import { WriterConnection } from './writer-connection.ts'

/** How long a change waits for another process's transaction before it is answered with "busy". */
const BUSY_PATIENCE_MS = 5_000
const BUSY_STEP_MS = 1

const READER_PATIENCE_MS = 100

/**
 * 16 MB for changes and 64 MB for reads, where a database is that large: the upper levels of the trees of a million
 * projects. A read that goes through everything gains little by a cache.
 */
const READER_CACHE = 'cache_size = -65536'
const SLOW_CACHE = 'cache_size = -8192'
const WRITER_PRAGMAS = [
  'cache_size = -16384',
  'synchronous = FULL',
  // What a part of a change may have to take back; in a file it would cost more than the change itself.
  'temp_store = MEMORY',
  'foreign_keys = ON',
  'trusted_schema = OFF',
  'journal_size_limit = 67108864',
  // Creates touch a page of each index: pages that are changed again and again are moved to the file once in 16 MB.
  'wal_autocheckpoint = 4000',
]

/** Opens the file, creating it and its folder where they are missing, readable by their owner alone. */
export async function openSqlite(path: string): Promise<Database> {
  const file = new DatabaseFile(resolve(path))
  const writer = new Sqlite(file.path, { timeout: 0 })
  await whenFree(() => writer.pragma('journal_mode = WAL'))
  for (const pragma of WRITER_PRAGMAS) writer.pragma(pragma)
  const reader = new Sqlite(file.path, { readonly: true, timeout: READER_PATIENCE_MS })
  reader.pragma(READER_CACHE)
  const slow = new SlowReads(
    { file: file.path, readonly: true, pragmas: [SLOW_CACHE], timeout: READER_PATIENCE_MS },
    () => file.check(),
  )
  const snapshot = new SharedSnapshot(reader)
  const opening = { file: file.path, readonly: false, pragmas: WRITER_PRAGMAS, timeout: 0 }
  const long = new LongChanges(opening, () => snapshot.leave())
  const queue = new WriteQueue({
    begin: beginnerOf(writer, snapshot, file),
    beginLong: () => {
      file.check()
      return whenFree(() => long.begin())
    },
  })
  // One writer for all accounts.
  const transaction: Database['transaction'] = (_account, work, isLong) =>
    queue.run(work, isLong).catch((error) => {
      throw noted(error)
    })
  const health = new Health(
    () => file.check(),
    () => transaction(0, async () => void writer.pragma('user_version = 0')),
  )
  return {
    name: file.path,
    folder: dirname(file.path),
    identity: async () => file.identity,
    builder,
    health,
    reader: new ReaderConnection(reader, { snapshot, slow, noted }),
    transaction,
    async close() {
      health.close()
      await queue.idle()
      await Promise.all([long.close(), slow.close()])
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

/** Transactions of the one writer, one after another. */
function beginnerOf(writer: Sqlite.Database, snapshot: SharedSnapshot, file: DatabaseFile) {
  const transaction: Transaction = {
    connection: new WriterConnection(writer),
    commit() {
      writer.exec('commit')
      snapshot.leave()
    },
    rollback() {
      if (writer.inTransaction) writer.exec('rollback')
    },
    // A full disk can end it with everything in it.
    isEndedBy: () => !writer.inTransaction,
  }
  const begin = () => {
    file.check()
    if (writer.inTransaction) writer.exec('rollback')
    writer.exec('begin immediate')
    return transaction
  }
  return () => whenFree(begin)
}

async function whenFree<T>(action: () => T | Promise<T>): Promise<T> {
  const until = Date.now() + BUSY_PATIENCE_MS
  for (;;) {
    try {
      return await action()
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error
    }
    await sleep(BUSY_STEP_MS)
  }
}
