import { memoryOf } from './process.ts'
import { startTimeTrack } from './programs.ts'
import { requestsFor } from './requests.ts'
import { copyOf, removeCopy, seed } from './seed.ts'
import { load } from './wrk.ts'

const SIZE = { accounts: 1, each: 100_000 }
export const MOST_GROWTH = 1.2
export const MOST_SLOWER = 1.5

interface Minute {
  readonly requests: number
  readonly errors: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** MB at the end of the minute. */
  readonly memory: number
}

export interface Mixed {
  readonly minutes: readonly Minute[]
  /** The last minute relative to the second, when the server is warm; undefined under three minutes. */
  readonly growth: number | undefined
  readonly slower: number | undefined
  readonly verdict: string
}

/** Four reads to one change for some minutes, in an account of 100,000 projects. */
export async function runMixed(minutes: number): Promise<Mixed> {
  const seeded = copyOf(await seed(SIZE))
  const server = await startTimeTrack(seeded)
  const requests = requestsFor('mixed load', server.api, SIZE, server.headersOf)
  console.log(`\nMixed load, ${minutes} minutes\nminute  requests  errors    p50 ms    p99 ms    MB`)
  const all: Minute[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    const { requests: answered, errors, p50, p99 } = await load(server.port, requests, 60)
    const memory = memoryOf(server.pid)?.now ?? Number.NaN
    all.push({ requests: answered, errors, p50, p99, memory })
    const cells = [answered, errors, p50.toFixed(2), p99.toFixed(2), memory.toFixed(0)]
    const widths = [8, 6, 8, 8, 4]
    console.log(
      [String(minute).padStart(6), ...cells.map((cell, at) => String(cell).padStart(widths[at] ?? 0))].join(
        '  ',
      ),
    )
  }
  await server.stop()
  removeCopy(seeded)
  const mixed = judge(all)
  console.log(mixed.verdict)
  return mixed
}

function judge(minutes: readonly Minute[]): Mixed {
  const [, warm] = minutes
  const last = minutes.at(-1)
  const errors = minutes.reduce((sum, minute) => sum + minute.errors, 0)
  const failed = errors === 0 ? 'no error' : `${errors} errors`
  if (!warm || !last || minutes.length < 3)
    return {
      minutes,
      growth: undefined,
      slower: undefined,
      verdict: `${failed}; too short to judge memory and p99`,
    }
  const growth = last.memory / warm.memory
  const slower = last.p99 / warm.p99
  const verdict = [
    `memory ${growth <= MOST_GROWTH ? 'flat' : 'grows'} (last minute × ${growth.toFixed(2)} of the second)`,
    `p99 ${slower <= MOST_SLOWER ? 'steady' : 'rises'} (× ${slower.toFixed(2)})`,
    failed,
  ].join(', ')
  return { minutes, growth, slower, verdict }
}
