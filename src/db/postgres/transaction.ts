import type { Transaction } from '../queue.ts'
import { StorageError } from '../storage-fault.ts'
import { TransactionConnection } from './connection.ts'
import { TransientError } from './fault.ts'
import type { Pool } from './pool.ts'
import type { Session } from './session.ts'

/** How long a change waits for another server's transaction before it is answered with "busy". */
const LOCK_MS = 5_000
/** After this long the server ends a transaction whose program says nothing more, and its locks with it. */
const IDLE_MS = 15_000

const BEGIN = 'begin isolation level read committed read write'
const LIMITS = `set local lock_timeout = ${LOCK_MS}; set local idle_in_transaction_session_timeout = ${IDLE_MS}`

/** Held by what belongs to no account that is there, and by migrations; numbers that nobody else may use. */
const LOCK_OF_NONE = 7_463_001
const LOCK_OF_MIGRATIONS = 7_463_002

const lockAccount = `select value from counters where account_id = $1 and name = 'change' for update`
const lockNumber = 'select pg_advisory_xact_lock($1)'

/**
 * Begins a transaction that is alone among those of its account, on every server. An account that is not there yet
 * has no row to lock: such ones are made one after another.
 * @param account 0 for what belongs to none, -1 for migrations, which may wait and take as long as they need
 * @param committed is told how many statements have changed something
 */
export async function begin(
  pool: Pool,
  account: number,
  committed: (changes: number) => void,
): Promise<Transaction> {
  const session = await pool.exclusive()
  try {
    session.patient = account < 0
    session.send(session.patient ? BEGIN : `${BEGIN}; ${LIMITS}`)
    await lock(session, account)
    return new PostgresTransaction(pool, session, committed)
  } catch (error) {
    await giveBack(pool, session)
    throw error
  }
}

async function lock(session: Session, account: number): Promise<void> {
  const take = (sql: string, value: number) =>
    session.run({ sql, values: [value], bare: false, replanned: false })
  if (account < 0) await take(lockNumber, LOCK_OF_MIGRATIONS)
  else if (account === 0 || (await take(lockAccount, account)).length === 0)
    await take(lockNumber, LOCK_OF_NONE)
}

/** A connection whose transaction cannot be ended is of no use to others. */
async function giveBack(pool: Pool, session: Session): Promise<void> {
  await session.command('rollback').catch(() => session.destroy())
  pool.release(session)
}

class PostgresTransaction implements Transaction {
  readonly connection: TransactionConnection
  readonly #pool: Pool
  readonly #session: Session
  readonly #committed: (changes: number) => void

  constructor(pool: Pool, session: Session, committed: (changes: number) => void) {
    this.connection = new TransactionConnection(session)
    this.#pool = pool
    this.#session = session
    this.#committed = committed
  }

  /** The server answers the commit of a transaction that has failed with ROLLBACK, and not with an error. */
  async commit(): Promise<void> {
    await this.connection.settle()
    const tag = await this.#session.command('commit')
    if (tag !== 'COMMIT') throw new StorageError('failed', `the commit was answered with ${tag}`)
    this.#pool.release(this.#session)
    this.#committed(this.connection.writes)
  }

  rollback(): Promise<void> {
    return giveBack(this.#pool, this.#session)
  }

  isEndedBy(error: unknown): boolean {
    return this.#session.lost !== undefined || error instanceof TransientError
  }
}
