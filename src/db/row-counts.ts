import { latestValue } from './commit-group.ts'
import type { Connection } from './connection.ts'
import { type Call, call } from './query.ts'
import type { Counter } from './tables.ts'

/** To go through fewer rows takes half a millisecond at most, and so no longer than the way to where it holds up nobody. */
const MANY = 2_000
/** How long an account is taken for one of few rows. */
const KNOWN_MS = 10_000
const MOST_KNOWN = 10_000

/** Knows which reads may have to go through many rows. */
export class RowCounts {
  readonly #connection: Pick<Connection, 'first'>
  /** Until when the counter of an account is known to be low; for ever where it is high. */
  readonly #low = new Map<string, number>()
  readonly #high = new Set<string>()

  constructor(connection: Pick<Connection, 'first'>) {
    this.#connection = connection
  }

  async areMany(account: number, calls: readonly (Call<unknown> | undefined)[]): Promise<boolean> {
    for (const each of calls)
      if (each?.scans !== undefined && (await this.#isHigh(account, each.scans))) return true
    return false
  }

  async #isHigh(account: number, counter: Counter): Promise<boolean> {
    const name = `${account} ${counter}`
    if (this.#high.has(name)) return true
    if ((this.#low.get(name) ?? 0) > performance.now()) return false
    const latest = await this.#connection.first(account, call(latestValue, { counter }))
    if (latest && latest.value >= MANY) {
      this.#high.add(name)
      return true
    }
    if (this.#low.size >= MOST_KNOWN) this.#low.clear()
    this.#low.set(name, performance.now() + KNOWN_MS)
    return false
  }
}
