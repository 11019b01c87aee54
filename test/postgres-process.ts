import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { GuardedProcess } from './guarded-process.ts'
import { findBinaries, unprivileged } from './postgres-binaries.ts'

const PORT = 5432
const READY = /ready to accept (read-only )?connections/

type Settings = Readonly<Record<string, string>>

/** A server of PostgreSQL that listens at a socket in a folder of its own. */
export class PostgresProcess {
  readonly #process: GuardedProcess

  private constructor(data?: string) {
    // What stays is left in good order.
    this.#process = new GuardedProcess('postgres', data === undefined ? 'QUIT' : 'INT')
    if (data !== undefined) this.#keepIn(data)
  }

  /**
   * A server with these settings.
   * @param data a folder where its databases stay, and may be already; undefined where they are new and go with it
   */
  static async start(settings: Settings = {}, data?: string): Promise<PostgresProcess> {
    const server = PostgresProcess.make(settings, data)
    await server.start()
    return server
  }

  /** A primary and a standby of it. What the primary acknowledges, both have written down. */
  static async startPair(): Promise<[PostgresProcess, PostgresProcess]> {
    const primary = PostgresProcess.make({ synchronous_standby_names: 'standby' })
    const standby = new PostgresProcess()
    const from = `host=${primary.#process.folder} port=${PORT} user=postgres application_name=standby`
    standby.#prepare({ primary_conninfo: from })
    standby.#process.run('cp', '-R', primary.data, standby.data)
    standby.#process.run('touch', join(standby.data, 'standby.signal'))
    await Promise.all([primary.start(), standby.start()])
    return [primary, standby]
  }

  /** A server that was not started yet. Others are copies of the one whose data TEST_POSTGRES_DATA names: initdb takes a second. */
  static make(settings: Settings = {}, data?: string): PostgresProcess {
    const server = new PostgresProcess(data)
    const initdb = join(server.#prepare(settings), 'initdb')
    const parameters = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    if (existsSync(join(server.data, 'PG_VERSION'))) return server
    const { TEST_POSTGRES_DATA: fresh } = process.env
    if (fresh === undefined) server.#process.run(initdb, '-D', server.data, ...parameters)
    else server.#process.run('cp', '-R', `${fresh}/.`, server.data)
    return server
  }

  /** Its part of a URL. */
  get authority(): string {
    return `${encodeURIComponent(this.#process.folder)}:${PORT}`
  }

  /** Where its databases are. */
  get data(): string {
    return join(this.#process.folder, 'data')
  }

  /** What it has logged since it was started. */
  get log(): string {
    return this.#process.log
  }

  /** Starts it, or starts it again as it was. */
  start(): Promise<void> {
    return this.#process.start(READY)
  }

  /** QUIT is its immediate shutdown; KILL ends every one of its processes at once. */
  end(signal: 'QUIT' | 'KILL'): Promise<void> {
    return this.#process.end(signal)
  }

  /** Ends it, and leaves nothing of it behind but a folder that was given. */
  remove(): Promise<void> {
    return this.#process.remove()
  }

  #keepIn(data: string): void {
    mkdirSync(data, { recursive: true })
    chmodSync(data, 0o700)
    const user = unprivileged()
    if (user) chownSync(data, user.uid, user.gid)
    symlinkSync(data, this.data)
  }

  /** Writes down how it is started, and gives the folder of the programs. */
  #prepare(settings: Settings): string {
    const binaries = findBinaries(this.#process.folder)
    const all: Settings = {
      port: String(PORT),
      listen_addresses: '',
      unix_socket_directories: this.#process.folder,
      logging_collector: 'off',
      log_min_messages: 'log',
      // In the folder, and gone with it.
      dynamic_shared_memory_type: 'mmap',
      ...settings,
    }
    const options = Object.entries(all).map(([name, value]) => `-c '${name}=${value}'`)
    this.#process.prepare(`'${binaries}/postgres' -D '${this.data}' ${options.join(' ')}`)
    return binaries
  }
}
