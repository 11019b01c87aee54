import { compare, isUnsteady, JUDGED_ROUNDS, type Result, ROUNDS } from './compare.ts'
import { peers, startPeer } from './peers.ts'
import { type Memory, memoryOf } from './process.ts'
import { checkSameAnswers, type Program, startTimeTrack } from './programs.ts'
import { isRead, type Measure, measures, requestsFor, type Size } from './requests.ts'
import { type Store, sqlite } from './store.ts'

interface ProgramMemory {
  readonly program: string
  readonly idle: Memory | undefined
  readonly afterReads: Memory | undefined
  readonly afterAll: Memory | undefined
}

/** Everything measured at one size, each measure with a result for every program that can do it. */
export interface Setting extends Size {
  readonly programs: readonly string[]
  readonly measures: readonly { readonly measure: Measure; readonly results: readonly Result[] }[]
  readonly memory: readonly ProgramMemory[]
}

/** Peers have one account, and are measured at the sizes that they can hold. */
const peersOf = ({ accounts, each }: Size, store: Store) =>
  peers.filter(({ most }) => store === sqlite && accounts === 1 && each <= most)

export async function measureSetting(size: Size, store: Store): Promise<Setting> {
  const seeded = await store.take(size, 'changes')
  console.log(`\n${size.accounts} × ${size.each} projects`)
  const programs = [await store.startFloor(seeded), await startTimeTrack(seeded)]
  for (const peer of peersOf(size, store)) programs.push(await startPeer(peer, size.each))
  const outcomes: { measure: Measure; results: Result[] }[] = []
  let afterReads: (Memory | undefined)[] = []
  for (const measure of measures) {
    if (isRead(measure)) await checkFloor(programs, measure, size)
    else if (afterReads.length === 0) afterReads = programs.map(({ pid }) => memoryOf(pid))
    await store.rest()
    const isJudged = size.accounts === 1 && store.besideFloor.some((judged) => judged.measure === measure)
    const results = await measureOne(programs, measure, size, isJudged ? JUDGED_ROUNDS : ROUNDS)
    outcomes.push({ measure, results })
    print(measure, results)
  }
  const memory = programs.map(({ name, idle, pid }, at) => ({
    program: name,
    idle,
    afterReads: afterReads[at],
    afterAll: memoryOf(pid),
  }))
  for (const program of programs) await program.stop()
  await store.drop(seeded)
  return { ...size, programs: programs.map(({ name }) => name), measures: outcomes, memory }
}

const isPeer = (program: string) => peers.some(({ name }) => name === program)

/** Compares the programs that can do it; peers are far enough behind to need only the usual number of rounds. */
export async function measureOne(
  programs: readonly Program[],
  measure: Measure,
  size: Size,
  rounds = ROUNDS,
): Promise<Result[]> {
  const contestants = programs.map((program) => ({
    program,
    requests: requestsFor(measure, program.api, size, program.headersOf),
    rounds: isPeer(program.name) ? ROUNDS : rounds,
  }))
  const results = await compare(contestants.filter(({ requests }) => requests.length > 0))
  for (const { program, errors } of results)
    if (errors > 0 && !isPeer(program)) throw new Error(`${program} failed ${errors} times at: ${measure}`)
  return results
}

const CHECKED = 20

async function checkFloor(programs: readonly Program[], measure: Measure, size: Size): Promise<void> {
  const lists = programs
    .slice(0, 2)
    .map(({ port, api, headersOf }) =>
      requestsFor(measure, api, size, headersOf).map((request) => ({ port, request })),
    )
  for (let at = 0; at < CHECKED; at++) await checkSameAnswers(lists.flatMap((list) => list[at] ?? []))
}

export function print(measure: string, results: readonly Result[]): void {
  for (const { program, perSecond, ratio, p50, p99, errors } of results)
    console.log(
      [
        measure.padEnd(24),
        program.padEnd(12),
        `${perSecond.median.toFixed(0).padStart(6)}/s`,
        `p50 ${p50.median.toFixed(2).padStart(8)} ms`,
        `p99 ${p99.median.toFixed(2).padStart(8)} ms`,
        `× ${ratio.median.toFixed(3)} (${ratio.lowest.toFixed(3)} to ${ratio.highest.toFixed(3)})`,
        errors > 0 ? `${errors} errors` : '',
        isUnsteady(perSecond) ? 'unsteady' : '',
      ].join('  '),
    )
}
