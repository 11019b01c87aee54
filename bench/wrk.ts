import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endWith, runFolder } from './process.ts'
import { MARK, type SentRequest } from './requests.ts'

const SCRIPT = fileURLToPath(new URL('wrk.lua', import.meta.url))
export const CONNECTIONS = 64
/** Longer than the slowest peer takes to change one of 100,000 projects; a later answer counts as an error. */
const TIMEOUT_SECONDS = 60

/** What one run of wrk measured. Latencies are in milliseconds. */
export interface Load {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Answers with a status of 400 or more, broken connections and time-outs. */
  readonly errors: number
}

let runs = 0

export function requireWrk(): void {
  if (spawnSync('wrk', ['-v']).error === undefined) return
  console.error(
    'The benchmark needs wrk: "apt-get install wrk" on Debian and Ubuntu, "brew install wrk" on macOS.',
  )
  process.exit(1)
}

/** Sends the requests in turn over 64 connections for some seconds. */
export async function load(port: number, requests: SentRequest[], seconds: number): Promise<Load> {
  const run = String(++runs).padStart(MARK.length - 7, '0')
  const file = join(runFolder(), `requests-${run}`)
  writeFileSync(file, Buffer.concat(requests.map((request) => asText(request, port))))
  const wrk = spawn(
    'wrk',
    [
      ...['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', `${TIMEOUT_SECONDS}s`, '-s', SCRIPT],
      ...[`http://127.0.0.1:${port}`, '--', file, run],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const release = endWith(wrk)
  let output = ''
  wrk.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  await once(wrk, 'close')
  release()
  rmSync(file)
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (!line) throw new Error(`wrk failed:\n${output}`)
  const { requests: answered, seconds: taken, p50, p99, errors } = JSON.parse(line)
  return { requests: answered, perSecond: answered / taken, p50, p99, errors }
}

function asText({ method, path, headers, body }: SentRequest, port: number): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all = {
    Host: `127.0.0.1:${port}`,
    ...headers,
    ...(text && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const message = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`)
  return Buffer.concat([Buffer.from(`${message.length}\n`), message])
}
