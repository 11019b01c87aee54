import { readBody } from './input.ts'
import { createProject, deleteObject, updateProject, versionsOf } from './rules.ts'
import { type Deed, type Fault, type Kept, Refused, type Value } from './state.ts'

/** What becomes of one operation, as it is answered. */
export type Outcome =
  | { readonly status: number; readonly etag: string; readonly project: Value }
  | { readonly status: number; readonly etag: string | undefined; readonly faults: readonly Fault[] }

type Item = { method: string; id?: number; ifMatch?: string; project?: Value }

/** Does a batch: with `atomic` all of it or, thrown as a refusal, none. */
export function runBatch(deed: Deed, body: Value, strict: boolean): Outcome[] {
  const operations = body.operations as Item[]
  const read = operations.map((item, index) => attempt(() => readItem(item, index, strict)))
  if (body.atomic === undefined || body.atomic === false)
    return read.map((item) => {
      const result = item instanceof Refused ? item : attempt(() => deed.state.attempt(() => item(deed)))
      return result instanceof Refused
        ? { status: result.status, etag: result.etag, faults: result.faults }
        : result
    })
  const refused = read.filter((item) => item instanceof Refused)
  if (refused.length > 0)
    throw new Refused(
      422,
      refused.flatMap(({ faults }) => faults),
    )
  return read.map((item) => (item as Task)(deed))
}

/** Reads a batch without doing it, for the faults that every batch is refused for. */
export function checkBatch(body: Value): void {
  const { length } = body.operations as Item[]
  if (length < 1 || length > 1000) throw new Refused(422, [[10060, 'pointer:/operations']])
}

type Task = (deed: Deed) => Outcome

function readItem({ method, id, ifMatch, project }: Item, index: number, strict: boolean): Task {
  const pointer = `/operations/${index}`
  if (!['create', 'update', 'delete'].includes(method))
    throw new Refused(422, [[10060, `pointer:${pointer}/method`]])
  const faults: Fault[] = []
  if (method !== 'create' && id === undefined) faults.push([10050, `pointer:${pointer}/id`])
  if (method !== 'create' && ifMatch !== undefined && versionsOf(ifMatch) === undefined)
    faults.push([ANY_CODE, `pointer:${pointer}/ifMatch`])
  const fields = method === 'delete' ? {} : attempt(() => fieldsOf(method, project, id, strict, pointer))
  if (fields instanceof Refused) faults.push(...fields.faults)
  if (faults.length > 0) throw new Refused(422, faults)
  return (deed) => {
    if (method === 'create') return outcome(201, createProject(deed, fields as Value))
    if (method === 'delete') return outcome(200, deleteObject(deed, 'project', id!, ifMatch))
    return outcome(200, updateProject(deed, id!, fields as Value, ifMatch))
  }
}

/** The contract settles that it is a fault of the body, not which code it has. */
export const ANY_CODE = 0

function fieldsOf(
  method: string,
  project: Value | undefined,
  id: number | undefined,
  strict: boolean,
  pointer: string,
): Value {
  return readBody(`${method}Project`, project ?? {}, strict, id ?? 0, `${pointer}/project`)
}

const outcome = (status: number, { version, value }: Kept): Outcome => ({
  status,
  etag: `"${version}"`,
  project: value,
})

function attempt<T>(work: () => T): T | Refused {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}
