import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Seeded } from './seed.ts'

export interface Program {
  readonly port: number
  readonly headers: Record<string, string>
  stop(): void
}

export async function startFloor({ floorFile }: Seeded): Promise<Program> {
  const port = await freePort()
  const child = spawn(process.execPath, ['bench/floor.mjs', floorFile, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return { port, headers: {}, stop: () => child.kill() }
}

/** The server as its users start it, at log level warn. */
export async function startTimeTrack({ serverFile, key }: Seeded): Promise<Program> {
  const port = await freePort()
  const child = spawn(process.execPath, ['bin/timetrack.mjs', 'serve'], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: `file:${serverFile}`, PORT: String(port), LOG_LEVEL: 'warn' },
  })
  await answers(port, child)
  return {
    port,
    headers: { 'X-TimeTrack-Api-Key': key.key, 'X-TimeTrack-Api-Secret': key.secret },
    stop: () => child.kill(),
  }
}

/** Both have to send the same bytes under the same header names, or the comparison would be void. */
export async function checkSameAnswers(floor: Program, server: Program, path: string): Promise<void> {
  const [expected, actual] = await Promise.all(
    [floor, server].map(async ({ port, headers }) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
      return { names: [...response.headers.keys()].sort().join(), body: await response.text() }
    }),
  )
  if (JSON.stringify(expected) !== JSON.stringify(actual))
    throw new Error(
      `the floor and the server answer ${path} differently:\n${JSON.stringify([expected, actual], null, 1)}`,
    )
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    if (
      await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server did not start')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
