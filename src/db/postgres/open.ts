import { resolve } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { Health } from '../health.ts'
import type { PostgresLocation } from '../location.ts'
import { call, query, raw } from '../query.ts'
import { type Work, WriteQueue } from '../queue.ts'
import { storageFault } from '../sql.ts'
import { builder } from './builder.ts'
import { PooledConnection } from './connection.ts'
import { onGoodConnection, TransientError } from './fault.ts'
import { shownUrl } from './location.ts'
import { openPools } from './slow-reads.ts'
import { Statistics } from './statistics.ts'
import { begin } from './transaction.ts'

/** Where the first start puts down its key. */
const FOLDER = 'data'

/** Connects; throws a StorageError where there is nothing to work with. */
export async function openPostgres(location: PostgresLocation): Promise<Database> {
  const { pool, pools, slow } = openPools(location)
  const closePools = () => Promise.all(pools.map((each) => each.close()))
  const statistics = new Statistics(pool)
  const queues = new Map<number, WriteQueue>()
  const reader = new PooledConnection({ pool, slow, noted })
  const health = new Health(
    () => {},
    () => transaction(0, async (connection) => void (await connection.all(0, call(durable, {})))),
  )
  try {
    await pool.read((session) => session.run({ sql: 'select 1', values: [], bare: true, replanned: false }))
  } catch (error) {
    await closePools()
    throw error
  }
  return {
    name: shownUrl(location),
    folder: resolve(FOLDER),
    identity: async () => JSON.stringify(await reader.all(0, call(identity, {}))),
    builder,
    health,
    reader,
    transaction,
    async close() {
      health.close()
      await Promise.all([...queues.values()].map((queue) => queue.idle()))
      slow.close()
      await closePools()
    },
  }

  async function transaction<T>(account: number, work: Work<T>): Promise<T> {
    const beginOne = () => begin(pool, account, (changes) => statistics.note(changes))
    const queue =
      queues.get(account) ?? new WriteQueue({ begin: () => onGoodConnection(beginOne), isTransient })
    queues.set(account, queue)
    try {
      return await queue.run(work)
    } catch (error) {
      throw noted(error)
    } finally {
      void queue.idle().then(() => queue.isIdle && queues.get(account) === queue && queues.delete(account))
    }
  }

  function noted(error: unknown): unknown {
    if (storageFault(error) === 'standby') for (const each of pools) each.renounce()
    health.report(error)
    return error
  }
}

const isTransient = (error: unknown) => error instanceof TransientError

/** A number for a transaction has to be written down, so that this one has to become durable. */
const durable = query((db) => raw(db, sql`select pg_current_xact_id()::text`))

/** The moment at which a server started, to the microsecond, is its own. */
const identity = query((db) =>
  raw(
    db,
    sql`select oid::text, pg_postmaster_start_time()::text as started from pg_database
      where datname = current_database()`,
  ),
)
