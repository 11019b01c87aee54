/** Prints how fast the server is beside the floor program, as ratios from one run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkSameAnswers, type Program, startFloor, startTimeTrack } from './programs.ts'
import { seed } from './seed.ts'
import { ensureWrk, requestsPerSecond } from './wrk.ts'

const PROJECTS = 10_000
const ROUNDS = 5
const SECONDS = 3

const measures = [
  { name: 'one item', path: `/api/v2/ext/projects/${PROJECTS / 2}` },
  { name: 'page of 50', path: '/api/v2/ext/projects' },
]

ensureWrk()
const folder = mkdtempSync(join(tmpdir(), 'timetrack-bench-'))
const programs: Program[] = []
try {
  console.log(`Seeding ${PROJECTS} projects …`)
  const seeded = await seed(folder, PROJECTS)
  const floor = await startFloor(seeded)
  programs.push(floor)
  const server = await startTimeTrack(seeded)
  programs.push(server)
  for (const { path } of measures) await checkSameAnswers(floor, server, path)

  console.log(
    `wrk -t1 -c64, ${ROUNDS} rounds of ${SECONDS} s in alternating order, log level warn, ${availableParallelism()} cores\n`,
  )
  console.log('measure      floor req/s   server req/s   ratio   (lowest to highest)')
  for (const measure of measures) console.log(compare(measure, floor, server))
} finally {
  for (const program of programs) program.stop()
  rmSync(folder, { recursive: true, force: true })
}

function compare({ name, path }: { name: string; path: string }, floor: Program, server: Program): string {
  for (const program of [floor, server]) requestsPerSecond(program, path, 2)
  const ratios: number[] = []
  const speeds = { floor: [] as number[], server: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const order = [
      ['floor', floor],
      ['server', server],
    ] as const
    const speed = { floor: 0, server: 0 }
    for (const [which, program] of round % 2 === 0 ? order : order.toReversed())
      speed[which] = requestsPerSecond(program, path, SECONDS)
    speeds.floor.push(speed.floor)
    speeds.server.push(speed.server)
    ratios.push(speed.server / speed.floor)
  }
  const spread = `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`
  const cells = [median(speeds.floor).toFixed(0).padStart(11), median(speeds.server).toFixed(0).padStart(14)]
  return `${name.padEnd(12)} ${cells.join(' ')} ${median(ratios).toFixed(2).padStart(7)}   ${spread}`
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
