import type Sqlite from 'better-sqlite3'
import { gather } from '../gather.ts'

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
