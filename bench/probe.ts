import { once } from 'node:events'
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from './compare.ts'
import type { Program } from './programs.ts'
import type { ApiRequest } from './requests.ts'
import { CONNECTIONS } from './wrk.ts'

export const PER_SECOND = 200

/** In milliseconds. */
export interface Latency {
  readonly requests: number
  readonly p50: number
  readonly p99: number
}

/**
 * Opens the connections of callers who are there already: a busy server accepts new ones slowly, which would hide how
 * soon it answers.
 */
export async function openConnections({ port }: Program): Promise<Agent> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  await Promise.all(Array.from({ length: CONNECTIONS }, () => ask({ agent, port, path: '/healthz' })))
  return agent
}

/**
 * Sends requests of some kinds in turn at a steady pace, a light load, until it is over. The pace does not wait for
 * answers: if the server stops for a second, all who call in that second wait, and count.
 * @param kinds makes a request of each kind from a number
 */
export async function probe<Kind extends string>(
  { port, headersOf }: Program,
  agent: Agent,
  kinds: Readonly<Record<Kind, (draw: number) => ApiRequest>>,
  isOver: () => boolean,
): Promise<Record<Kind, Latency>> {
  const names = Object.keys(kinds) as Kind[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  const answers: Promise<unknown>[] = []
  const begin = performance.now()
  for (let draw = 0; !isOver(); draw++) {
    const wait = begin + (draw * 1000) / PER_SECOND - performance.now()
    if (wait > 0) await sleep(wait)
    const name = names[draw % names.length] as Kind
    answers.push(settled(time(name, kinds[name](draw))))
  }
  for (const error of await Promise.all(answers)) if (error !== undefined) throw error
  return Object.fromEntries([...times].map(([name, all]) => [name, latencyOf(all)])) as Record<Kind, Latency>

  async function time(kind: Kind, { method, path }: ApiRequest): Promise<void> {
    const from = performance.now()
    await ask({ agent, port, method, path, headers: headersOf(1) })
    times.get(kind)?.push(performance.now() - from)
  }
}

async function ask(options: RequestOptions): Promise<void> {
  const sent = request({ host: '127.0.0.1', ...options }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  await once(response.resume(), 'end')
  if (response.statusCode !== 200) throw new Error(`${options.path} answers ${response.statusCode}`)
}

/** What it failed with, if it did. */
const settled = (work: Promise<void>): Promise<unknown> => work.catch((error: unknown) => error)

const latencyOf = (times: readonly number[]): Latency => ({
  requests: times.length,
  p50: quantile(times, 0.5),
  p99: quantile(times, 0.99),
})
