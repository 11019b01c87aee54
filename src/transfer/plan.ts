import type { Project, ProjectBatch, TimeTrack } from '../sdk/index.ts'
import { type CheckedRow, identityOf } from './check.ts'

type Operation = ProjectBatch['operations'][number]

/** What is to be done for one line. */
export interface Step {
  readonly line: number
  readonly operation: Operation
}

export interface Plan {
  readonly steps: readonly Step[]
  readonly unchanged: number
  /** Tag of what the server had when the plan was made. */
  readonly state: string
}

/** Is told how far the work is. */
export interface Watcher {
  show(label: 'Comparing' | 'Writing', done: number, total: number): void
}

const PAGE = 1_000

/** Compares the rows with every project that the server has; asks for nothing but pages. */
export async function makePlan(
  client: TimeTrack,
  rows: ReadonlyMap<string, CheckedRow>,
  watcher: Watcher,
): Promise<Plan> {
  const { total = 0, etag = '' } = await client.projects.list({ limit: 0 }, { count: true })
  const known = new Map<CheckedRow, Step | 'unchanged'>()
  let seen = 0
  for await (const project of client.projects.all({ limit: PAGE })) {
    watcher.show('Comparing', ++seen, total)
    const row = rows.get(identityOf(project))
    if (row) known.set(row, updateOf(row, project) ?? 'unchanged')
  }
  const steps: Step[] = []
  let unchanged = 0
  for (const row of rows.values()) {
    const step = known.get(row) ?? createOf(row)
    if (step === 'unchanged') unchanged++
    else steps.push(step)
  }
  return { steps, unchanged, state: etag }
}

const createOf = ({ line, project }: CheckedRow): Step => ({ line, operation: { method: 'create', project } })

/** Sets what the row has and the project has not; a field that the file lacks is left as it is. */
function updateOf(
  { line, project: { clientName: _, ...wanted } }: CheckedRow,
  project: Project,
): Step | undefined {
  const current: Readonly<Record<string, unknown>> = { ...project }
  const changes = Object.entries(wanted).filter(([name, value]) => current[name] !== value)
  if (changes.length === 0) return undefined
  return { line, operation: { method: 'update', id: project.id, project: Object.fromEntries(changes) } }
}
