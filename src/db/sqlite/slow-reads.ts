import { availableParallelism } from 'node:os'
import { SlowLane } from '../slow-lane.ts'
import { type Opening, type Sent, Thread } from './thread.ts'

/** Each takes some 15 MB. */
const MOST_THREADS = 4

/**
 * Runs reads that take long beside the thread that answers requests, in one of their own for each core at most. A read
 * takes its snapshot when its turn has come, so that it sees every change that was acknowledged before it was asked for.
 */
export class SlowReads {
  readonly #opening: Opening
  readonly #check: () => void
  readonly #lane = new SlowLane(Math.min(MOST_THREADS, availableParallelism()))
  readonly #threads = new Set<Thread>()

  /** @param check throws where the path leads to another file than the one that is open */
  constructor(opening: Opening, check: () => void) {
    this.#opening = opening
    this.#check = check
  }

  /** The rows of each read, all of one snapshot. Throws what a handle of its own would throw. */
  run(account: number, reads: readonly Sent[]): Promise<unknown[][]> {
    return this.#lane.run(account, async () => this.#free().read(reads))
  }

  /** Lets what is being read come to its end; what still waits is refused. */
  async close(): Promise<void> {
    this.#lane.close()
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  /** A thread that has nothing to do; another one where there is none. */
  #free(): Thread {
    const idle = [...this.#threads].find(({ isIdle }) => isIdle)
    if (idle) return idle
    this.#check()
    const started = new Thread(this.#opening, () => this.#threads.delete(started))
    this.#threads.add(started)
    return started
  }
}
