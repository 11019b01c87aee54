import type { Connection } from './open.ts'

interface Job {
  work(connection: Connection): Promise<unknown>
  resolve(value: never): void
  reject(error: unknown): void
}

/** What the queue asks of the engine. */
interface Engine {
  begin(): Promise<unknown>
  commit(): unknown
  rollback(): unknown
  /** Whether the transaction is still there: a full disk can end it with everything in it. */
  active(): boolean
  /** How many statements have changed something so far. */
  writes(): number
}

const MOST_PER_TRANSACTION = 100

/** A change was refused after it had written: what it wrote can only go together with the whole transaction. */
class Spoilt extends Error {}

/**
 * Group commit: the changes that wait together share one transaction and one fsync. None is answered before the
 * commit, refusals included, since they may rest on a neighbour's change. A change that is refused has usually
 * written nothing yet; where it has, all of them are done again, each in a transaction of its own. (A savepoint
 * for each would cost every change a third of its time.)
 */
export class WriteQueue {
  readonly #connection: Connection
  readonly #engine: Engine
  #waiting: Job[] = []
  #draining: Promise<void> | undefined

  constructor(connection: Connection, engine: Engine) {
    this.#connection = connection
    this.#engine = engine
  }

  /** @param work may be done more than once; only the last time counts */
  run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
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
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.splice(0, MOST_PER_TRANSACTION)
      if (await this.#commit(jobs)) continue
      for (const job of jobs) await this.#commit([job])
    }
    this.#draining = undefined
  }

  /** Does the jobs in one transaction and answers them; false, with nothing done, where one has spoilt it for others. */
  async #commit(jobs: readonly Job[]): Promise<boolean> {
    try {
      const answers: (() => void)[] = []
      await this.#engine.begin()
      for (const job of jobs) answers.push(await this.#attempt(job))
      this.#engine.commit()
      for (const answer of answers) answer()
    } catch (error) {
      this.#abandon()
      if (error instanceof Spoilt && jobs.length > 1) return false
      for (const job of jobs) job.reject(error instanceof Spoilt ? error.cause : error)
    }
    return true
  }

  /** The error that made it necessary is the one to tell; a transaction that is still there is ended by the next. */
  #abandon(): void {
    try {
      this.#engine.rollback()
    } catch {}
  }

  async #attempt(job: Job): Promise<() => void> {
    const before = this.#engine.writes()
    try {
      const value = await job.work(this.#connection)
      return () => job.resolve(value as never)
    } catch (error) {
      if (!this.#engine.active()) throw error
      if (this.#engine.writes() > before) throw new Spoilt('', { cause: error })
      return () => job.reject(error)
    }
  }
}
