import type { PostgresLocation } from '../location.ts'
import { SlowLane } from '../slow-lane.ts'
import { Pool } from './pool.ts'
import type { Session } from './session.ts'

/** Of the connections of a process one in three is for reads that take long; more than two would serve nobody else better. */
const SHARE = 3
const MOST = 2

/** Runs reads that take long, on connections of their own where there are enough. */
export class SlowReads {
  readonly #pool: Pool
  readonly #lane: SlowLane

  /** @param most how many run at once */
  constructor(pool: Pool, most: number) {
    this.#pool = pool
    this.#lane = new SlowLane(most)
  }

  run<T>(account: number, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#lane.run(account, () => this.#pool.read(work))
  }

  /** Refuses what waits, and all that comes. */
  close(): void {
    this.#lane.close()
  }
}

/** The pools of a process: one for all, and where there are three connections or more another one for long reads. */
export function openPools(location: PostgresLocation) {
  const apart = Math.min(MOST, Math.floor(location.max / SHARE))
  const pool = new Pool({ ...location, max: location.max - apart })
  if (apart === 0) return { pool, pools: [pool], slow: new SlowReads(pool, 1) }
  const other = new Pool({ ...location, max: apart })
  return { pool, pools: [pool, other], slow: new SlowReads(other, apart) }
}
