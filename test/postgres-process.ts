import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries, unprivileged } from './postgres-binaries.ts'

const PORT = 5432
const START_LIMIT_MS = 20_000

/**
 * The shell reads orders until this process is gone, however it ends; then it ends the server and removes the folder.
 * A server that was killed leaves a segment of shared memory, whose number is in the seventh line of its pid file.
 */
const GUARD = `
trap '' PIPE
folder=$1 data=$2
end() { kill -s "$@"; wait $server; server=; } 2> /dev/null
while read -r order; do
  case $order in
    start) rm -f "$folder/log"; sh "$folder/start" > "$folder/log" 2>&1 & server=$! ;;
    KILL) end KILL $server $(grep -ls "^PPid:.$server$" /proc/[0-9]*/status | cut -d / -f 3) ;;
    *) end "$order" $server ;;
  esac
  echo done 2> /dev/null
done
[ -z "$server" ] || end INT $server
segment=$(sed -n '7s/.* //p' "$data/postmaster.pid" 2> /dev/null)
[ -z "$segment" ] || ipcrm -m "$segment"
rm -rf "$folder"
`

type Settings = Readonly<Record<string, string>>

/** A server of PostgreSQL that listens at a socket in a folder of its own. */
export class PostgresProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'timetrack-postgres-'))
  readonly #data: string
  readonly #guard: ChildProcess
  readonly #orders: Socket
  readonly #answers: Socket
  readonly #lines
  readonly #gone: Promise<unknown>

  private constructor(data?: string) {
    this.#data = data ?? join(this.#folder, 'data')
    mkdirSync(this.#data, { recursive: true })
    chmodSync(this.#data, 0o700)
    const user = unprivileged()
    if (user) for (const folder of [this.#folder, this.#data]) chownSync(folder, user.uid, user.gid)
    const stdio: SpawnOptions['stdio'] = ['pipe', 'pipe', 'inherit']
    const parameters = ['-c', GUARD, 'sh', this.#folder, this.#data]
    this.#guard = spawn('sh', parameters, { ...user, cwd: '/', detached: true, stdio })
    const [orders, answers] = this.#guard.stdio as unknown as Socket[]
    if (!orders || !answers) throw new Error('the guard of PostgreSQL did not start')
    this.#orders = orders
    this.#answers = answers
    this.#lines = createInterface(answers)
    this.#gone = new Promise((resolve) => this.#guard.on('close', resolve))
    this.#guard.unref()
    answers.unref()
  }

  /**
   * A server with these settings.
   * @param data a folder where its databases stay, and may be already; undefined where they are new and go with it
   */
  static async start(settings: Settings = {}, data?: string): Promise<PostgresProcess> {
    const server = PostgresProcess.#make(settings, data)
    await server.start()
    return server
  }

  /** A primary and a standby of it. What the primary acknowledges, both have written down. */
  static async startPair(): Promise<[PostgresProcess, PostgresProcess]> {
    const primary = PostgresProcess.#make({ synchronous_standby_names: 'standby' })
    const standby = new PostgresProcess()
    const from = `host=${primary.#folder} port=${PORT} user=postgres application_name=standby`
    standby.#prepare({ primary_conninfo: from })
    standby.#run('cp', '-R', `${primary.#data}/.`, standby.#data)
    standby.#run('touch', join(standby.#data, 'standby.signal'))
    await Promise.all([primary.start(), standby.start()])
    return [primary, standby]
  }

  static #make(settings: Settings, data?: string): PostgresProcess {
    const server = new PostgresProcess(data)
    const initdb = join(server.#prepare(settings), 'initdb')
    const parameters = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    if (!existsSync(join(server.#data, 'PG_VERSION'))) server.#run(initdb, '-D', server.#data, ...parameters)
    return server
  }

  /** Its part of a URL. */
  get authority(): string {
    return `${encodeURIComponent(this.#folder)}:${PORT}`
  }

  /** Starts it, or starts it again as it was. */
  async start(): Promise<void> {
    await this.#order('start')
    const end = Date.now() + START_LIMIT_MS
    const file = join(this.#folder, 'log')
    for (let log = ''; !/ready to accept (read-only )?connections/.test(log); await sleep(20)) {
      if (existsSync(file)) log = readFileSync(file, 'utf8')
      if (Date.now() > end) throw new Error(`PostgreSQL did not start: ${log}`)
    }
  }

  /** QUIT is its immediate shutdown; KILL ends every one of its processes at once. */
  end(signal: 'QUIT' | 'KILL'): Promise<void> {
    return this.#order(signal)
  }

  /** Ends it, and leaves nothing of it behind but a folder that was given. */
  async remove(): Promise<void> {
    this.#guard.ref()
    this.#orders.end()
    await this.#gone
  }

  /** Writes down how it is started, and gives the folder of the programs. */
  #prepare(settings: Settings): string {
    const binaries = findBinaries(this.#folder)
    const all: Settings = {
      port: String(PORT),
      listen_addresses: '',
      unix_socket_directories: this.#folder,
      logging_collector: 'off',
      log_min_messages: 'log',
      // In the folder of the databases, and gone with it.
      dynamic_shared_memory_type: 'mmap',
      ...settings,
    }
    const options = Object.entries(all).map(([name, value]) => `-c '${name}=${value}'`)
    writeFileSync(
      join(this.#folder, 'start'),
      `exec '${binaries}/postgres' -D '${this.#data}' ${options.join(' ')}`,
    )
    return binaries
  }

  #run(command: string, ...parameters: string[]): void {
    execFileSync(command, parameters, {
      ...unprivileged(),
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }

  async #order(order: string): Promise<void> {
    const done = new Promise((resolve) => this.#lines.once('line', resolve))
    this.#answers.ref()
    this.#orders.write(`${order}\n`)
    await done
    this.#answers.unref()
  }
}
