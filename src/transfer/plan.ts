import type { TimeTrack } from '../sdk/index.ts'
import type { CheckedRow } from './check.ts'
import type { FileKind } from './file-kind.ts'

/** One operation of a batch; its fields are in a member of the name of the kind. */
interface Operation {
  readonly method: string
  readonly id?: number
  readonly [member: string]: unknown
}

/** What is to be done for one line, in this order. */
export interface Step {
  readonly line: number
  readonly creates: boolean
  readonly operations: readonly Operation[]
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

type Stored = Readonly<Record<string, unknown>> & { readonly id: number }

/** What the client of one kind of object does here. */
export interface ObjectsClient {
  list(
    query: object,
    options: { count: boolean },
  ): Promise<{ total: number | undefined; etag: string | undefined }>
  all(query: object): AsyncIterable<Stored>
  batch(
    body: { atomic: boolean; operations: readonly Operation[] },
    options: { idempotencyKey?: string | undefined },
  ): Promise<{ data: readonly { readonly errors?: readonly OperationError[] }[] }>
}

export interface OperationError {
  readonly code: number
  readonly detail: string
  readonly source?: { readonly pointer?: string }
}

/** The part of a client that has the objects of a kind. */
export const clientOf = (client: TimeTrack, { kind }: FileKind): ObjectsClient =>
  client[kind.noun.many as 'projects'] as unknown as ObjectsClient

const PAGE = 1_000

/** Compares the rows with every object of the kind that the server has; asks for nothing but pages. */
export async function makePlan(
  client: TimeTrack,
  kind: FileKind,
  rows: ReadonlyMap<string, CheckedRow>,
  watcher: Watcher,
): Promise<Plan> {
  const objects = clientOf(client, kind)
  const { total = 0, etag = '' } = await objects.list({ limit: 0 }, { count: true })
  const known = new Map<CheckedRow, Step | 'unchanged'>()
  let seen = 0
  for await (const object of objects.all({ limit: PAGE })) {
    watcher.show('Comparing', ++seen, total)
    const row = rows.get(kind.identityOf(object))
    if (row) known.set(row, updateOf(kind, row, object) ?? 'unchanged')
  }
  const steps: Step[] = []
  let unchanged = 0
  for (const row of rows.values()) {
    const step = known.get(row) ?? createOf(kind, row)
    if (step === 'unchanged') unchanged++
    else steps.push(step)
  }
  return { steps, unchanged, state: etag }
}

const createOf = ({ kind: { noun } }: FileKind, { line, values }: CheckedRow): Step => ({
  line,
  creates: true,
  operations: [{ method: 'create', [noun.one]: values }],
})

/**
 * Sets what the row has and the object has not; a field that the file lacks is left as it is. What an update leaves
 * alone has operations of its own.
 */
function updateOf(
  { kind: { noun, schemas, identity } }: FileKind,
  { line, values }: CheckedRow,
  object: Stored,
): Step | undefined {
  const { id } = object
  const changes = Object.entries(values).filter(
    ([field, value]) => field !== identity.within && object[field] !== value,
  )
  const updated = changes.filter(([field]) => Object.hasOwn(schemas.update.properties, field))
  const operations: Operation[] = changes
    .filter((change) => !updated.includes(change))
    .map(([field, value]) =>
      field === identity.name
        ? { method: 'rename', id, [noun.one]: { [field]: value } }
        : { method: value ? 'enable' : 'disable', id },
    )
  if (updated.length > 0) operations.push({ method: 'update', id, [noun.one]: Object.fromEntries(updated) })
  return operations.length > 0 ? { line, creates: false, operations } : undefined
}
