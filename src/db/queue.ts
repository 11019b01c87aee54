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
}

const MOST_PER_TRANSACTION = 100

/**
 * Group commit: the changes that wait together share one transaction and one fsync, each in a savepoint of
 * its own so that a refused one leaves its neighbours alone. None is answered before the commit, refusals
 * included, since they may rest on a neighbour's change.
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
      try {
        await this.#commitTogether(jobs)
      } catch (error) {
        for (const job of jobs) job.reject(error)
      }
    }
    this.#draining = undefined
  }

  async #commitTogether(jobs: Job[]): Promise<void> {
    const answers: (() => void)[] = []
    await this.#engine.begin()
    try {
      for (const job of jobs) answers.push(await this.#attempt(job))
      this.#engine.commit()
    } catch (error) {
      this.#abandon()
      throw error
    }
    for (const answer of answers) answer()
  }

  /** The error that made it necessary is the one to tell; a transaction that is still there is ended by the next. */
  #abandon(): void {
    try {
      this.#engine.rollback()
    } catch {}
  }

  async #attempt(job: Job): Promise<() => void> {
    try {
      const value = await this.#connection.attempt(() => job.work(this.#connection))
      return () => job.resolve(value as never)
    } catch (error) {
      if (!this.#engine.active()) throw error
      return () => job.reject(error)
    }
  }
}
