import { compare, type Judged, type Result } from '../compare.ts'
import type { Engine } from '../engine.ts'
import { type Limit, vsFloor } from '../goals.ts'
import { peers, startPeer } from '../peers.ts'
import { printResults } from '../print.ts'
import { type Memory, memoryOf } from '../process.ts'
import { checkSameAnswers, type Program, startTimeTrack } from '../programs.ts'
import { isRead, type Measure, measures, requestsFor } from '../requests.ts'
import { hundredThousand, type Size } from '../sizes.ts'

interface ProgramMemory {
  readonly program: string
  readonly idle: Memory | undefined
  readonly afterReads: Memory | undefined
  readonly afterAll: Memory | undefined
}

/** All that was measured at one size: for each measure a result of every program that supports it. */
export interface SizeResult extends Size {
  readonly programs: readonly string[]
  readonly measures: readonly { readonly measure: Measure; readonly results: readonly Result[] }[]
  readonly memory: readonly ProgramMemory[]
}

/** Peers have one account, and not all of them can hold more projects. */
const peersAt = ({ accounts, each }: Size, engine: Engine) =>
  engine.name === 'sqlite' && accounts === 1 && each <= hundredThousand.each ? peers : []

export async function measureSize(size: Size, engine: Engine): Promise<SizeResult> {
  const seed = await engine.take(size, 'changes')
  console.log(`\n${size.accounts} × ${size.each} projects`)
  const programs = [await engine.startFloor(seed), await startTimeTrack(seed)]
  for (const peer of peersAt(size, engine)) programs.push(await startPeer(peer, size.each))
  const outcomes: { measure: Measure; results: Result[] }[] = []
  let afterReads: (Memory | undefined)[] = []
  for (const measure of measures) {
    if (isRead(measure)) await checkFloor(programs, measure, size)
    else if (afterReads.length === 0) afterReads = programs.map(({ pid }) => memoryOf(pid))
    await engine.rest()
    const results = await measureOne(programs, measure, size, judgedBy(measure, size, engine))
    outcomes.push({ measure, results })
    printResults(measure, results)
  }
  const memory = programs.map(({ name, idle, pid }, at) => ({
    program: name,
    idle,
    afterReads: afterReads[at],
    afterAll: memoryOf(pid),
  }))
  for (const program of programs) await program.stop()
  await engine.drop(seed)
  return { ...size, programs: programs.map(({ name }) => name), measures: outcomes, memory }
}

function judgedBy(measure: Measure, { accounts }: Size, { name }: Engine): Judged | undefined {
  const goals: Partial<Record<Measure, Limit>> = vsFloor[name]
  const limit = accounts === 1 ? goals[measure]?.limit : undefined
  return limit === undefined ? undefined : { by: 'ratio', limit }
}

const isPeer = (program: string) => peers.some(({ name }) => name === program)

/**
 * Compares the programs that support the measure; the second may be judged. Peers are so far behind that one round
 * tells their place.
 */
export async function measureOne(
  programs: readonly Program[],
  measure: Measure,
  size: Size,
  judged?: Judged,
): Promise<Result[]> {
  const contestants = programs.map((program, at) => ({
    program,
    requests: requestsFor(measure, program.api, size, program.headersOf),
    ...(isPeer(program.name) && { rounds: 1 }),
    ...(at === 1 && { judged }),
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
