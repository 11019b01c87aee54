import { Type } from 'typebox'
import type { ErrorName } from '../../http/catalogue.ts'
import { type IfMatch, readIfMatch } from '../../http/conditional.ts'
import { allOf, type Fault, Refusal, type Source } from '../../http/errors.ts'
import { inputReader, isObject } from '../../http/input.ts'
import { Project, ProjectCreate, ProjectUpdate } from './project.schema.ts'

export const MOST_OPERATIONS = 1_000

const Item = Type.Object({
  method: Type.Unsafe<'create' | 'update' | 'delete'>({
    type: 'string',
    enum: ['create', 'update', 'delete'],
    description: 'What to do.',
  }),
  id: Type.Optional(Type.Integer({ minimum: 1, description: 'Which project to update or delete.' })),
  ifMatch: Type.Optional(
    Type.String({ description: 'As the If-Match header: the ETag that the project has to have.' }),
  ),
  project: Type.Optional(
    Type.Union([ProjectCreate, ProjectUpdate], {
      description: 'The fields to create it with, or to change.',
    }),
  ),
})

export const Batch = Type.Object(
  {
    atomic: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'true: all operations are done, or none. false: each is done or refused for itself.',
      }),
    ),
    operations: Type.Array(Item, {
      minItems: 1,
      maxItems: MOST_OPERATIONS,
      description: 'What to do, in this order; 1 to 1,000.',
    }),
  },
  { title: 'ProjectBatch', description: 'Changes of projects.' },
)

/** The error elements of one operation; those of a whole answer also name the request. */
const ItemError = Type.Object({
  title: Type.String({ description: 'What is wrong, in general.' }),
  status: Type.Integer({ description: 'HTTP status.' }),
  code: Type.Integer({ description: 'Stable error code.' }),
  detail: Type.String({ description: 'What to do about it.' }),
  source: Type.Optional(
    Type.Object(
      { pointer: Type.Optional(Type.String({ description: 'JSON pointer into the body.' })) },
      {
        description: 'Where the fault is.',
      },
    ),
  ),
})

export const BatchResult = Type.Object(
  {
    status: Type.Integer({
      description: 'The HTTP status that the operation alone would have been answered with.',
    }),
    etag: Type.Optional(Type.String({ description: 'ETag of the project after it.' })),
    project: Type.Optional(Project),
    errors: Type.Optional(Type.Array(ItemError, { description: 'Why it was refused.' })),
  },
  { title: 'ProjectBatchResult', description: 'What became of one operation.' },
)

/** One operation that was read: to do, or refused. */
export type BatchItem =
  | { readonly method: 'create'; readonly project: ProjectCreate }
  | {
      readonly method: 'update'
      readonly id: number
      readonly ifMatch: IfMatch | undefined
      readonly project: ProjectUpdate
    }
  | { readonly method: 'delete'; readonly id: number; readonly ifMatch: IfMatch | undefined }

export interface ReadBatch {
  readonly atomic: boolean
  readonly items: readonly (BatchItem | Refusal)[]
}

const readers = {
  envelope: inputReader(Type.Pick(Batch, ['atomic']), 'body'),
  item: inputReader(Type.Pick(Item, ['id', 'ifMatch']), 'body'),
  create: inputReader(ProjectCreate, 'body'),
  update: inputReader(ProjectUpdate, 'body'),
}

/** Reads a batch. Faults of a single operation stay with it; those of the whole are thrown. */
export function readBatch({ operations, ...envelope }: Record<string, unknown>, strict: boolean): ReadBatch {
  const { options, list } = allOf({
    options: () => readers.envelope(envelope, strict) as { atomic?: boolean },
    list: () => operationsOf(operations),
  })
  return {
    atomic: options.atomic ?? false,
    items: list.map((item, index) => readOrRefuse(item, index, strict)),
  }
}

/** Where a fault is that showed when the operation was done: in a field of the project, or in its version. */
export function placeOf(index: number, { pointer, header }: Source): string {
  return `/operations/${index}${header === undefined ? (pointer ? `/project${pointer}` : '') : '/ifMatch'}`
}

function operationsOf(operations: unknown): unknown[] {
  if (Array.isArray(operations) && operations.length >= 1 && operations.length <= MOST_OPERATIONS)
    return operations
  throw batchFault('/operations', `operations has to be an array of 1 to ${MOST_OPERATIONS} operations.`)
}

function readOrRefuse(sent: unknown, index: number, strict: boolean): BatchItem | Refusal {
  try {
    return readItem(sent, strict)
  } catch (error) {
    if (error instanceof Refusal) return error.placed(({ pointer }) => `/operations/${index}${pointer}`)
    throw error
  }
}

function readItem(sent: unknown, strict: boolean): BatchItem {
  const { method, project, ...rest } = objectAt(sent, '')
  const { own, fields } = allOf({
    own: () => readOwn(method, rest, strict),
    fields: () => readFields(method, project, rest.id, strict),
  })
  if (own.method === 'create') return { ...own, project: fields as ProjectCreate }
  if (own.method === 'delete') return { ...own, method: own.method }
  return { ...own, project: fields as ProjectUpdate }
}

function readOwn(method: unknown, rest: Record<string, unknown>, strict: boolean) {
  const { id, ifMatch } = readers.item(rest, strict) as { id?: number; ifMatch?: string }
  if (method === 'create') return { method } as const
  if (method !== 'update' && method !== 'delete')
    throw batchFault('/method', 'method has to be create, update or delete.')
  if (id === undefined)
    throw batchFault('/id', `id is missing. Send the id of the project to ${method}.`, 'fieldMissing')
  return { method, id, ifMatch: readMatch(ifMatch) } as const
}

function readMatch(text: string | undefined): IfMatch | undefined {
  try {
    return readIfMatch(text)
  } catch {
    throw batchFault(
      '/ifMatch',
      'ifMatch cannot be read. Send an ETag as it was answered, quotes included, or *.',
      'fieldForm',
    )
  }
}

function readFields(
  method: unknown,
  project: unknown,
  id: unknown,
  strict: boolean,
): Record<string, unknown> {
  if (method !== 'create' && method !== 'update') return {}
  const sent = objectAt(method === 'update' ? (project ?? {}) : project, '/project')
  try {
    return readers[method](sent, strict, pathId(id))
  } catch (error) {
    throw error instanceof Refusal ? error.placed(({ pointer }) => `/project${pointer}`) : error
  }
}

/** The id that `project` may repeat, where it is one; where not, that is told of the id itself. */
function pathId(sent: unknown): { id?: number } {
  const id = typeof sent === 'number' || typeof sent === 'string' ? Number(sent) : Number.NaN
  return Number.isInteger(id) ? { id } : {}
}

function objectAt(value: unknown, pointer: string): Record<string, unknown> {
  if (isObject(value)) return value
  throw batchFault(pointer, 'This has to be a JSON object.')
}

function batchFault(pointer: string, detail: string, error: ErrorName = 'batchInvalid'): Refusal {
  const fault: Fault = { error, detail, source: { pointer } }
  return new Refusal([fault])
}
