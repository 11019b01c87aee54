import { isUnsteady } from '../compare.ts'
import type { Engine } from '../engine.ts'
import { type Goal, goal, type Limit, limits, vsFloor } from '../goals.ts'
import type { Outcome } from '../part.ts'
import { peers } from '../peers.ts'
import type { Measure } from '../requests.ts'
import { countText, hundredThousand, manyAccounts, oneMillion, oneThousand } from '../sizes.ts'
import { chartOf } from './floor-chart.ts'
import { chartName, sectionOf } from './floor-section.ts'
import { measureSize, type SizeResult } from './floor-size.ts'

/** The server, the floor and the peers side by side, at several sizes. */
export async function floor(engine: Engine): Promise<Outcome> {
  const single = [oneThousand, hundredThousand, oneMillion]
  const sizes: SizeResult[] = []
  for (const size of engine.name === 'sqlite' ? [...single, manyAccounts] : single)
    sizes.push(await measureSize(size, engine))
  return {
    goals: goalsOf(sizes, engine),
    section: sectionOf(sizes, engine),
    figures: sizes,
    files: Object.fromEntries(sizes.map((size) => [chartName(size), chartOf(size)])),
    notice: steadiness(sizes),
  }
}

function goalsOf(sizes: readonly SizeResult[], { name }: Engine): Goal[] {
  const single = sizes.filter(({ accounts }) => accounts === 1)
  const idle = sizes.flatMap(({ memory }) =>
    memory.filter(({ program }) => program === 'timetrack').map((own) => own.idle?.now ?? Number.NaN),
  )
  const measures = Object.entries(vsFloor[name]) as [Measure, Limit][]
  return [
    ...measures.flatMap(([measure, limit]) => single.map((size) => besideFloor(size, measure, limit))),
    ...(['one item', 'page of 50'] as const).flatMap((measure) =>
      single.flatMap((size) => besidePeers(size, measure)),
    ),
    goal('Idle memory of one process', Math.max(...idle), limits.idleMemory),
  ]
}

function besideFloor(size: SizeResult, measure: Measure, limit: Limit): Goal {
  const value = resultOf(size, measure, 'timetrack')?.ratio.median ?? Number.NaN
  return goal(`${measure}, ${countText(size.each)} projects: throughput relative to the floor`, value, limit)
}

function besidePeers(size: SizeResult, measure: Measure): Goal[] {
  const throughput = (program: string) => resultOf(size, measure, program)?.perSecond.median ?? Number.NaN
  const others = peers
    .filter(({ name, authenticates }) => authenticates && size.programs.includes(name))
    .map(({ name }) => throughput(name))
  if (others.length === 0) return []
  const name = `${measure}, ${countText(size.each)} projects: throughput relative to the fastest peer that authenticates`
  return [goal(name, throughput('timetrack') / Math.max(...others), limits.vsPeers)]
}

const resultOf = ({ measures }: SizeResult, measure: Measure, program: string) =>
  measures.find((each) => each.measure === measure)?.results.find((result) => result.program === program)

/** The floor does the same work in every round; where it varies, the machine was busy with something else. */
function steadiness(sizes: readonly SizeResult[]): string {
  const floors = sizes.flatMap(({ measures }) => measures.flatMap(({ results }) => results.slice(0, 1)))
  const unsteady = floors.filter(({ perSecond }) => isUnsteady(perSecond)).length
  return unsteady === 0
    ? 'The floor varied by less than 20 % between the rounds of every measure.'
    : `**Unsteady run:** the floor itself varied by more than 20 % in ${unsteady} of ${floors.length} measures, marked ~ below. Ratios there say little; run it again on a quiet machine.`
}
