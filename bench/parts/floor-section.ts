import { isUnsteady, type Result } from '../compare.ts'
import type { Engine } from '../engine.ts'
import { paragraphs, table } from '../markdown.ts'
import { pages } from '../pages.ts'
import { peers } from '../peers.ts'
import { countText, type Size } from '../sizes.ts'
import { perSecondText } from './floor-chart.ts'
import type { SizeResult } from './floor-size.ts'

export const sectionOf = (sizes: readonly SizeResult[], engine: Engine) =>
  paragraphs(...sizes.map((size) => sizeSection(size, engine)))

export function chartName({ accounts, each }: Size): string {
  return accounts === 1 ? `${each}-projects.svg` : `${accounts}-accounts-of-${each}.svg`
}

function sizeSection(size: SizeResult, engine: Engine): string {
  const { accounts, each, programs, measures, memory } = size
  const where = accounts === 1 ? 'one account' : `${countText(accounts)} accounts`
  const rows = measures.map(({ measure, results }) => [
    measure,
    ...programs.map((program) => cellOf(results.find((result) => result.program === program))),
  ])
  const memoryRow = memory.map(({ idle, afterReads, afterAll }) =>
    [megabytes(idle?.now), megabytes(afterReads?.now), megabytes(afterAll?.peak)].join(' → '),
  )
  return paragraphs(
    `## ${countText(accounts * each)} projects in ${where}`,
    `![Requests a second](${pages[engine.name].name}/${chartName(size)})`,
    table(['', ...programs], [...rows, ['memory MB: idle → after the reads → peak', ...memoryRow]]),
    engine.name === 'sqlite' ? absentPeers(size) : '',
  )
}

function absentPeers({ accounts, programs }: SizeResult): string {
  const absent = peers.filter(({ name }) => !programs.includes(name)).map(({ name }) => name)
  if (absent.length === 0) return ''
  return accounts > 1
    ? 'Peers have no accounts, so they are measured with one only.'
    : `Not measured here: ${absent.join(', ')}. Peers are measured up to 100,000 projects. json-server cannot serve this size: it keeps everything in one JSON text, and writes all of it at every change.`
}

const megabytes = (value: number | undefined) => (value === undefined ? '?' : value.toFixed(0))

/** Requests a second with the ratio to the floor and its spread; then p50 and p99. */
function cellOf(result: Result | undefined): string {
  if (!result) return 'not supported'
  const { perSecond, p50, p99, errors, seconds } = result
  if (perSecond.highest === 0) return `none within ${seconds} s`
  const latency = `${p50.median.toFixed(1)} / ${p99.median.toFixed(1)} ms`
  return `${perSecondText(perSecond.median)}/s ${spreadText(result)}<br>${latency}${errors > 0 ? `, ${errors} errors` : ''}`
}

function spreadText({ program, perSecond, ratio, rounds }: Result): string {
  if (program === 'floor') {
    const spread = `(${perSecondText(perSecond.lowest)}–${perSecondText(perSecond.highest)})`
    return isUnsteady(perSecond) ? `${spread} ~` : spread
  }
  if (Number.isNaN(ratio.median)) return ''
  const spread = rounds > 1 ? ` (${ratioText(ratio.lowest)}–${ratioText(ratio.highest)})` : ''
  return `× ${ratioText(ratio.median)}${spread}`
}

const ratioText = (ratio: number) => (ratio < 0.1 ? ratio.toFixed(3) : ratio.toFixed(2))
