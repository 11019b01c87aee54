import { compare, type Result } from '../compare.ts'
import type { Engine } from '../engine.ts'
import { type Goal, goal, type Limit, limits, twoProcesses } from '../goals.ts'
import type { Outcome } from '../part.ts'
import { printResults } from '../print.ts'
import { type Program, startTimeTrack } from '../programs.ts'
import { type Measure, requestsFor } from '../requests.ts'
import type { Seed } from '../seed.ts'
import {
  countText,
  hundredThousand,
  manyAccounts,
  oneMillion,
  oneThousand,
  type Size,
  tenThousand,
} from '../sizes.ts'
import { measureOne } from './floor-size.ts'

/** What a second process adds, and what a larger account or more accounts cost. */
export async function scaling(engine: Engine): Promise<Outcome> {
  console.log('\nServers side by side')
  const goals = [
    await workers(engine),
    ...(await inLargeAccount(engine, [
      ['page of 50', limits.pageInLargeAccount],
      ['selective needle', limits.searchInLargeAccount],
    ])),
    ...(await amongAccounts(engine, ['selective needle', 'common needle', 'absent needle'])),
  ]
  return { goals, section: '', figures: goals }
}

async function workers(engine: Engine): Promise<Goal> {
  const limit = twoProcesses[engine.name]
  const value = await withServers(engine, [hundredThousand], async ([one]) => {
    const two = await startTimeTrack(one.seed, { name: 'WORKERS=2', workers: 2 })
    const judged = { by: 'ratio', limit: limit.limit } as const
    const results = await measureOne([one.program, two], 'one item', hundredThousand, judged)
    await two.stop()
    printResults('one item', results)
    return results[1]?.ratio.median ?? Number.NaN
  })
  return goal('one item: throughput of two processes (WORKERS=2) relative to one', value, limit)
}

function inLargeAccount(engine: Engine, measures: readonly [Measure, Limit][]): Promise<Goal[]> {
  return withServers(engine, [tenThousand, oneMillion], async ([small, large]) => {
    const goals: Goal[] = []
    for (const [measure, limit] of measures) {
      const value = await p50Ratio(measure, limit, [small, 1], [large, 1])
      const name = `${measure}: p50 among ${countText(oneMillion.each)} projects relative to ${countText(tenThousand.each)}`
      goals.push(goal(name, value, limit))
    }
    return goals
  })
}

function amongAccounts(engine: Engine, measures: readonly Measure[]): Promise<Goal[]> {
  return withServers(engine, [oneThousand, manyAccounts], async ([alone, many]) => {
    const goals: Goal[] = []
    for (const measure of measures) {
      const value = await p50Ratio(
        measure,
        limits.amongAccounts,
        [alone, 1],
        [many, manyAccounts.accounts / 2],
      )
      const name = `${measure}: p50 in one of ${countText(manyAccounts.accounts)} accounts of 1,000 projects relative to the same account alone`
      goals.push(goal(name, value, limits.amongAccounts))
    }
    return goals
  })
}

interface Server {
  readonly program: Program
  readonly seed: Seed
}

/** The p50 of the second server's account relative to the first's. */
async function p50Ratio(
  measure: Measure,
  { limit }: Limit,
  ...pair: [server: Server, account: number][]
): Promise<number> {
  const contestants = pair.map(([{ program, seed }, account], at) => ({
    program,
    requests: requestsFor(measure, program.api, { accounts: 1, each: seed.each }, () =>
      program.headersOf(account),
    ),
    ...(at === 1 && { judged: { by: 'p50Ratio', limit } as const }),
  }))
  const results: Result[] = await compare(contestants)
  printResults(measure, results)
  return results[1]?.p50Ratio.median ?? Number.NaN
}

/** Runs servers on databases of these sizes, for reads alone. */
async function withServers<Sizes extends readonly Size[], T>(
  engine: Engine,
  sizes: readonly [...Sizes],
  work: (servers: { [At in keyof Sizes]: Server }) => Promise<T>,
): Promise<T> {
  const servers: Server[] = []
  for (const size of sizes) {
    const seed = await engine.take(size, 'reads')
    servers.push({ seed, program: await startTimeTrack(seed, { name: `${size.accounts}×${size.each}` }) })
  }
  await engine.rest()
  const value = await work(servers as { [At in keyof Sizes]: Server })
  for (const { program, seed } of servers) {
    await program.stop()
    await engine.drop(seed)
  }
  return value
}
