import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { unprivileged } from './postgres-binaries.ts'

const START_LIMIT_MS = 20_000

/**
 * The shell reads orders until this process is gone, however it ends; then it ends the server and removes the folder.
 * A PostgreSQL that was killed leaves a segment of shared memory, whose number is in the seventh line of its pid file.
 */
const GUARD = `
trap '' PIPE
folder=$1 last=$2
end() { kill -s "$@"; wait $server; server=; } 2> /dev/null
while read -r order; do
  case $order in
    start) rm -f "$folder/log"; sh "$folder/start" > "$folder/log" 2>&1 & server=$! ;;
    KILL) end KILL $server $(grep -ls "^PPid:.$server$" /proc/[0-9]*/status | cut -d / -f 3) ;;
    *) end "$order" $server ;;
  esac
  echo done 2> /dev/null
done
[ -z "$server" ] || end "$last" $server
segment=$(sed -n '7s/.* //p' "$folder/data/postmaster.pid" 2> /dev/null)
[ -z "$segment" ] || ipcrm -m "$segment"
rm -rf "$folder"
`

type Signal = 'QUIT' | 'INT' | 'TERM' | 'KILL'

/** A server that works in a folder of its own, as a user without rights. */
export class GuardedProcess {
  readonly folder: string
  readonly #guard: ChildProcess
  readonly #orders: Socket
  readonly #answers: Socket
  readonly #lines
  readonly #gone: Promise<unknown>

  /** @param last the signal that ends it at once */
  constructor(name: string, last: Signal) {
    this.folder = mkdtempSync(join(tmpdir(), `timetrack-${name}-`))
    const user = unprivileged()
    if (user) chownSync(this.folder, user.uid, user.gid)
    const stdio: SpawnOptions['stdio'] = ['pipe', 'pipe', 'inherit']
    this.#guard = spawn('sh', ['-c', GUARD, 'sh', this.folder, last], {
      ...user,
      cwd: '/',
      detached: true,
      stdio,
    })
    const [orders, answers] = this.#guard.stdio as unknown as Socket[]
    if (!orders || !answers) throw new Error(`the guard of ${name} did not start`)
    this.#orders = orders
    this.#answers = answers
    this.#lines = createInterface(answers)
    this.#gone = new Promise((resolve) => this.#guard.on('close', resolve))
    this.#guard.unref()
    answers.unref()
  }

  /** What it has printed since it was started. */
  get log(): string {
    const file = join(this.folder, 'log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** Writes down the command that starts it. */
  prepare(command: string): void {
    writeFileSync(join(this.folder, 'start'), `exec ${command}`)
  }

  /** Starts it, or starts it again as it was; resolves when its log says that it is ready. */
  async start(ready: RegExp): Promise<void> {
    await this.#order('start')
    for (const end = Date.now() + START_LIMIT_MS; !ready.test(this.log); await sleep(20))
      if (Date.now() > end) throw new Error(`what the tests need did not start: ${this.log}`)
  }

  /** KILL ends all of its processes. */
  end(signal: Signal): Promise<void> {
    return this.#order(signal)
  }

  /** Leaves nothing of it behind. */
  async remove(): Promise<void> {
    this.#guard.ref()
    this.#orders.end()
    await this.#gone
  }

  /** Runs a command as its user, in its folder. */
  run(command: string, ...parameters: string[]): void {
    execFileSync(command, parameters, {
      ...unprivileged(),
      cwd: this.folder,
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
