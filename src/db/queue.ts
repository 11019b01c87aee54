import { ChangeConnection } from './change-connection.ts'
import { CommitGroup } from './commit-group.ts'
import type { Connection } from './connection.ts'
import { gather } from './gather.ts'
import { Pace } from './pace.ts'

export type Work<T> = (connection: Connection, group: CommitGroup) => Promise<T>

interface Job {
  readonly work: Work<unknown>
  /** Whether it takes so long that it runs alone, and where it holds up nobody. */
  isLong: boolean
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
/** A change of so many statements takes some 10 ms. */
const MOST_STATEMENTS = 500
const MOST_TRIES = 5

/** Changes cannot be done together: what one of them wrote can only go together with the whole transaction. */
class Spoilt extends Error {}

/** One of them has turned out to be long. */
class TooLong extends Spoilt {}

interface Ways {
  begin(): Promise<Transaction>
  /** Begins one for a change that takes long; where it is not there, length does not matter. */
  beginLong?(): Promise<Transaction>
  /** Whether after an error the same transaction may go through. */
  isTransient?(error: unknown): boolean
}

/**
 * Group commit: the changes that wait together share one transaction and one fsync. None is answered before the
 * commit, refusals included, since they may rest on a neighbour's change. A change that is refused has usually
 * written nothing yet; where it has, all of them are done again, each in a transaction of its own. (A savepoint
 * for each would cost every change a third of its time.) So they are where one turns out to be long.
 */
export class WriteQueue {
  readonly #ways: Ways
  readonly #pace = new Pace()
  #waiting: Job[] = []
  #draining: Promise<void> | undefined

  constructor(ways: Ways) {
    this.#ways = ways
  }

  get isIdle(): boolean {
    return this.#draining === undefined
  }

  /**
   * @param work may be done more than once; only the last time counts
   * @param isLong whether it is known to take long
   */
  run<T>(work: Work<T>, isLong = false): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, isLong: isLong && this.#ways.beginLong !== undefined, resolve, reject })
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
      const jobs = this.#take()
      if (await this.#settle(jobs)) continue
      // One that turns out to be long is done once more.
      for (const job of jobs) (await this.#settle([job])) || (await this.#settle([job]))
    }
    this.#draining = undefined
  }

  /** The next ones that can be done together. */
  #take(): Job[] {
    const long = this.#waiting.findIndex(({ isLong }) => isLong)
    const most = long < 0 ? MOST_PER_TRANSACTION : Math.min(MOST_PER_TRANSACTION, Math.max(1, long))
    return this.#waiting.splice(0, most)
  }

  /** Does the jobs in one transaction and answers them; false, with nothing done, where each needs one of its own. */
  async #settle(jobs: readonly Job[]): Promise<boolean> {
    try {
      await this.#commitInTheEnd(jobs)
    } catch (error) {
      if (error instanceof TooLong || (error instanceof Spoilt && jobs.length > 1)) return false
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
        if (tries === MOST_TRIES || !this.#ways.isTransient?.(error)) throw error
      }
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    const answers: (() => void)[] = []
    const { begin, beginLong = begin } = this.#ways
    const isLong = jobs.some((job) => job.isLong)
    const most = isLong || beginLong === begin ? Number.POSITIVE_INFINITY : MOST_STATEMENTS
    const transaction = await (isLong ? beginLong() : begin())
    const shared = new ChangeConnection(transaction.connection, this.#pace, Number.POSITIVE_INFINITY)
    const group = new CommitGroup(shared)
    this.#pace.begin()
    try {
      for (const job of jobs) {
        const change = new ChangeConnection(transaction.connection, this.#pace, most)
        answers.push(await attempt(job, transaction, group, change))
      }
      await group.flush()
      shared.end()
      await transaction.commit()
    } catch (error) {
      shared.end()
      await abandon(transaction)
      throw error
    }
    for (const answer of answers) answer()
  }
}

async function attempt(
  job: Job,
  transaction: Transaction,
  group: CommitGroup,
  change: ChangeConnection,
): Promise<() => void> {
  const writes = () => transaction.connection.writes + group.counted
  const before = writes()
  try {
    const value = await job.work(change, group)
    if (!change.isTooLong) return () => job.resolve(value as never)
  } catch (error) {
    if (transaction.isEndedBy(error)) throw error
    if (!change.isTooLong) {
      if (writes() > before) throw new Spoilt('', { cause: error })
      return () => job.reject(error)
    }
  } finally {
    change.end()
  }
  job.isLong = true
  throw new TooLong()
}

/** The error that made it necessary is the one to tell; a transaction that is still there is ended by the next. */
async function abandon(transaction: Transaction): Promise<void> {
  try {
    await transaction.rollback()
  } catch {}
}
