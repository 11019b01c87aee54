import { connect, Socket } from 'node:net'
import postgres from 'postgres'
import type { PostgresLocation } from '../location.ts'
import { StorageError } from '../storage-fault.ts'
import { explain, LostConnection } from './fault.ts'

const CONNECT_SECONDS = 5
/** To connect and to look at the server: a pooler greets at once, although its server may be away. */
const LOOK_MS = 10_000
/** Nothing takes as long as this but a connection that leads nowhere; migrations may. */
const SILENCE_MS = 30_000
const OLDEST_VERSION = 14
/** The server keeps every prepared statement for as long as the connection lives. */
const MOST_STATEMENTS = 500
const BEGIN = 'begin isolation level repeatable read read only'
const BEGIN_AND_PLAN = `${BEGIN}; set local plan_cache_mode = force_custom_plan`
const LOST = 'the connection to the database was lost'

type Host = PostgresLocation['hosts'][number]

export interface Statement {
  readonly sql: string
  readonly values: readonly unknown[]
  /** Whether its rows are the values of its only column. */
  readonly bare: boolean
  /** Whether it is planned for its values, and not for those of others before it. */
  readonly replanned: boolean
}

/** What a session tells whom it belongs to. */
export interface SessionOwner {
  idle(session: Session): void
  lost(session: Session): void
}

/**
 * One connection. It is never made anew under the same name: what is left of a transaction could otherwise run
 * outside of it. Statements sent together are on their way together.
 */
export class Session {
  /** Statements on their way. */
  load = 0
  /** Whether its silence may last. */
  patient = false
  /** Whether it takes no more work before it is idle. */
  wanted = false
  readonly #owner: SessionOwner
  #socket: Socket | undefined
  readonly #sql: postgres.Sql
  readonly #texts = new Set<string>()
  /** Behind a pooler that gives each transaction another connection, named statements are not found again. */
  #prepares = false
  #movedAt = 0
  #isGood = false
  #lost: StorageError | undefined

  private constructor(location: PostgresLocation, host: Host, owner: SessionOwner) {
    this.#owner = owner
    // The driver would connect again for what waits; that has to fail instead.
    const socket = () => {
      if (this.#socket) return deadSocket()
      this.#socket = open(host)
      return this.#socket
    }
    this.#sql = postgres({ ...optionsOf(location, host), socket, onclose: () => this.#lose() } as object)
  }

  /** Throws a StorageError where the server cannot be reached or is not one to work with. */
  static async open(location: PostgresLocation, host: Host, owner: SessionOwner): Promise<Session> {
    const session = new Session(location, host, owner)
    const limit = setTimeout(() => session.destroy(), LOOK_MS)
    try {
      await session.#look()
      return session
    } catch (error) {
      session.destroy()
      throw error
    } finally {
      clearTimeout(limit)
    }
  }

  get lost(): StorageError | undefined {
    return this.#lost
  }

  /**
   * Whether it takes a read now. The driver sends a statement without a name in two parts. A pooler that sees the first
   * behind the end of a transaction gives the connection away between them: its answer is lost, or goes to another.
   */
  get isOpen(): boolean {
    return this.#prepares || this.load === 0
  }

  /** Whether it has prepared so many statements that a new one should take its place. */
  get isWorn(): boolean {
    return this.#texts.size > MOST_STATEMENTS
  }

  run<R>({ sql, values, bare }: Statement): Promise<R[]> {
    return this.#awaited(() => {
      if (this.#prepares) this.#texts.add(sql)
      const options = { prepare: this.#prepares, simple: false } as object
      // Executed at once: left to `await` it would go out behind what is sent after it.
      const pending = this.#sql.unsafe(sql, values as never[], options).execute()
      return (bare ? pending.values().then((rows) => rows.map(([value]) => value)) : pending) as PromiseLike<
        R[]
      >
    })
  }

  /** Runs a command without values and gives its tag, such as COMMIT. */
  async command(text: string): Promise<string> {
    return (await this.#awaited(() => this.#sql.unsafe(text).execute())).command
  }

  /** Runs a command whose failure the next statement, or the commit, will tell. */
  send(text: string): void {
    this.command(text).catch(() => {})
  }

  /** The rows of several reads of one snapshot. */
  async snapshot(statements: readonly Statement[]): Promise<unknown[][]> {
    const [, rows] = await Promise.all([
      this.command(statements.some(({ replanned }) => replanned) ? BEGIN_AND_PLAN : BEGIN),
      Promise.all(statements.map((statement) => this.run<unknown>(statement))),
      this.command('commit'),
    ])
    return rows
  }

  /** Ends the connection where it leads nowhere any more. */
  check(now: number): void {
    if (this.load > 0 && !this.patient && now - this.#movedAt > SILENCE_MS) this.destroy()
  }

  destroy(): void {
    this.#socket?.destroy()
    this.#lose()
  }

  async end(): Promise<void> {
    if (this.#lost) return
    await this.#sql.end({ timeout: 1 }).catch(() => {})
  }

  async #look(): Promise<void> {
    const rows = await this.#awaited(() => this.#sql.unsafe<Look[]>(LOOK))
    const [row] = rows
    if (!row) throw new StorageError('unreachable', 'the server does not answer')
    const version = Math.floor(Number(row.version) / 10_000)
    if (version < OLDEST_VERSION) throw new StorageError('tooOld', `it is PostgreSQL ${version}`)
    if (row.encoding !== 'UTF8') throw new StorageError('encoding', `its encoding is ${row.encoding}`)
    if (row.read_only === 'on') throw new StorageError('standby', 'transactions are read-only there')
    // A pooler gives a number of its own in the place of the server's.
    this.#prepares = rows.state.pid === row.pid
    this.#isGood = true
  }

  async #awaited<T>(send: () => PromiseLike<T>): Promise<T> {
    if (this.#lost) throw this.#lost
    if (this.load++ === 0) this.#movedAt = performance.now()
    try {
      return await send()
    } catch (error) {
      const explained = explain(error)
      if (!(explained instanceof StorageError && explained.fault === 'unreachable')) throw explained
      this.destroy()
      throw this.#isGood ? new LostConnection('unreachable', explained.message) : explained
    } finally {
      this.#movedAt = performance.now()
      if (--this.load === 0) this.#owner.idle(this)
    }
  }

  #lose(): void {
    if (this.#lost) return
    this.#lost = new LostConnection('unreachable', LOST)
    this.#owner.lost(this)
  }
}

const LOOK = `select pg_backend_pid() as pid, current_setting('server_version_num') as version,
  current_setting('server_encoding') as encoding, current_setting('transaction_read_only') as read_only`

interface Look {
  readonly pid: number
  readonly version: string
  readonly encoding: string
  readonly read_only: string
}

function open({ host, port }: Host): Socket {
  const socket = host.startsWith('/')
    ? connect(`${host}/.s.PGSQL.${port}`)
    : connect({ host, port, noDelay: true })
  // The driver asks for the name in the certificate here.
  return Object.assign(socket, { host })
}

function optionsOf(location: PostgresLocation, { host, port }: Host): object {
  return {
    host: [host],
    port: [port],
    database: location.database,
    username: location.user,
    // A function, since an empty text would be looked for elsewhere.
    password: () => location.password,
    ssl: location.sslmode === 'disable' || host.startsWith('/') ? false : location.sslmode,
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: null,
    max_lifetime: null,
    keep_alive: 15,
    fetch_types: false,
    connection: { application_name: 'timetrack' },
    onnotice: () => {},
    types: { whole: { to: 20, from: [20], parse: Number, serialize: String } },
  }
}

function deadSocket(): Socket {
  const socket = new Socket()
  setImmediate(() => socket.destroy(new StorageError('unreachable', LOST)))
  return socket
}
