import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { chartOf, perSecondText } from './chart.ts'
import { isUnsteady, JUDGED_ROUNDS, type Result, ROUNDS, SECONDS } from './compare.ts'
import { type Goal, isReached } from './goals.ts'
import type { Mixed } from './mixed.ts'
import { onSqlite, type Page } from './pages.ts'
import { peers } from './peers.ts'
import type { Memory } from './process.ts'
import { ROOT } from './programs.ts'
import type { Setting } from './setting.ts'
import type { Walk } from './walk.ts'

export interface Outcome {
  readonly settings: readonly Setting[]
  readonly goals: readonly Goal[]
  readonly walks: readonly Walk[]
  readonly mixed: Mixed | undefined
}

const DOCS = join(ROOT, 'docs')

/** Writes a JSON file beside the charts. */
export function writeJson(name: string, value: object, page: Page = onSqlite): void {
  mkdirSync(join(DOCS, page.name), { recursive: true })
  const figures = JSON.stringify({ machine: machine(), ...value }, short, 1)
  writeFileSync(join(DOCS, page.name, name), `${figures}\n`)
}

/** Digits beyond those that the rounds agree on say nothing. */
const short = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value

/** Writes the page, its charts and the figures as JSON. */
export function writeReport(outcome: Outcome, page: Page): void {
  writeJson(
    'results.json',
    { seconds: SECONDS, rounds: ROUNDS, judgedRounds: JUDGED_ROUNDS, ...outcome },
    page,
  )
  for (const setting of outcome.settings)
    writeFileSync(join(DOCS, page.name, chartName(setting)), chartOf(setting))
  writeFileSync(join(DOCS, `${page.name}.md`), `${pageOf(outcome, page)}\n`)
}

function machine() {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }
}

function pageOf({ settings, goals, walks, mixed }: Outcome, page: Page): string {
  const { cores, processor, node, date } = machine()
  return [
    `# ${page.title}`,
    `Written by \`${page.command}\` on ${date}: ${cores} cores (${processor}), Node ${node}, wrk with one thread and 64
connections on the same machine, ${ROUNDS} rounds of ${SECONDS} s in alternating order (${JUDGED_ROUNDS} where a goal is set; three
times as long for a program that does not answer each caller once in a second), log level warn.
The figures as JSON: [results.json](${page.name}/results.json).`,
    steadiness(settings),
    '## Goals',
    table(
      ['', 'measured', 'goal', ''],
      goals.map((goal) => [
        goal.name,
        inUnit(goal.value, goal),
        `${goal.better === 'more' ? '≥' : '≤'} ${inUnit(goal.goal, goal)}`,
        isReached(goal) ? 'reached' : '**not reached**',
      ]),
    ),
    ...settings.flatMap((setting) => settingSection(setting, page)),
    ...walks.flatMap(walkSection),
    ...(mixed ? mixedSection(mixed) : []),
    page.howTo,
  ].join('\n\n')
}

function mixedSection(mixed: Mixed): string[] {
  return [
    '## Mixed load',
    `Sixteen reads, two creates and two updates of twenty requests, in an account of 100,000 projects: ${mixed.verdict}.`,
    table(
      ['minute', 'requests', 'errors', 'p50 ms', 'p99 ms', 'memory MB'],
      mixed.minutes.map(({ requests, errors, p50, p99, memory }, at) => [
        String(at + 1),
        requests.toLocaleString('en-US'),
        String(errors),
        p50.toFixed(1),
        p99.toFixed(1),
        memory.toFixed(0),
      ]),
    ),
  ]
}

/** The floor does the same work in every round; if its figures differ, the machine was busy with something else. */
export function steadiness(settings: readonly Setting[]): string {
  const floors = settings.flatMap(({ measures }) => measures.flatMap(({ results }) => results.slice(0, 1)))
  const unsteady = floors.filter(({ perSecond }) => isUnsteady(perSecond)).length
  return unsteady === 0
    ? 'The floor varied by less than 20 % between the rounds of every measure.'
    : `**Unsteady run:** the floor itself varied by more than 20 % in ${unsteady} of ${floors.length} measures, marked ~ below. Ratios there say little; run it again on a quiet machine.`
}

export const inUnit = (value: number, { unit }: Goal) =>
  unit === 'times' ? `× ${value.toFixed(2)}` : `${value.toFixed(0)} ${unit}`

function chartName({ accounts, each }: Setting): string {
  return accounts === 1 ? `${each}-projects.svg` : `${accounts}-accounts-of-${each}.svg`
}

function settingSection(setting: Setting, page: Page): string[] {
  const { accounts, each, programs, measures, memory } = setting
  const total = (accounts * each).toLocaleString('en-US')
  const where = accounts === 1 ? 'one account' : `${accounts.toLocaleString('en-US')} accounts`
  const rows = measures.map(({ measure, results }) => [
    measure,
    ...programs.map((program) => cellOf(results.find((result) => result.program === program))),
  ])
  const memoryRow = memory.map(({ idle, afterReads, afterAll }) =>
    [megabytes(idle?.now), megabytes(afterReads?.now), megabytes(afterAll?.peak)].join(' → '),
  )
  return [
    `## ${total} projects in ${where}`,
    `![Requests a second](${page.name}/${chartName(setting)})`,
    table(['', ...programs], [...rows, ['memory MB: idle → after the reads → most', ...memoryRow]]),
    page === onSqlite ? absentPeers(setting) : '',
  ].filter(Boolean)
}

function absentPeers({ accounts, programs }: Setting): string {
  const absent = peers.filter(({ name }) => !programs.includes(name)).map(({ name }) => name)
  if (absent.length === 0) return ''
  return accounts > 1
    ? 'Peers are measured with one account: they know no others.'
    : `Not measured here: ${absent.join(', ')}. Peers are measured up to 100,000 projects. json-server cannot hold this size in use: it keeps one JSON text, and writes all of it at every change.`
}

const megabytes = (value: Memory['now'] | undefined) => (value === undefined ? '?' : value.toFixed(0))

/** Requests a second, with their ratio to the floor and its spread; then p50 and p99. */
function cellOf(result: Result | undefined): string {
  if (!result) return 'cannot do it'
  const { perSecond, ratio, p50, p99, errors, program, seconds } = result
  if (perSecond.highest === 0) return `none within ${seconds} s`
  const spread =
    program === 'floor'
      ? `(${perSecondText(perSecond.lowest)}–${perSecondText(perSecond.highest)})${isUnsteady(perSecond) ? ' ~' : ''}`
      : Number.isNaN(ratio.median)
        ? ''
        : `× ${ratioText(ratio.median)} (${ratioText(ratio.lowest)}–${ratioText(ratio.highest)})`
  const latency = `${p50.median.toFixed(1)} / ${p99.median.toFixed(1)} ms`
  return `${perSecondText(perSecond.median)}/s ${spread}<br>${latency}${errors > 0 ? `, ${errors} errors` : ''}`
}

const ratioText = (ratio: number) => (ratio < 0.1 ? ratio.toFixed(3) : ratio.toFixed(2))

function walkSection({ limit, pages, groups, outside }: Walk): string[] {
  const what =
    limit === 1000
      ? 'From the first page of 1,000,000 projects to the last'
      : 'The first two hundred pages and the last two hundred'
  return [
    `## Following \`next\` with limit=${limit}`,
    `${what}, ${pages} pages by one caller. Medians of each hundred pages, in ms: ${groups.map((group) => group.toFixed(2)).join(', ')}. ${outside} single pages took more than 1.5 times the first hundred's median; the garbage collector and other work of the machine fall on single pages.`,
  ]
}

function table(headings: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
