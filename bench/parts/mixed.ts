import type { Engine } from '../engine.ts'
import { type Goal, goal, limits } from '../goals.ts'
import { paragraphs, table } from '../markdown.ts'
import { isSmall, minutes } from '../options.ts'
import type { Outcome } from '../part.ts'
import { memoryOf } from '../process.ts'
import { startTimeTrack } from '../programs.ts'
import { requestsFor } from '../requests.ts'
import { countText, hundredThousand } from '../sizes.ts'
import { load } from '../wrk.ts'

const SECONDS_PER_MINUTE = isSmall ? 3 : 60

interface Minute {
  readonly requests: number
  readonly errors: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** MB at its end. */
  readonly memory: number
}

/** Four reads to one change for some minutes: does memory grow, do answers slow down? */
export async function mixed(engine: Engine): Promise<Outcome> {
  const seed = await engine.take(hundredThousand, 'changes')
  const server = await startTimeTrack(seed)
  const requests = requestsFor('mixed load', server.api, hundredThousand, server.headersOf)
  console.log(`\nMixed load, ${minutes} minutes\nminute  requests  errors    p50 ms    p99 ms    MB`)
  const all: Minute[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    const { requests: answered, errors, p50, p99 } = await load(server.port, requests, SECONDS_PER_MINUTE)
    const memory = memoryOf(server.pid)?.now ?? Number.NaN
    all.push({ requests: answered, errors, p50, p99, memory })
    const cells = [minute, answered, errors, p50.toFixed(2), p99.toFixed(2), memory.toFixed(0)]
    const widths = [6, 8, 6, 8, 8, 4]
    console.log(cells.map((cell, at) => String(cell).padStart(widths[at] ?? 0)).join('  '))
  }
  await server.stop()
  await engine.drop(seed)
  return { goals: goalsOf(all), section: sectionOf(all), figures: all }
}

/** The last minute is compared with the second, when the server is warm. */
function goalsOf(all: readonly Minute[]): Goal[] {
  const [, warm] = all
  const last = all.at(-1)
  const errors = all.reduce((sum, minute) => sum + minute.errors, 0)
  const relative = (what: string, limit: (typeof limits)['mixedP99'], value: (minute: Minute) => number) =>
    warm && last && all.length > 2
      ? [
          goal(
            `Mixed load: ${what} of the last minute relative to the second`,
            value(last) / value(warm),
            limit,
          ),
        ]
      : []
  return [
    ...relative('memory', limits.mixedMemory, ({ memory }) => memory),
    ...relative('p99', limits.mixedP99, ({ p99 }) => p99),
    goal('Mixed load: errors', errors, limits.mixedErrors),
  ]
}

function sectionOf(all: readonly Minute[]): string {
  return paragraphs(
    '## Mixed load',
    `Of twenty requests sixteen are reads, two creates and two updates, in an account of ${countText(hundredThousand.each)} projects.`,
    table(
      ['minute', 'requests', 'errors', 'p50 ms', 'p99 ms', 'memory MB'],
      all.map(({ requests, errors, p50, p99, memory }, at) => [
        String(at + 1),
        countText(requests),
        String(errors),
        p50.toFixed(1),
        p99.toFixed(1),
        memory.toFixed(0),
      ]),
    ),
  )
}
