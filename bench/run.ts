/** Measures the server beside the floor, peers, itself and earlier commits; see docs/performance.md. */
import { parseArgs } from 'node:util'
import { against } from './against.ts'
import { goalsOfSettings, isReached, measureGoals } from './goals.ts'
import { runMixed } from './mixed.ts'
import { writeJson, writeReport } from './report.ts'
import { measureSetting, type Setting } from './setting.ts'
import { requireWrk } from './wrk.ts'

const PROJECTS = [1_000, 100_000, 1_000_000]
const ACCOUNTS = [1, 1_000]

const { values, positionals } = parseArgs({
  options: { against: { type: 'string' }, minutes: { type: 'string', default: '5' } },
  allowPositionals: true,
})
const minutes = Number(values.minutes)
if (!(Number.isInteger(minutes) && minutes > 0)) throw new Error('--minutes takes a whole number from 1')

requireWrk()
try {
  if (values.against !== undefined) await against(values.against)
  else if (positionals[0] === 'mixed') writeJson('mixed.json', await runMixed(minutes))
  else await runAll()
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}

async function runAll(): Promise<void> {
  const settings: Setting[] = []
  for (const accounts of ACCOUNTS)
    for (const projects of PROJECTS)
      settings.push(await measureSetting({ accounts, each: projects / accounts }))
  const { goals: others, walks } = await measureGoals()
  const goals = [...goalsOfSettings(settings), ...others]
  const mixed = await runMixed(minutes)
  writeReport({ settings, goals, walks, mixed })
  console.log('\nGoals')
  for (const goal of goals)
    console.log(
      `${isReached(goal) ? 'reached    ' : 'not reached'}  ${goal.value.toFixed(2)} (${goal.better === 'more' ? 'at least' : 'at most'} ${goal.goal})  ${goal.name}`,
    )
  console.log('\nWritten: docs/performance.md, and charts and figures in docs/performance/')
}
