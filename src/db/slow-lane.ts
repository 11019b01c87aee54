import { StorageError } from './storage-fault.ts'

/** Who comes when so many wait, or has waited for so long, is told that the database is busy. */
const MOST_WAITING = 1_000
/** So that one account leaves room for others. */
const MOST_OF_ACCOUNT = 100
const MOST_MS = 10_000

interface Waiter {
  readonly account: number
  readonly since: number
  go(): void
  refuse(error: StorageError): void
}

/** Lets a few long reads run at once. Others wait in their order, but behind those of accounts of which none runs. */
export class SlowLane {
  readonly #most: number
  readonly #waiting: Waiter[] = []
  /** The accounts of those that run. */
  readonly #running: number[] = []
  #closed = false

  /** @param most how many run at once */
  constructor(most: number) {
    this.#most = most
  }

  async run<T>(account: number, work: () => Promise<T>): Promise<T> {
    await this.#turn(account)
    try {
      return await work()
    } finally {
      this.#running.splice(this.#running.indexOf(account), 1)
      this.#next()
    }
  }

  /** Refuses what waits, and all that comes. */
  close(): void {
    this.#closed = true
    for (const { refuse } of this.#waiting.splice(0)) refuse(busy())
  }

  #turn(account: number): Promise<void> {
    return new Promise((go, refuse) => {
      const own = this.#waiting.filter((waiter) => waiter.account === account).length
      const isFull = this.#waiting.length >= MOST_WAITING || own >= MOST_OF_ACCOUNT
      if (this.#closed || isFull) return refuse(busy())
      this.#waiting.push({ account, since: performance.now(), go, refuse })
      this.#next()
    })
  }

  #next(): void {
    const late = performance.now() - MOST_MS
    while (this.#waiting[0] && this.#waiting[0].since < late) this.#waiting.shift()?.refuse(busy())
    while (this.#running.length < this.#most) {
      const other = this.#waiting.findIndex(({ account }) => !this.#running.includes(account))
      const [waiter] = this.#waiting.splice(Math.max(0, other), 1)
      if (!waiter) return
      this.#running.push(waiter.account)
      waiter.go()
    }
  }
}

const busy = () => new StorageError('busy', 'other long reads come first')
