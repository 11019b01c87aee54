import { compare, JUDGED_ROUNDS } from './compare.ts'
import { type Mixed, MOST_GROWTH, MOST_SLOWER } from './mixed.ts'
import { peers } from './peers.ts'
import { startTimeTrack } from './programs.ts'
import { type Measure, requestsFor, type Size } from './requests.ts'
import type { Seed } from './seed.ts'
import { measureOne, print, type Setting } from './setting.ts'
import type { Store } from './store.ts'
import { type Walk, walkLists } from './walk.ts'

export interface Goal {
  readonly name: string
  readonly value: number
  readonly goal: number
  readonly better: 'more' | 'less'
  readonly unit: 'times' | 'MB' | 'errors'
}

export const isReached = ({ value, goal, better }: Goal) =>
  better === 'more' ? value >= goal : value <= goal

const ONE_THOUSAND: Size = { accounts: 1, each: 1_000 }
const TEN_THOUSAND: Size = { accounts: 1, each: 10_000 }
const HUNDRED_THOUSAND: Size = { accounts: 1, each: 100_000 }
const MILLION: Size = { accounts: 1, each: 1_000_000 }
const MANY_ACCOUNTS: Size = { accounts: 1_000, each: 1_000 }
const ANY_ACCOUNT = 500

const times = (name: string, value: number, better: Goal['better'], goal: number): Goal => ({
  name,
  value,
  goal,
  better,
  unit: 'times',
})

/** The goals that follow from the measures at each size. */
export function goalsOfSettings(settings: readonly Setting[], { besideFloor }: Store): Goal[] {
  const single = settings.filter(({ accounts }) => accounts === 1)
  const idle = settings.flatMap(({ memory }) =>
    memory.filter(({ program }) => program === 'timetrack').map((own) => own.idle?.now ?? Number.NaN),
  )
  return [
    ...besideFloor.flatMap(({ measure, whom, goal }) => beside(single, measure, whom, goal)),
    ...aheadOfPeers(single, 'one item'),
    ...aheadOfPeers(single, 'page of 50'),
    { name: 'Idle memory of one process', value: Math.max(...idle), better: 'less', goal: 120, unit: 'MB' },
  ]
}

export function goalsOfMixed({ minutes, growth, slower }: Mixed): Goal[] {
  const errors = minutes.reduce((sum, minute) => sum + minute.errors, 0)
  const beside = (what: string, value: number | undefined, goal: number): Goal[] =>
    value === undefined
      ? []
      : [times(`Mixed load: ${what} of the last minute beside the second`, value, 'less', goal)]
  return [
    ...beside('memory', growth, MOST_GROWTH),
    ...beside('p99', slower, MOST_SLOWER),
    { name: 'Mixed load: errors', value: errors, better: 'less', goal: 0, unit: 'errors' },
  ]
}

function beside(settings: readonly Setting[], measure: Measure, whom: string, goal: number): Goal[] {
  return settings.map((setting) =>
    times(
      `${measure}, ${count(setting.each)} projects: the server beside ${whom}`,
      resultOf(setting, measure, 'timetrack')?.ratio.median ?? Number.NaN,
      'more',
      goal,
    ),
  )
}

function aheadOfPeers(settings: readonly Setting[], measure: Measure): Goal[] {
  return settings.flatMap((setting) => {
    const own = resultOf(setting, measure, 'timetrack')?.perSecond.median ?? Number.NaN
    const others = peers
      .filter(({ name, authenticates }) => authenticates && setting.programs.includes(name))
      .map(({ name }) => resultOf(setting, measure, name)?.perSecond.median ?? Number.NaN)
    if (others.length === 0) return []
    const name = `${measure}, ${count(setting.each)} projects: the server beside the fastest peer that authenticates`
    return times(name, own / Math.max(...others), 'more', 1)
  })
}

const resultOf = (setting: Setting, measure: Measure, program: string) =>
  setting.measures
    .find((each) => each.measure === measure)
    ?.results.find((result) => result.program === program)

const count = (number: number) => number.toLocaleString('en-US')

/** The goals that need two servers side by side, or a walk along a list. */
export async function measureGoals(store: Store): Promise<{ goals: Goal[]; walks: Walk[] }> {
  console.log('\nServers beside each other')
  const goals = [await workers(store)]
  goals.push(await atAMillion(store, 'page of 50', 1.5), await atAMillion(store, 'selective needle', 3))
  for (const measure of ['selective needle', 'common needle', 'absent needle'] as const)
    goals.push(await amongOthers(store, measure))
  const walks = await withServers(store, [MILLION], async ([server]) =>
    server ? walkLists(server.program) : [],
  )
  for (const { limit, slowest, pages, outside } of walks) {
    const name = `Following next, limit=${limit}: the slowest hundred pages beside the first (medians; ${outside} of ${pages} single pages above 1.5)`
    goals.push(times(name, slowest, 'less', 1.5))
  }
  return { goals, walks }
}

async function workers(store: Store): Promise<Goal> {
  const value = await withServers(store, [HUNDRED_THOUSAND], async ([one]) => {
    if (!one) return Number.NaN
    const two = await startTimeTrack(one.seeded, { name: 'WORKERS=2', workers: 2 })
    const results = await measureOne([one.program, two], 'one item', HUNDRED_THOUSAND, JUDGED_ROUNDS)
    await two.stop()
    print('one item', results)
    return results[1]?.ratio.median ?? Number.NaN
  })
  return times('one item: two processes (WORKERS=2) beside one', value, 'more', store.twoProcesses)
}

async function atAMillion(store: Store, measure: Measure, goal: number): Promise<Goal> {
  const value = await p50Beside(store, measure, TEN_THOUSAND, MILLION, 1)
  return times(`${measure}: p50 among 1,000,000 projects beside 10,000`, value, 'less', goal)
}

async function amongOthers(store: Store, measure: Measure): Promise<Goal> {
  const value = await p50Beside(store, measure, ONE_THOUSAND, MANY_ACCOUNTS, ANY_ACCOUNT)
  const name = `${measure}: p50 in an account of 1,000 among 1,000 such accounts, beside the same account alone`
  return times(name, value, 'less', 1.5)
}

/** The p50 of one account of the second size, relative to that of the first. */
function p50Beside(
  store: Store,
  measure: Measure,
  first: Size,
  second: Size,
  account: number,
): Promise<number> {
  return withServers(store, [first, second], async ([one, other]) => {
    if (!one || !other) return Number.NaN
    const contestants = [
      { ...one, account: 1 },
      { ...other, account },
    ].map(({ program, seeded, account }) => ({
      program,
      requests: requestsFor(measure, program.api, { accounts: 1, each: seeded.each }, () =>
        program.headersOf(account),
      ),
      rounds: JUDGED_ROUNDS,
    }))
    const results = await compare(contestants)
    print(measure, results)
    return (results[1]?.p50.median ?? Number.NaN) / (results[0]?.p50.median ?? Number.NaN)
  })
}

async function withServers<T>(
  store: Store,
  sizes: readonly Size[],
  work: (servers: { program: Awaited<ReturnType<typeof startTimeTrack>>; seeded: Seed }[]) => Promise<T>,
): Promise<T> {
  const servers = []
  for (const size of sizes) {
    const seeded = await store.take(size, 'reads')
    const name = `${size.accounts}×${size.each}`
    servers.push({ seeded, program: await startTimeTrack(seeded, { name }) })
  }
  await store.rest()
  const value = await work(servers)
  for (const { program, seeded } of servers) {
    await program.stop()
    await store.drop(seeded)
  }
  return value
}
