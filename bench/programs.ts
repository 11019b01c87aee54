import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { endWith, freePort, type Memory, memoryOf, stopChild, untilItAnswers, untilQuiet } from './process.ts'
import type { Api, SentRequest } from './requests.ts'
import type { Seed } from './seed.ts'

/** A program that is running and can be asked. */
export interface Program {
  readonly name: string
  readonly port: number
  readonly pid: number
  readonly api: Api
  /** What it takes after its start, before any request. */
  readonly idle: Memory | undefined
  /** The credentials of an account, counted from 1. */
  headersOf(account: number): Record<string, string>
  stop(): Promise<void>
}

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const START_SECONDS = 20

export const BASE = '/api/v2/ext'
export const PROJECTS = `${BASE}/projects`

/** The floor answers the same paths. */
const timeTrackApi: Api = {
  item: (id) => ({ method: 'GET', path: `${PROJECTS}/${id}` }),
  page: (number) => ({ method: 'GET', path: number === 0 ? PROJECTS : `${PROJECTS}?page_number=${number}` }),
  search: (needle) => ({ method: 'GET', path: `${PROJECTS}?projectName=${encodeURIComponent(needle)}` }),
  create: (body) => ({ method: 'POST', path: PROJECTS, body }),
  update: (id, notes) => ({ method: 'PUT', path: `${PROJECTS}/${id}`, body: { notes } }),
}

export async function startFloor(script: string, { floor }: Seed): Promise<Program> {
  const port = await freePort()
  const child = start(script, [floor, String(port)], {})
  return running('floor', port, child, {
    api: timeTrackApi,
    headersOf: (account): Record<string, string> => (account === 1 ? {} : { 'X-Account': String(account) }),
  })
}

/** The server as its users start it, at log level warn. */
export async function startTimeTrack(
  { url, keys }: Pick<Seed, 'url' | 'keys'>,
  { name = 'timetrack', root = ROOT, workers = 1 } = {},
): Promise<Program> {
  const port = await freePort()
  const env = {
    ...process.env,
    DATABASE_URL: url,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    WORKERS: String(workers),
  }
  const child = start('bin/timetrack.mjs', ['serve'], { cwd: root, env })
  return running(name, port, child, {
    api: timeTrackApi,
    headersOf: (account) => {
      const { key = '', secret = '' } = keys[account - 1] ?? {}
      return { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': secret }
    },
  })
}

/** Starts a Node program, which is killed at the end of this process. */
export function start(script: string, parameters: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    ...options,
  })
  const release = endWith(child)
  child.once('exit', release)
  return child
}

/** Waits until a program answers and has come to rest. */
export async function running(
  name: string,
  port: number,
  child: ChildProcess,
  how: Pick<Program, 'api' | 'headersOf'>,
  seconds = START_SECONDS,
): Promise<Program> {
  await untilItAnswers(port, child, seconds)
  const pid = child.pid ?? 0
  await sleep(500)
  await untilQuiet(pid)
  return { name, port, pid, idle: memoryOf(pid), stop: () => stopChild(child), ...how }
}

/** The floor has to send the same body under the same header names, or the comparison would be void. */
export async function checkSameAnswers(
  asked: readonly { port: number; request: SentRequest }[],
): Promise<void> {
  const [expected, actual] = await Promise.all(
    asked.map(async ({ port, request: { path, headers } }) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
      return { names: [...response.headers.keys()].sort().join(), path, body: await response.text() }
    }),
  )
  if (JSON.stringify(expected) !== JSON.stringify(actual))
    throw new Error(
      `the floor and the server answer differently:\n${JSON.stringify([expected, actual], null, 1)}`,
    )
}
