/** Measures the server against the floor, peers, itself and earlier commits; see docs/performance*.md. */
import { parseArgs } from 'node:util'
import { against } from './against.ts'
import { goalsOfMixed, goalsOfSettings, isReached, measureGoals } from './goals.ts'
import { runMixed } from './mixed.ts'
import { onPostgres, onSqlite, type Page } from './pages.ts'
import { openPostgresStore } from './postgres.ts'
import { inUnit, steadiness, writeJson, writeReport } from './report.ts'
import { measureSetting, type Setting } from './setting.ts'
import { type Store, sqlite } from './store.ts'
import { requireWrk } from './wrk.ts'

const PROJECTS = [1_000, 100_000, 1_000_000]

const { values, positionals } = parseArgs({
  options: {
    against: { type: 'string' },
    minutes: { type: 'string', default: '5' },
    postgres: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const minutes = Number(values.minutes)
if (!(Number.isInteger(minutes) && minutes > 0)) throw new Error('--minutes takes a whole number from 1')

requireWrk()
try {
  if (values.against !== undefined) await against(values.against)
  else if (positionals[0] === 'mixed') writeJson('mixed.json', await runMixed(minutes))
  else if (values.postgres) await runAll(await openPostgresStore(), onPostgres)
  else await runAll(sqlite, onSqlite)
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}

async function runAll(store: Store, page: Page): Promise<void> {
  const settings: Setting[] = []
  for (const accounts of store.accounts)
    for (const projects of PROJECTS)
      settings.push(await measureSetting({ accounts, each: projects / accounts }, store))
  const { goals: others, walks } = await measureGoals(store)
  const mixed = store === sqlite ? await runMixed(minutes) : undefined
  const goals = [...goalsOfSettings(settings, store), ...others, ...(mixed ? goalsOfMixed(mixed) : [])]
  writeReport({ settings, goals, walks, mixed }, page)
  console.log(`\n${steadiness(settings)}\n\nGoals`)
  for (const goal of goals) {
    const bound = `${goal.better === 'more' ? 'at least' : 'at most'} ${inUnit(goal.goal, goal)}`
    console.log(
      `${isReached(goal) ? 'reached    ' : 'not reached'}  ${inUnit(goal.value, goal)} (${bound})  ${goal.name}`,
    )
  }
  console.log(`\nWritten: docs/${page.name}.md, and charts and figures in docs/${page.name}/`)
}
