import { MOST_OPERATIONS } from '../resource/batch-schema.ts'
import { type ProjectBatch, type TimeTrack, TimeTrackError } from '../sdk/index.ts'
import { faultAt } from './check.ts'
import type { Plan, Step, Watcher } from './plan.ts'
import type { RowFault } from './row.ts'

/** Half of what a batch may have, so that many long notes fit. */
const MOST_BYTES = 8 * 1_048_576

/** Makes the Idempotency-Key of a batch on a state of the server. */
export type KeyOf = (state: string, body: ProjectBatch) => string

export interface Done {
  created: number
  updated: number
  readonly faults: RowFault[]
  /** Why the work stopped before its end. */
  stopped?: unknown
}

/**
 * Sends the steps in batches. With `partial` each step is done or refused for itself; otherwise each batch is done
 * wholly or not at all, and the first that is refused ends the work.
 */
export async function applyPlan(
  client: TimeTrack,
  { steps, state }: Plan,
  partial: boolean,
  watcher: Watcher,
  keyOf?: KeyOf,
): Promise<Done> {
  const done: Done = { created: 0, updated: 0, faults: [] }
  let sent = 0
  for (const batch of batchesOf(steps)) {
    watcher.show('Writing', sent, steps.length)
    const body: ProjectBatch = { atomic: !partial, operations: batch.map(({ operation }) => operation) }
    try {
      const { data } = await client.projects.batch(body, { idempotencyKey: keyOf?.(state, body) })
      for (const [index, step] of batch.entries()) note(done, step, data[index]?.errors)
    } catch (error) {
      done.stopped = error
      done.faults.push(...faultsOf(error, batch))
      return done
    }
    sent += batch.length
  }
  return done
}

const encoder = new TextEncoder()

const bytesOf = (operation: object) => encoder.encode(JSON.stringify(operation)).length

function* batchesOf(steps: readonly Step[]): Generator<Step[]> {
  let batch: Step[] = []
  let bytes = 0
  for (const step of steps) {
    const size = bytesOf(step.operation)
    if (batch.length === MOST_OPERATIONS || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(step)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

type Errors = readonly {
  readonly code: number
  readonly detail: string
  readonly source?: { readonly pointer?: string }
}[]

function note(done: Done, { line, operation }: Step, errors: Errors | undefined): void {
  if (errors)
    for (const { code, detail, source } of errors)
      done.faults.push(faultAt(line, source?.pointer?.replace(/^\/operations\/\d+/, '') ?? '', detail, code))
  else if (operation.method === 'create') done.created++
  else done.updated++
}

/** The faults of a batch that point to one of its operations. */
function faultsOf(error: unknown, batch: readonly Step[]): RowFault[] {
  if (!(error instanceof TimeTrackError)) return []
  return error.errors.flatMap(({ code, detail, source }) => {
    const [, index, pointer = ''] =
      /^\/operations\/(\d+)(?:\/project)?(.*)$/.exec(source?.pointer ?? '') ?? []
    const step = batch[Number(index)]
    return step ? [faultAt(step.line, pointer, detail, code)] : []
  })
}
