import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { chartOf, perSecondText } from './chart.ts'
import { isUnsteady, type Result, ROUNDS, SECONDS } from './compare.ts'
import { type Goal, isReached } from './goals.ts'
import type { Mixed } from './mixed.ts'
import { peers } from './peers.ts'
import type { Memory } from './process.ts'
import { ROOT } from './programs.ts'
import type { Setting } from './setting.ts'
import type { Walk } from './walk.ts'

export interface Outcome {
  readonly settings: readonly Setting[]
  readonly goals: readonly Goal[]
  readonly walks: readonly Walk[]
  readonly mixed: Mixed
}

const FOLDER = join(ROOT, 'docs/performance')

/** Writes a JSON file beside the charts. */
export function writeJson(name: string, value: object): void {
  mkdirSync(FOLDER, { recursive: true })
  const figures = JSON.stringify({ machine: machine(), ...value }, short, 1)
  writeFileSync(join(FOLDER, name), `${figures}\n`)
}

/** More digits than the rounds agree on say nothing. */
const short = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value

/** Writes docs/performance.md, its charts and the figures as JSON. */
export function writeReport(outcome: Outcome): void {
  writeJson('results.json', { seconds: SECONDS, rounds: ROUNDS, ...outcome })
  for (const setting of outcome.settings) writeFileSync(join(FOLDER, chartName(setting)), chartOf(setting))
  writeFileSync(join(ROOT, 'docs/performance.md'), `${pageOf(outcome)}\n`)
}

function machine() {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }
}

function pageOf({ settings, goals, walks, mixed }: Outcome): string {
  const { cores, processor, node, date } = machine()
  return [
    '# Performance',
    `Written by \`npm run bench\` on ${date}: ${cores} cores (${processor}), Node ${node}, wrk with one thread and 64
connections on the same machine, ${ROUNDS} rounds of ${SECONDS} s in alternating order (three times as long for a
program that does not answer each caller once in a second), log level warn.
The figures as JSON: [results.json](performance/results.json).`,
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
    ...settings.flatMap(settingSection),
    ...walks.flatMap(walkSection),
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
    HOW_TO,
  ].join('\n\n')
}

/** The floor does the same work in every round; where it differs, the machine was busy with something else. */
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

function settingSection(setting: Setting): string[] {
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
    `![Requests a second](performance/${chartName(setting)})`,
    table(['', ...programs], [...rows, ['memory MB: idle → after the reads → most', ...memoryRow]]),
    absentPeers(setting),
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

/** Requests a second with their ratio to the floor and its spread; then p50 and p99. */
function cellOf(result: Result | undefined): string {
  if (!result) return 'cannot do it'
  const { perSecond, ratio, p50, p99, errors, program, seconds } = result
  if (perSecond.highest === 0) return `none within ${seconds} s`
  const spread =
    program === 'floor'
      ? `(${perSecondText(perSecond.lowest)}–${perSecondText(perSecond.highest)})${isUnsteady(perSecond) ? ' ~' : ''}`
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

const HOW_TO = `## Run it again

\`\`\`sh
npm run bench                      # all of this, about half an hour; the first time it seeds and installs the peers
npm run bench -- --against main    # the working tree beside an earlier commit, ten minutes
npm run bench:mixed -- --minutes 5 # the mixed load alone
BENCH_SECONDS=1 npm run bench -- --minutes 1  # a short form, to see that it works
\`\`\`

It needs wrk. Seeds are kept in \`bench/.cache\`, which may be deleted.

## How to read it

- **Ratios, not figures.** Every ratio comes from rounds side by side in this run; figures of another day or machine
  mean nothing beside these. A difference within the spread is a tie.
- **The floor** is \`bench/floor.mjs\`: node:http and SQLite with no authentication, no checks, no audit, one prepared
  statement and \`JSON.stringify\`. What the server does beyond that has to be paid for. Where it is ahead of the floor
  it does something in another way: it keeps projects as the text that is sent, shares fsyncs, and has an index for
  searching, which the floor has not.
- **64 callers on the same machine.** wrk takes a core. Latencies are those of a server under full load, mostly waiting;
  a lone caller sees much less. On two cores, two processes compete with wrk.
- **Writes** end on the disk of the machine: a disk with slow fsyncs helps the one that shares them, a fast one hurts it.
  json-server acknowledges before anything is on disk, and has no authentication and no search for part of a text.
- **Peers** run with their defaults, in their own dialect, with a JWT (feathers) or an API token (strapi). They do other
  things than this server, and more; the comparison is of what an integrator waits for. They count all matches for
  every page, since that is how they are set up; the server counts only where it is asked.
- **Creates come last** and make the account larger: by up to some ten thousand projects, also at 1,000.
- **Not in the tables:** a needle of which all parts are common but which stands nowhere is a scan of the account; see
  [ADR 10](adr/0010-search-index.md).`
