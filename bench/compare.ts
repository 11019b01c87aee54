import { isSmall } from './options.ts'
import { untilQuiet } from './process.ts'
import type { Program } from './programs.ts'
import type { SentRequest } from './requests.ts'
import { CONNECTIONS, type Load, load } from './wrk.ts'

/** Length of a round in seconds. */
export const SECONDS = isSmall ? 1 : 2
export const ROUNDS = 3
/** The most rounds of a measure with a goal: it goes on while its verdict may hang on a single round. */
export const MOST_ROUNDS = isSmall ? ROUNDS : 7
/** A verdict is clear once every round is off the limit by this much. */
const MARGIN = 0.1
const WARM_UP_SECONDS = 1
/** How many times longer the rounds are of a program that cannot answer every caller once in the warm-up. */
const SLOW = 3

export interface Contestant {
  readonly program: Program
  readonly requests: SentRequest[]
  readonly rounds?: number
  readonly judged?: Judged | undefined
}

/** The ratio on which a goal depends, and the limit of that goal. */
export interface Judged {
  readonly by: 'ratio' | 'p50Ratio'
  readonly limit: number
}

export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

export interface Result {
  readonly program: string
  readonly rounds: number
  /** Length of a round. */
  readonly seconds: number
  readonly perSecond: Spread
  /** Milliseconds. */
  readonly p50: Spread
  readonly p99: Spread
  readonly errors: number
  /** Throughput relative to the first contestant, round by round. */
  readonly ratio: Spread
  readonly p50Ratio: Spread
}

/** Loads the programs in turn, in alternating order, so that whatever changes over time affects all of them. */
export async function compare(contestants: readonly Contestant[]): Promise<Result[]> {
  const seconds: number[] = []
  for (const contestant of contestants) {
    const { requests } = await once(contestant, WARM_UP_SECONDS)
    seconds.push(requests < CONNECTIONS ? SLOW * SECONDS : SECONDS)
  }
  const rounds: Load[][] = []
  for (;;) {
    const open = contestants.map((contestant, at) => needsMore(contestant, resultOf(at)))
    if (!open.includes(true)) break
    // Ratios need the first contestant in every round.
    const turns = contestants.map((_, at) => at).filter((at) => at === 0 || open[at])
    const loads: Load[] = []
    for (const at of rounds.length % 2 === 0 ? turns : turns.reverse()) loads[at] = await turn(at)
    rounds.push(loads)
  }
  return contestants.map((_, at) => resultOf(at))

  async function turn(at: number): Promise<Load> {
    const before = rounds.at(-1)?.[at]
    // One that answered nobody in a round would not in the next either, and takes long to come to rest.
    return before?.requests === 0 ? before : once(contestants[at] as Contestant, seconds[at] ?? SECONDS)
  }

  function resultOf(at: number): Result {
    const pairs = rounds.flatMap((loads) => {
      const [first] = loads
      const own = loads[at]
      return own && first ? [{ own, first }] : []
    })
    const spread = (value: (pair: { own: Load; first: Load }) => number) => spreadOf(pairs.map(value))
    return {
      program: contestants[at]?.program.name ?? '',
      rounds: pairs.length,
      seconds: seconds[at] ?? SECONDS,
      perSecond: spread(({ own }) => own.perSecond),
      p50: spread(({ own }) => own.p50),
      p99: spread(({ own }) => own.p99),
      errors: pairs.reduce((sum, { own }) => sum + own.errors, 0),
      ratio: spread(({ own, first }) => own.perSecond / first.perSecond),
      p50Ratio: spread(({ own, first }) => own.p50 / first.p50),
    }
  }
}

function needsMore({ rounds = ROUNDS, judged }: Contestant, result: Result): boolean {
  if (result.rounds < rounds) return true
  if (judged === undefined || result.rounds >= MOST_ROUNDS) return false
  const { lowest, highest } = result[judged.by]
  return lowest < judged.limit * (1 + MARGIN) && highest > judged.limit * (1 - MARGIN)
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

export const median = (numbers: readonly number[]) => quantile(numbers, 0.5)

/** The value that a share of the numbers lies below; NaN of none. */
export function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN
}

const UNSTEADY = 0.2

/** Whether the rounds of one program differ so much that its figures say little. */
export const isUnsteady = ({ median, lowest, highest }: Spread) => (highest - lowest) / median > UNSTEADY
