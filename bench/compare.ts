import { untilQuiet } from './process.ts'
import type { Program } from './programs.ts'
import type { SentRequest } from './requests.ts'
import { CONNECTIONS, type Load, load } from './wrk.ts'

/** Seconds of one round; BENCH_SECONDS shortens it while working on the benchmark itself. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 2)
export const ROUNDS = 3
/** Rounds of what a goal judges, so that its verdict does not depend on a single one. */
export const JUDGED_ROUNDS = 7
const WARM_UP_SECONDS = 1
/** By what factor the rounds of a program are longer if it did not answer each caller once in the warm-up. */
const SLOW = 3

export interface Contestant {
  readonly program: Program
  readonly requests: SentRequest[]
  readonly rounds: number
}

export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

export interface Result {
  readonly program: string
  /** Length of a round. */
  readonly seconds: number
  readonly perSecond: Spread
  /** Milliseconds. */
  readonly p50: Spread
  readonly p99: Spread
  readonly errors: number
  /** Its throughput relative to that of the first contestant, round by round. */
  readonly ratio: Spread
}

/** Loads the programs in turn, in alternating order, so that drift over time affects all of them alike. */
export async function compare(contestants: readonly Contestant[]): Promise<Result[]> {
  const seconds: number[] = []
  for (const contestant of contestants) {
    const { requests } = await once(contestant, WARM_UP_SECONDS)
    seconds.push(requests < CONNECTIONS ? SLOW * SECONDS : SECONDS)
  }
  const rounds: Load[][] = []
  for (let round = 0; contestants.some((contestant) => round < contestant.rounds); round++) {
    const turns = contestants
      .map((contestant, at) => ({ contestant, at, length: seconds[at] ?? SECONDS }))
      .filter(({ contestant }) => round < contestant.rounds)
    const loads: Load[] = []
    for (const { contestant, at, length } of round % 2 === 0 ? turns : turns.reverse()) {
      const before = rounds.at(-1)?.[at]
      // A program that answered nobody in one round will not in the next, and takes long to become idle.
      loads[at] = before?.requests === 0 ? before : await once(contestant, length)
    }
    rounds.push(loads)
  }
  return contestants.map(({ program }, at) => resultOf(program.name, at, seconds[at] ?? SECONDS, rounds))
}

function resultOf(program: string, at: number, seconds: number, rounds: readonly Load[][]): Result {
  const each = (value: (load: Load, first: Load) => number) =>
    spreadOf(
      rounds.flatMap((loads) => {
        const own = loads[at]
        const [first] = loads
        return own && first ? [value(own, first)] : []
      }),
    )
  return {
    program,
    seconds,
    perSecond: each((own) => own.perSecond),
    p50: each((own) => own.p50),
    p99: each((own) => own.p99),
    errors: rounds.reduce((sum, loads) => sum + (loads[at]?.errors ?? 0), 0),
    ratio: each((own, first) => own.perSecond / first.perSecond),
  }
}

async function once({ program, requests }: Contestant, seconds: number): Promise<Load> {
  const result = await load(program.port, requests, seconds)
  await untilQuiet(program.pid)
  return result
}

function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.filter(Number.isFinite).toSorted((a, b) => a - b)
  return { median: median(sorted), lowest: sorted[0] ?? Number.NaN, highest: sorted.at(-1) ?? Number.NaN }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

const UNSTEADY = 0.2

/** Whether the rounds of one program differ so much that its figures say little. */
export const isUnsteady = ({ median, lowest, highest }: Spread) => (highest - lowest) / median > UNSTEADY
