import { CommitGroup } from './commit-group.ts'
import type { Connection } from './connection.ts'
import { gather } from './gather.ts'

export type Work<T> = (connection: Connection, group: CommitGroup) => Promise<T>

interface Job {
  readonly work: Work<unknown>
  resolve(value: never): void
  reject(error: unknown): void
}

/** What the queue asks of a transaction. */
export interface Transaction {
  readonly connection: Connection & {
    /** How many statements so far have changed something, or left the transaction unable to go on. */
    readonly writes: number
  }
  commit(): unknown
  rollback(): unknown
  /** Whether an error has ended it, with everything in it. */
  isEndedBy(error: unknown): boolean
}

const MOST_PER_TRANSACTION = 100
const MOST_TRIES = 5

/** A change was refused after it had written: what it wrote can only go together with the whole transaction. */
class Spoilt extends Error {}

/**
 * Group commit: the changes that wait together share one transaction and one fsync. None is answered before the
 * commit, refusals included, since they may rest on a neighbour's change. A change that is refused has usually
 * written nothing yet; where it has, all of them are done again, each in a transaction of its own. (A savepoint
 * for each would cost every change a third of its time.)
 */
export class WriteQueue {
  readonly #begin: () => Promise<Transaction>
  readonly #isTransient: (error: unknown) => boolean
  #waiting: Job[] = []
  #draining: Promise<void> | undefined

  /** @param isTransient whether after an error the same transaction may go through */
  constructor(begin: () => Promise<Transaction>, isTransient: (error: unknown) => boolean = () => false) {
    this.#begin = begin
    this.#isTransient = isTransient
  }

  get isIdle(): boolean {
    return this.#draining === undefined
  }

  /** @param work may be done more than once; only the last time counts */
  run<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject })
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when every change that was handed over has been answered. */
  async idle(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    await gather(() => this.#waiting.length, MOST_PER_TRANSACTION)
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.splice(0, MOST_PER_TRANSACTION)
      if (await this.#settle(jobs)) continue
      for (const job of jobs) await this.#settle([job])
    }
    this.#draining = undefined
  }

  /** Does the jobs in one transaction and answers them; false, with nothing done, where one has spoilt it for others. */
  async #settle(jobs: readonly Job[]): Promise<boolean> {
    try {
      await this.#commitInTheEnd(jobs)
    } catch (error) {
      if (error instanceof Spoilt && jobs.length > 1) return false
      for (const job of jobs) job.reject(error instanceof Spoilt ? error.cause : error)
    }
    return true
  }

  /** None of them has been answered, so that all can be done anew. */
  async #commitInTheEnd(jobs: readonly Job[]): Promise<void> {
    for (let tries = 1; ; tries++)
      try {
        return await this.#commitTogether(jobs)
      } catch (error) {
        if (tries === MOST_TRIES || !this.#isTransient(error)) throw error
      }
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    const answers: (() => void)[] = []
    const transaction = await this.#begin()
    const group = new CommitGroup(transaction.connection)
    try {
      for (const job of jobs) answers.push(await attempt(job, transaction, group))
      await group.flush()
      await transaction.commit()
    } catch (error) {
      await abandon(transaction)
      throw error
    }
    for (const answer of answers) answer()
  }
}

async function attempt(
  { work, resolve, reject }: Job,
  transaction: Transaction,
  group: CommitGroup,
): Promise<() => void> {
  const { connection } = transaction
  const writes = () => connection.writes + group.counted
  const before = writes()
  try {
    const value = await work(connection, group)
    return () => resolve(value as never)
  } catch (error) {
    if (transaction.isEndedBy(error)) throw error
    if (writes() > before) throw new Spoilt('', { cause: error })
    return () => reject(error)
  }
}

/** The error that made it necessary is the one to tell; a transaction that is still there is ended by the next. */
async function abandon(transaction: Transaction): Promise<void> {
  try {
    await transaction.rollback()
  } catch {}
}
