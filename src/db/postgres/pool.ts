import type { PostgresLocation } from '../location.ts'
import { StorageError } from '../storage-fault.ts'
import { Session } from './session.ts'

/** After a connection could not be made, nobody tries for this long, and who waits is told at once. */
const PAUSE_MS = 250
const CHECK_EVERY_MS = 1_000
/** Reads that wait for each other: few, since one of them may take long. */
const MOST_PER_TURN = 16

interface Waiter {
  readonly exclusive: boolean
  give(session: Session): void
  reject(error: unknown): void
}

/**
 * The connections of this process. Reads share them, but behind a pooler: those of a turn of the event loop go together
 * to the one with the fewest on their way. A transaction has one to itself; one is always left for reads where there
 * are two or more.
 */
export class Pool {
  readonly #location: PostgresLocation
  readonly #sessions = new Set<Session>()
  readonly #exclusive = new Set<Session>()
  readonly #waiters: Waiter[] = []
  readonly #timer: NodeJS.Timeout
  /** The host that could be written last. */
  #host = 0
  #opening = 0
  #failure: unknown
  #failedAt = Number.NEGATIVE_INFINITY
  #closed = false
  /** The reads of this turn of the event loop. */
  #turn: { readonly session: Session; reads: number } | undefined

  constructor(location: PostgresLocation) {
    this.#location = location
    this.#timer = setInterval(() => this.#check(), CHECK_EVERY_MS).unref()
  }

  /**
   * Runs a read on a shared connection. `work` has to send all of it at once: later the connection may be in the
   * middle of somebody's transaction.
   */
  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#ofThisTurn ?? this.#leastLoaded()
    if (!session)
      return new Promise((resolve, reject) => {
        this.#wait({ exclusive: false, give: (given) => void work(given).then(resolve, reject), reject })
      })
    if (session !== this.#turn?.session) {
      if (session.load > 0) this.#grow()
      if (!this.#turn)
        setImmediate(() => {
          this.#turn = undefined
        })
      this.#turn = { session, reads: 0 }
    }
    if (this.#turn) this.#turn.reads++
    return work(session)
  }

  /** A connection for a transaction, until it is released. */
  exclusive(): Promise<Session> {
    return new Promise((give, reject) => {
      const idle = this.#takeExclusive()
      if (idle) give(idle)
      else this.#wait({ exclusive: true, give, reject })
    })
  }

  release(session: Session): void {
    session.wanted = session.patient = false
    this.#exclusive.delete(session)
    this.#settle()
  }

  /** Leaves all connections: they lead to a server that can no longer be written. */
  renounce(): void {
    for (const session of [...this.#sessions]) session.destroy()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    this.#rejectAll(new StorageError('unreachable', 'the database was closed'))
    await Promise.all([...this.#sessions].map((session) => session.end()))
  }

  /** Where this turn's reads go together: on their way in one packet, they cost a third less on both ends. */
  get #ofThisTurn(): Session | undefined {
    if (!this.#turn || this.#turn.reads >= MOST_PER_TURN) return undefined
    const { session } = this.#turn
    return this.#isShared(session) ? session : undefined
  }

  #isShared(session: Session): boolean {
    return session.isOpen && !session.wanted && !session.lost && !this.#exclusive.has(session)
  }

  #leastLoaded(): Session | undefined {
    let least: Session | undefined
    for (const session of this.#sessions)
      if (this.#isShared(session) && (!least || session.load < least.load)) least = session
    return least
  }

  get #mayWrite(): boolean {
    return this.#exclusive.size < Math.max(1, this.#location.max - 1)
  }

  /** An idle one; where there is none, one is asked to become so. */
  #takeExclusive(): Session | undefined {
    if (!this.#mayWrite) return undefined
    const idle = [...this.#sessions].find((session) => session.load === 0 && !this.#exclusive.has(session))
    if (idle) this.#exclusive.add(idle)
    return idle
  }

  #wait(waiter: Waiter): void {
    this.#waiters.push(waiter)
    this.#settle()
  }

  /** Gives out what has become free, and makes room where somebody still waits. */
  #settle(): void {
    this.#retire()
    for (const waiter of [...this.#waiters]) {
      const session = waiter.exclusive ? this.#takeExclusive() : this.#leastLoaded()
      if (!session) continue
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
      waiter.give(session)
    }
    if (this.#waiters.length === 0 || this.#grow() || this.#opening > 0) return
    if (this.#closed) this.#rejectAll(new Error('the database was closed'))
    else if (this.#sessions.size === 0) this.#rejectAll(this.#failure)
    else if (this.#mayWrite && this.#waiters.some(({ exclusive }) => exclusive)) this.#askForOne()
  }

  /** Reads go on arriving: one connection takes no more of them, so that it becomes idle. */
  #askForOne(): void {
    const shared = [...this.#sessions].filter((session) => !this.#exclusive.has(session))
    if (shared.some(({ wanted }) => wanted)) return
    const session = this.#leastLoaded()
    if (session) session.wanted = true
  }

  #retire(): void {
    for (const session of this.#sessions) {
      if (!session.isWorn || this.#exclusive.has(session)) continue
      session.wanted = true
      if (session.load > 0) continue
      this.#sessions.delete(session)
      void session.end()
    }
  }

  /** Opens another connection where there may be one more. */
  #grow(): boolean {
    const count = this.#sessions.size + this.#opening
    if (this.#closed || count >= this.#location.max) return false
    if (performance.now() - this.#failedAt < PAUSE_MS) return false
    // One after another, but for the first.
    if (this.#opening > 0 && this.#waiters.length <= this.#opening) return false
    this.#opening++
    void this.#open()
    return true
  }

  async #open(): Promise<void> {
    try {
      const session = await this.#openAny()
      if (this.#closed) session.destroy()
      else this.#sessions.add(session)
    } catch (error) {
      this.#failure = error
      this.#failedAt = performance.now()
    } finally {
      this.#opening--
      this.#settle()
    }
  }

  /** The first host that can be written, beginning with the last that could. Where none can, the first has the word. */
  async #openAny(): Promise<Session> {
    const { hosts } = this.#location
    const failures: unknown[] = []
    for (const _ of hosts) {
      const host = hosts[this.#host % hosts.length]
      try {
        if (host) return await Session.open(this.#location, host, this.#owner)
      } catch (error) {
        failures.push(error)
        this.#host++
      }
    }
    throw failures[0]
  }

  readonly #owner = {
    idle: (session: Session) => {
      if (!this.#exclusive.has(session) && (this.#waiters.length > 0 || session.isWorn)) this.#settle()
    },
    lost: (session: Session) => {
      this.#sessions.delete(session)
      this.#exclusive.delete(session)
      if (!this.#closed) this.#settle()
    },
  }

  #check(): void {
    const now = performance.now()
    for (const session of this.#sessions) session.check(now)
  }

  #rejectAll(error: unknown): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error)
  }
}
