import { MOST_OPERATIONS } from '../resource/batch-schema.ts'
import { type TimeTrack, TimeTrackError } from '../sdk/index.ts'
import { faultAt } from './check.ts'
import type { FileKind } from './file-kind.ts'
import { clientOf, type OperationError, type Plan, type Step, type Watcher } from './plan.ts'
import type { RowFault } from './row.ts'

/** Half of what a batch may have, so that many long notes fit. */
const MOST_BYTES = 8 * 1_048_576

/** Makes the Idempotency-Key of a batch on a state of the server. */
export type KeyOf = (state: string, body: object) => string

export interface Done {
  created: number
  updated: number
  readonly faults: RowFault[]
  /** Why the work stopped before its end. */
  stopped?: unknown
}

/**
 * Sends the steps in batches. With `partial` each operation is done or refused for itself; otherwise each batch is done
 * wholly or not at all, and the first that is refused ends the work.
 */
export async function applyPlan(
  client: TimeTrack,
  kind: FileKind,
  { steps, state }: Plan,
  partial: boolean,
  watcher: Watcher,
  keyOf?: KeyOf,
): Promise<Done> {
  const done: Done = { created: 0, updated: 0, faults: [] }
  let sent = 0
  for (const batch of batchesOf(steps)) {
    watcher.show('Writing', sent, steps.length)
    const body = { atomic: !partial, operations: batch.flatMap(({ operations }) => operations) }
    try {
      const idempotencyKey = keyOf?.(state, body)
      const { data } = await clientOf(client, kind).batch(body, { idempotencyKey })
      let at = 0
      for (const step of batch) {
        const results = data.slice(at, at + step.operations.length)
        note(
          done,
          kind,
          step,
          results.flatMap(({ errors = [] }) => errors),
        )
        at += step.operations.length
      }
    } catch (error) {
      done.stopped = error
      done.faults.push(...faultsOf(kind, error, batch))
      return done
    }
    sent += batch.length
  }
  return done
}

const encoder = new TextEncoder()

const bytesOf = ({ operations }: Step) => encoder.encode(JSON.stringify(operations)).length

/** The operations of one step stay together. */
function* batchesOf(steps: readonly Step[]): Generator<Step[]> {
  let batch: Step[] = []
  let count = 0
  let bytes = 0
  for (const step of steps) {
    const size = bytesOf(step)
    const isFull = count + step.operations.length > MOST_OPERATIONS || bytes + size > MOST_BYTES
    if (batch.length > 0 && isFull) {
      yield batch
      batch = []
      count = 0
      bytes = 0
    }
    batch.push(step)
    count += step.operations.length
    bytes += size
  }
  if (batch.length > 0) yield batch
}

function note(done: Done, kind: FileKind, { line, creates }: Step, errors: readonly OperationError[]): void {
  for (const { code, detail, source } of errors)
    done.faults.push(faultAt(line, fieldPointer(kind, source?.pointer), detail, code))
  if (errors.length > 0) return
  if (creates) done.created++
  else done.updated++
}

/** The faults of a batch that point to one of its operations. */
function faultsOf(kind: FileKind, error: unknown, batch: readonly Step[]): RowFault[] {
  if (!(error instanceof TimeTrackError)) return []
  const lines = batch.flatMap(({ line, operations }) => operations.map(() => line))
  return error.errors.flatMap(({ code, detail, source }) => {
    const [, index] = /^\/operations\/(\d+)/.exec(source?.pointer ?? '') ?? []
    const line = lines[Number(index)]
    return line === undefined ? [] : [faultAt(line, fieldPointer(kind, source?.pointer), detail, code)]
  })
}

/** `/operations/7/project/notes` → `/notes` */
const fieldPointer = ({ kind }: FileKind, pointer = '') =>
  pointer.replace(/^\/operations\/\d+/, '').replace(new RegExp(`^/${kind.noun.one}`), '')
