import { spawnSync } from 'node:child_process'
import type { Program } from './programs.ts'

/** Installs wrk where that is possible, else says what to install. */
export function ensureWrk(): void {
  if (found()) return
  if (process.getuid?.() === 0) {
    console.log('Installing wrk …')
    spawnSync('apt-get', ['update'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', 'wrk'], { stdio: 'ignore' })
    if (found()) return
  }
  console.error('The benchmark needs wrk. Install it, on Debian with: apt-get install wrk')
  process.exit(1)
}

const found = () => spawnSync('wrk', ['-v']).error === undefined

/** Requests answered per second by one wrk thread with 64 connections. */
export function requestsPerSecond({ port, headers }: Program, path: string, seconds: number): number {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const { stdout } = spawnSync(
    'wrk',
    ['-t1', '-c64', `-d${seconds}s`, ...named, `http://127.0.0.1:${port}${path}`],
    {
      encoding: 'utf8',
    },
  )
  const speed = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]
  if (!speed || stdout.includes('Non-2xx')) throw new Error(`wrk failed on ${path}:\n${stdout}`)
  return Number(speed)
}
