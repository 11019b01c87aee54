import type { Engine } from '../engine.ts'
import { type Goal, goal, growth, inUnit, type Limit } from '../goals.ts'
import { paragraphs, table } from '../markdown.ts'
import type { Outcome } from '../part.ts'
import { PROJECTS, type Program, startTimeTrack } from '../programs.ts'
import { sampleNotes, sampleProject } from '../projects.ts'
import { send } from '../send.ts'
import { countText, empty, scaled } from '../sizes.ts'

const CHANGES = 10
const NOTES_LENGTH = 10_000
/** Each is created and deleted: 50,000 changes. */
const CREATED = scaled(25_000)
const BATCH = 1_000

interface Row {
  readonly what: string
  readonly bytes: number
  readonly unit: 'KiB' | 'MB'
  readonly limit: Limit | undefined
}

/** How much changes add to a database that was empty. */
export async function size(engine: Engine): Promise<Outcome> {
  console.log('\nSize of the database')
  const limit = growth[engine.name]
  const rows: Row[] = []
  for (const [what, body] of [
    ['rate', (change: number) => ({ hourRate: 100 + change })],
    ['notes', (change: number) => ({ notes: sampleNotes(change, NOTES_LENGTH) })],
  ] as const) {
    const bytes = await growthOf(engine, createOne, async (program) => {
      for (let change = 1; change <= CHANGES; change++)
        await send(program, { method: 'PUT', path: `${PROJECTS}/1`, body: body(change) })
    })
    const name = `${CHANGES} changes of the ${what} of a project with 10,000 characters of notes`
    rows.push({ what: name, bytes, unit: 'KiB', limit: limit?.tenChanges })
  }
  const bytes = await growthOf(engine, async () => {}, createAndDelete)
  const name = `${countText(2 * CREATED)} creates and deletes of projects, half of each`
  rows.push({ what: name, bytes, unit: 'MB', limit: limit?.createsAndDeletes })
  for (const row of rows) console.log(`${row.what}: ${valueText(row)}`)
  return { goals: rows.flatMap(goalOf), section: sectionOf(rows), figures: rows }
}

async function growthOf(
  engine: Engine,
  prepare: (program: Program) => Promise<unknown>,
  change: (program: Program) => Promise<unknown>,
): Promise<number> {
  const seed = await engine.take(empty, 'changes')
  const program = await startTimeTrack(seed)
  await prepare(program)
  const before = await engine.sizeOf(seed)
  await change(program)
  const after = await engine.sizeOf(seed)
  await program.stop()
  await engine.drop(seed)
  return after - before
}

const createOne = (program: Program) =>
  send(program, {
    method: 'POST',
    path: PROJECTS,
    body: { ...sampleProject(1, 1), notes: sampleNotes(0, NOTES_LENGTH) },
  })

/** In batches, which store what single requests would. */
async function createAndDelete(program: Program): Promise<void> {
  for (let done = 0; done < CREATED; done += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, CREATED - done) }, (_, at) => done + at + 1)
    await sendBatch(
      program,
      ids.map((id) => ({ method: 'create', project: sampleProject(id, CREATED) })),
    )
    await sendBatch(
      program,
      ids.map((id) => ({ method: 'delete', id })),
    )
  }
}

const sendBatch = (program: Program, operations: readonly object[]) =>
  send(program, { method: 'POST', path: `${PROJECTS}/batch`, body: { atomic: true, operations } })

const valueIn = ({ bytes, unit }: Row) => bytes / (unit === 'KiB' ? 1_024 : 1e6)

const valueText = (row: Row) => inUnit(valueIn(row), row)

const goalOf = (row: Row): Goal[] =>
  row.limit ? [goal(`Growth of the database: ${row.what}`, valueIn(row), row.limit)] : []

function sectionOf(rows: readonly Row[]): string {
  return paragraphs(
    '## Size of the database',
    'What changes add to a database that was empty, measured after a checkpoint.',
    table(
      ['', 'added'],
      rows.map((row) => [row.what, valueText(row)]),
    ),
  )
}
