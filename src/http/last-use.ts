import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { Call } from '../db/query.ts'

const WRITTEN_EVERY_MS = 60_000
const MOST_REMEMBERED = 10_000

/** A use of a credential, with the statement that records it. */
export interface Use {
  readonly account: number
  readonly call: Call<unknown>
}

/** Remembers when credentials were last used, and writes that in one transaction a minute at most. */
export class LastUse {
  readonly #database: Database
  readonly #log: Logger
  #uses = new Map<string, Use>()
  #timer: NodeJS.Timeout | undefined
  #writtenAt = 0

  constructor(database: Database, log: Logger) {
    this.#database = database
    this.#log = log
  }

  /** If too many are waiting, the use is dropped: the credential's next one will do. */
  note(credential: string, use: Use): void {
    if (this.#uses.size >= MOST_REMEMBERED && !this.#uses.has(credential)) return
    this.#uses.set(credential, use)
    const wait = Math.max(0, this.#writtenAt + WRITTEN_EVERY_MS - Date.now())
    this.#timer ??= setTimeout(() => this.write(), wait).unref()
  }

  /** Writes the uses that are still waiting. */
  async write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writtenAt = Date.now()
    const uses = [...this.#uses.values()]
    if (uses.length === 0) return
    this.#uses = new Map()
    await this.#database
      .transaction(0, async (connection) => {
        for (const { account, call } of uses) await connection.all(account, call)
      })
      .catch((err) => this.#log.warn({ err }, 'the last use of keys and sessions could not be written'))
  }
}
