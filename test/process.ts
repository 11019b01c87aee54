import { spawn, spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { createAccount as storeAccount } from '../src/accounts/account.store.ts'
import type { Location } from '../src/db/location.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import {
  createDatabase,
  dropDatabase,
  locationOf,
  onPostgres,
  RUN,
  tablesOfAccounts,
  temporaryFolder,
  urlOf,
} from './engine.ts'
import { BASE, type Reply, type Sent, send } from './harness.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BIN = join(ROOT, 'bin/timetrack.mjs')

// Built once, before several children start together.
spawnSync(process.execPath, [join(ROOT, 'scripts/prepare.mjs')], { stdio: 'inherit' })

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Credentials {
  readonly account: string
  readonly apiKey: string
  readonly apiSecret: string
}

export type Settings = Record<string, string>

const children = new Set<Child>()

/** A child of the tests: what it prints and how it ends. */
export class Child {
  stdout = ''
  stderr = ''
  /** The process that signals go to: the one that was started, or one that it has named. */
  pid: number
  readonly home: string
  readonly ended: Promise<Outcome & { signal: NodeJS.Signals | null }>
  readonly #process
  readonly #detached: boolean
  readonly #watchers = new Set<() => void>()

  /** `detached` gives it a process group of its own. */
  constructor(command: string, parameters: string[], env: Settings, detached = false) {
    // On PostgreSQL the first key goes into a folder of where the server is started.
    const cwd = onPostgres && command !== 'npm' && env.HOME ? env.HOME : ROOT
    this.#process = spawn(command, parameters, { cwd, env, stdio: 'pipe', detached })
    this.#detached = detached
    this.home = env.HOME ?? ''
    this.pid = this.#process.pid ?? 0
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
      for (const watch of this.#watchers) watch()
    })
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.ended = new Promise((resolve, reject) => {
      this.#process.on('error', reject)
      this.#process.on('close', (code, signal) => {
        children.delete(this)
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr })
      })
    })
    children.add(this)
  }

  /** The log lines so far, parsed. */
  get log(): any[] {
    const complete = this.stdout.split(/\r?\n/).slice(0, -1)
    return complete.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  }

  /** The first value that `find` gives; fails where the child ends before. */
  seen<T>(find: (child: Child) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        this.#watchers.delete(watch)
        action()
      }
      const fail = (why: string) => settle(() => reject(new Error(`${why}\n${this.stdout}\n${this.stderr}`)))
      const watch = () => {
        const found = find(this)
        if (found !== undefined) settle(() => resolve(found))
      }
      this.#watchers.add(watch)
      watch()
      this.ended.then(
        ({ code }) => fail(`the child ended with ${code}`),
        (error) => fail(String(error)),
      )
    })
  }

  /** Resolves with the log line of this message. */
  logged(message: string): Promise<any> {
    return this.seen((child) => child.log.find((line) => line.msg === message))
  }

  end(text: string): void {
    this.#process.stdin.end(text)
  }

  /** Signals one process, or with `group` every one of its group. */
  kill(signal: NodeJS.Signals, group = false): void {
    try {
      process.kill(group ? -this.pid : this.pid, signal)
    } catch {
      // It has ended already.
    }
  }

  /** Leaves nothing of it behind. */
  async destroy(): Promise<void> {
    this.kill('SIGKILL', this.#detached)
    this.#process.kill('SIGKILL')
    await this.ended
  }
}

export interface Server extends Child {
  readonly port: number
}

/**
 * A test with a folder and a database of its own; after it every child that works there is ended, and the folder removed.
 * What such a child has printed is shown where the test fails, as by waiting for too long.
 */
export const it = test.extend<{ folder: string }>({
  folder: async ({ task }, use) => {
    const folder = temporaryFolder()
    if (onPostgres) await createDatabase(nameOf(folder))
    await use(folder)
    const those = [...children].filter((child) => child.home.startsWith(folder))
    if (task.result?.state === 'fail')
      for (const { stdout, stderr } of those) console.error(`a child printed:\n${stdout}\n${stderr}`)
    await Promise.all(those.map((child) => child.destroy()))
    rmSync(folder, { recursive: true, force: true })
    if (onPostgres) await dropDatabase(nameOf(folder))
  },
})

/** The database of PostgreSQL for the folder of a test, and for those in it. */
function nameOf(folder: string): string {
  const [, own = ''] = /timetrack-(\w+)(?:\/|$)/.exec(folder) ?? []
  return `${RUN}_${Buffer.from(own).toString('hex')}`
}

/** The DATABASE_URL of the servers in a folder. */
export const databaseUrlOf = (folder: string) =>
  onPostgres ? urlOf(nameOf(folder)) : `file:${databaseOf(folder)}`

export const locationIn = (folder: string): Location => locationOf(databaseUrlOf(folder))

/** Whether a server or a command has begun to make its database in a folder. */
export async function hasDatabase(folder: string): Promise<boolean> {
  return onPostgres ? (await tablesOfAccounts(locationIn(folder))).length > 0 : existsSync(databaseOf(folder))
}

/** Where the first start without a terminal leaves the key. */
export const credentialsFileOf = (folder: string) =>
  join(folder, onPostgres ? 'data' : '', 'testaccount.credentials')

export const databaseOf = (folder: string) => join(folder, 'timetrack.db')

/** Every setting is there, so that neither the environment of the tests nor a .env file adds one. */
export function environmentOf(folder: string, settings: Settings = {}): Settings {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    npm_config_cache: join(folder, 'npm'),
    npm_config_update_notifier: 'false',
    PORT: '0',
    HOST: '',
    DATABASE_URL: databaseUrlOf(folder),
    BASE_DOMAIN: '',
    LOG_LEVEL: '',
    TRUST_PROXY: '',
    WORKERS: '',
    ...settings,
  }
}

/** Runs a command line to its end. */
export async function run(folder: string, parameters: string[], settings: Settings = {}): Promise<Outcome> {
  const child = new Child(process.execPath, [BIN, ...parameters], environmentOf(folder, settings))
  const { code, stdout, stderr } = await child.ended
  return { code, stdout, stderr }
}

/** A server on a free port, from when it says that it is ready. */
export function startServer(folder: string, settings: Settings = {}): Promise<Server> {
  return ready(new Child(process.execPath, serveParameters, environmentOf(folder, settings)))
}

export async function ready(child: Child): Promise<Server> {
  const { url } = await child.logged('ready')
  return Object.assign(child, { port: Number(new URL(url).port) })
}

/** A shell command on a terminal of its own; signals go to the process that the command becomes. */
export async function onTerminal(folder: string, command: string): Promise<Child> {
  const line = `echo PID=$$; exec ${command}`
  const python = 'import pty, sys; sys.exit(pty.spawn(["sh", "-c", sys.argv[1]]) >> 8)'
  const child = spawnSync('script', ['--version']).stdout?.includes('util-linux')
    ? new Child('script', ['-qec', line, '/dev/null'], environmentOf(folder))
    : new Child('python3', ['-c', python, line], environmentOf(folder))
  child.pid = await child.seen(({ stdout }) => {
    const [, pid] = /PID=(\d+)\r?\n/.exec(stdout) ?? []
    return pid ? Number(pid) : undefined
  })
  return child
}

export const serveParameters = [BIN, 'serve']
export const timetrackCommand = `'${process.execPath}' '${BIN}'`
export const serveCommand = `${timetrackCommand} serve`

/**
 * What a real bash prints for lines that are pasted into it. curl prints each body and, on a line of its own,
 * the status; that comes from its configuration file, so that the lines stay as they are.
 */
export async function paste(folder: string, lines: string): Promise<string[]> {
  writeFileSync(join(folder, '.curlrc'), 'silent\nshow-error\nwrite-out = "\\n%{http_code}\\n"\n')
  const shell = new Child('bash', [], environmentOf(folder))
  shell.end(`${lines}\n`)
  const { stdout, stderr } = await shell.ended
  return [...stdout.trimEnd().split('\n'), ...(stderr ? [`stderr: ${stderr}`] : [])]
}

/** A new account in the database of a folder, which is made where there is none; without a command, which takes longer. */
export async function createAccount(
  folder: string,
  name: string,
  settings: Settings = {},
): Promise<Credentials> {
  const database = await openDatabase(locationOf(settings.DATABASE_URL ?? databaseUrlOf(folder)))
  try {
    await migrate(database)
    const { key, secret } = (await storeAccount(database, 'test', name))!
    return { account: name, apiKey: key, apiSecret: secret }
  } finally {
    await database.close()
  }
}

export function headersOf({ apiKey, apiSecret }: Omit<Credentials, 'account'>): Record<string, string> {
  return { 'X-TimeTrack-Api-Key': apiKey, 'X-TimeTrack-Api-Secret': apiSecret }
}

/** One request under the base path. */
export function call(
  { port }: Pick<Server, 'port'>,
  credentials: Omit<Credentials, 'account'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const sent: Sent = { headers: headersOf(credentials), ...(body !== undefined && { body }) }
  return send(port, method, `${BASE}${path}`, sent)
}
