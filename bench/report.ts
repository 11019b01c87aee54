import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { MOST_ROUNDS, ROUNDS, SECONDS } from './compare.ts'
import { boundText, inUnit, isReached } from './goals.ts'
import { paragraphs, table } from './markdown.ts'
import type { Page } from './pages.ts'
import type { Outcome } from './part.ts'
import { ROOT } from './programs.ts'

const DOCS = join(ROOT, 'docs')

/** Writes the page, the files that it shows, and the figures as JSON. */
export function writeReport(outcomes: Readonly<Record<string, Outcome>>, page: Page): void {
  const folder = join(DOCS, page.name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const parts = Object.entries(outcomes)
  const figures = Object.fromEntries(parts.map(([name, outcome]) => [name, outcome.figures]))
  const goals = parts.flatMap(([, outcome]) => outcome.goals)
  const all = {
    machine: machine(),
    seconds: SECONDS,
    rounds: ROUNDS,
    mostRounds: MOST_ROUNDS,
    goals,
    ...figures,
  }
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(all, short, 1)}\n`)
  for (const [, { files = {} }] of parts)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  writeFileSync(join(DOCS, `${page.name}.md`), `${pageOf(Object.values(outcomes), page)}\n`)
}

/** More digits than the rounds agree on say nothing. */
const short = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value

function machine() {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }
}

function pageOf(outcomes: readonly Outcome[], page: Page): string {
  const { cores, processor, node, date } = machine()
  return paragraphs(
    `# ${page.title}`,
    `Written by \`${page.command}\` on ${date}: ${cores} cores (${processor}), Node ${node}, wrk with one thread and 64
connections on the same machine, ${ROUNDS} rounds of ${SECONDS} s in alternating order (up to ${MOST_ROUNDS} where a goal is near; one for
peers; three times as long for a program that cannot answer every caller once in a second), log level warn.
The figures as JSON: [results.json](${page.name}/results.json).`,
    ...outcomes.map(({ notice = '' }) => notice),
    '## Goals',
    table(
      ['', 'measured', 'goal', ''],
      outcomes
        .flatMap(({ goals }) => goals)
        .map((goal) => [
          goal.name,
          inUnit(goal.value, goal),
          boundText(goal),
          isReached(goal) ? 'reached' : '**not reached**',
        ]),
    ),
    ...outcomes.map(({ section }) => section),
    page.howTo,
  )
}

/** Prints the notices and the goals. */
export function printGoals(outcomes: readonly Outcome[]): void {
  for (const { notice } of outcomes) if (notice) console.log(`\n${notice}`)
  console.log('\nGoals')
  for (const goal of outcomes.flatMap(({ goals }) => goals))
    console.log(
      `${isReached(goal) ? 'reached    ' : 'not reached'}  ${inUnit(goal.value, goal)} (${boundText(goal)})  ${goal.name}`,
    )
}
