/** Measures the server against goals, the floor, peers and earlier commits; see docs/performance*.md. */
import { against } from './against.ts'
import { isOnPostgres, isSmall, only, revision } from './options.ts'
import { pages } from './pages.ts'
import type { Outcome, Part } from './part.ts'
import { beside } from './parts/beside.ts'
import { floor } from './parts/floor.ts'
import { mixed } from './parts/mixed.ts'
import { paging } from './parts/paging.ts'
import { scaling } from './parts/scaling.ts'
import { size } from './parts/size.ts'
import { openPostgres } from './postgres.ts'
import { printGoals, writeReport } from './report.ts'
import { sqlite } from './sqlite.ts'
import { requireWrk } from './wrk.ts'

const parts: Readonly<Record<string, Part>> = { floor, scaling, paging, mixed, beside, size }
/** Memory and errors under load are those of the Node process, which the engine does not change. */
const onSqliteOnly = ['mixed']

requireWrk()
try {
  if (revision !== undefined) await against(revision)
  else await run()
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}

async function run(): Promise<void> {
  const available = Object.keys(parts).filter((name) => !(isOnPostgres && onSqliteOnly.includes(name)))
  const unknown = only?.find((name) => !available.includes(name))
  if (unknown !== undefined)
    throw new Error(`there is no part "${unknown}"; --only takes some of ${available.join(', ')}`)
  const engine = isOnPostgres ? await openPostgres() : sqlite
  const outcomes: Record<string, Outcome> = {}
  for (const name of available) {
    const part = parts[name]
    if (!part || (only && !only.includes(name))) continue
    const begin = performance.now()
    outcomes[name] = await part(engine)
    console.log(`\n${name} took ${((performance.now() - begin) / 60_000).toFixed(1)} min`)
  }
  printGoals(Object.values(outcomes))
  if (isSmall) return console.log('\nNothing was written: figures of small sizes say nothing.')
  if (only) return console.log('\nNothing was written: a report is of all parts.')
  const page = pages[engine.name]
  writeReport(outcomes, page)
  console.log(`\nWritten: docs/${page.name}.md, and charts and figures in docs/${page.name}/`)
}
