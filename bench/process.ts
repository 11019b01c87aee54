import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Seeds, working copies and peers. It is on the disk of the checkout, since a temporary folder may be in memory. */
export const CACHE = fileURLToPath(new URL('.cache', import.meta.url))

const endings = new Set<() => void>()

/** Does something at the end of the process, however it ends; the function returned calls that off. */
export function atEnd(action: () => void): () => void {
  endings.add(action)
  return () => endings.delete(action)
}

/** Kills a child at the end of the process. */
export const endWith = (child: ChildProcess) => atEnd(() => child.kill('SIGKILL'))

process.on('exit', () => {
  for (const action of [...endings].reverse()) action()
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

let folder: string | undefined

/** The folder of this run, which is removed when it ends. */
export function runFolder(): string {
  if (folder === undefined) {
    const made = join(CACHE, `run-${process.pid}`)
    mkdirSync(made, { recursive: true })
    atEnd(() => rmSync(made, { recursive: true, force: true, maxRetries: 5 }))
    folder = made
  }
  return folder
}

/** Waits until a program that was started answers anything at all; throws if it does not in time. */
export async function untilItAnswers(port: number, child: ChildProcess, seconds: number): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until && child.exitCode === null; ) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (answered) return
    await sleep(50)
  }
  throw new Error(`${child.spawnargs.join(' ')} did not start`)
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

/** In MB, of a process and its children; undefined where the system has no /proc. */
export interface Memory {
  readonly now: number
  readonly peak: number
}

export function memoryOf(pid: number): Memory | undefined {
  try {
    const all = treeOf(pid).map((each) => readFileSync(`/proc/${each}/status`, 'utf8'))
    const sum = (name: string) =>
      all.reduce((total, text) => total + Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]), 0) / 1024
    return { now: sum('VmRSS'), peak: sum('VmHWM') }
  } catch {
    return undefined
  }
}

function treeOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(treeOf)]
}

const WINDOW_MS = 50
const QUIET_WINDOWS = 3
const BUSY_TICKS = 2
const PATIENCE_MS = 120_000

/** Waits until a process has nothing left to do, so that it does not disturb the next measure. */
export async function untilQuiet(pid: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  let before = workOf(pid)
  for (let quiet = 0; quiet < QUIET_WINDOWS; ) {
    if (Date.now() > until) throw new Error(`process ${pid} does not come to rest`)
    await sleep(WINDOW_MS)
    const now = workOf(pid)
    quiet = !now.runnable && now.ticks - before.ticks < BUSY_TICKS ? quiet + 1 : 0
    before = now
  }
}

/**
 * The processor time that a process and its children have used, in hundredths of a second, and whether one of them
 * is waiting for more: on a busy machine a process with much to do may get very little.
 */
function workOf(pid: number): { ticks: number; runnable: boolean } {
  try {
    const all = treeOf(pid).map((each) =>
      readFileSync(`/proc/${each}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' '),
    )
    return {
      ticks: all.reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0),
      runnable: all.some(([state]) => state === 'R'),
    }
  } catch {
    return { ticks: 0, runnable: false }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
