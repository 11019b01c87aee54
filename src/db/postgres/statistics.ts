import { tables } from '../tables.ts'
import type { Pool } from './pool.ts'

/** Statements; a project that is created takes four. */
const FIRST = 1_000

/** The tables that requests fill. */
const filled = () => Object.entries(tables).flatMap(([name, { isCopied }]) => (isCopied ? [name] : []))

/**
 * PostgreSQL plans a statement by what it knows of its tables, and a connection keeps the plan. Of a new database it
 * knows nothing until autovacuum comes by, a minute later or more; until then the name of each new project would be
 * looked for among all of its account. So it is told to look when this process has changed a thousand rows, and again
 * after ten times as many.
 */
export class Statistics {
  readonly #pool: Pool
  #changes = 0
  #next = FIRST

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Takes note of statements whose changes have been committed. */
  note(changes: number): void {
    this.#changes += changes
    if (this.#changes < this.#next) return
    this.#next = 10 * this.#changes
    // Without them all is as right, and autovacuum comes later.
    this.#gather().catch(() => {})
  }

  async #gather(): Promise<void> {
    const session = await this.#pool.exclusive()
    session.patient = true
    try {
      await session.command(`analyze (skip_locked) ${filled().join(', ')}`)
    } finally {
      this.#pool.release(session)
    }
  }
}
