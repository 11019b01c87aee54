import type { TObject } from 'typebox'
import type { Noun } from '../domain/noun.ts'
import type { CatalogueEntry } from '../http/catalogue-entry.ts'
import { type IfMatch, readIfMatch } from '../http/conditional.ts'
import { allOf, Refusal, refusal, type Source } from '../http/errors.ts'
import { type InputReader, inputReader, isObject } from '../http/input.ts'
import { requestErrors } from '../http/request-errors.ts'
import { batchSchema, ItemHead, MOST_OPERATIONS } from './batch-schema.ts'

/** One operation of a batch: what to do to which object, with which fields. */
export interface BatchItem {
  readonly method: string
  /** 0 for a create. */
  readonly id: number
  readonly ifMatch: IfMatch | undefined
  readonly fields: Record<string, unknown>
}

export interface ReadBatch {
  readonly atomic: boolean
  /** In the order sent, with a refusal in place of each operation that is not valid. */
  readonly items: readonly (BatchItem | Refusal)[]
}

/** No object has a greater one; a path with more digits names none either. */
const MOST_ID = 999_999_999_999_999

const readEnvelope = inputReader(batchSchema.envelope, 'body')
const readHead = inputReader(ItemHead, 'body')

/** Reads the batches of one kind of object. Faults of an operation stay with it; those of the batch itself are thrown. */
export class BatchReader {
  /** The member that holds the fields of an operation. */
  readonly #member: string
  /** Method → the reader of its fields; undefined if it takes none. */
  readonly #methods: ReadonlyMap<string, InputReader | undefined>

  /** @param bodies method → the fields that it takes */
  constructor({ one }: Noun, bodies: Readonly<Record<string, TObject | undefined>>) {
    this.#member = one
    this.#methods = new Map(
      Object.entries(bodies).map(([method, body]) => [method, body && inputReader(body, 'body')]),
    )
  }

  read({ operations, ...envelope }: Record<string, unknown>, strict: boolean): ReadBatch {
    const { options, list } = allOf({
      options: () => readEnvelope(envelope, strict) as { atomic?: boolean },
      list: () => operationsOf(operations),
    })
    return {
      atomic: options.atomic ?? false,
      items: list.map((item, index) => this.#readOrRefuse(item, index, strict)),
    }
  }

  /** The pointer to a fault found while performing an operation: to one of its fields, or to its ifMatch. */
  placeOf(index: number, { pointer, header }: Source): string {
    const part = header === undefined ? (pointer ? `/${this.#member}${pointer}` : '') : '/ifMatch'
    return `/operations/${index}${part}`
  }

  #readOrRefuse(sent: unknown, index: number, strict: boolean): BatchItem | Refusal {
    try {
      return this.#readItem(sent, strict)
    } catch (error) {
      if (error instanceof Refusal) return error.placed(({ pointer }) => `/operations/${index}${pointer}`)
      throw error
    }
  }

  #readItem(sent: unknown, strict: boolean): BatchItem {
    const { method, [this.#member]: object, ...rest } = objectAt(sent, '')
    const { head, fields } = allOf({
      head: () => this.#readHead(method, rest, strict),
      fields: () => this.#readFields(method, object, rest.id, strict),
    })
    return { ...head, fields }
  }

  #readHead(method: unknown, rest: Record<string, unknown>, strict: boolean) {
    const { id, ifMatch } = readHead(rest, strict) as { id?: number; ifMatch?: string }
    if (method === 'create') return { method, id: 0, ifMatch: undefined }
    if (typeof method !== 'string' || !this.#methods.has(method))
      throw batchFault('/method', `method has to be ${oneOf([...this.#methods.keys()])}.`)
    if (id === undefined)
      throw batchFault(
        '/id',
        `id is missing. Send the id of the ${this.#member} to ${method}.`,
        requestErrors.fieldMissing,
      )
    return { method, id: id > MOST_ID ? 0 : id, ifMatch: readMatch(ifMatch) }
  }

  #readFields(method: unknown, object: unknown, id: unknown, strict: boolean): Record<string, unknown> {
    const read = typeof method === 'string' ? this.#methods.get(method) : undefined
    if (!read) return {}
    const pointer = `/${this.#member}`
    const sent = objectAt(method === 'update' ? (object ?? {}) : object, pointer)
    try {
      return read(sent, strict, pathId(id))
    } catch (error) {
      throw error instanceof Refusal ? error.placed((source) => `${pointer}${source.pointer}`) : error
    }
  }
}

function operationsOf(operations: unknown): unknown[] {
  if (Array.isArray(operations) && operations.length >= 1 && operations.length <= MOST_OPERATIONS)
    return operations
  throw batchFault('/operations', `operations has to be an array of 1 to ${MOST_OPERATIONS} operations.`)
}

function readMatch(text: string | undefined): IfMatch | undefined {
  try {
    return readIfMatch(text)
  } catch {
    throw batchFault(
      '/ifMatch',
      'ifMatch cannot be read. Send an ETag as you received it, quotes included, or *.',
      requestErrors.fieldForm,
    )
  }
}

/** The id that the fields may repeat; none if it is not an integer, which is reported of the id itself. */
function pathId(sent: unknown): { id?: number } {
  const id = typeof sent === 'number' || typeof sent === 'string' ? Number(sent) : Number.NaN
  return Number.isInteger(id) ? { id } : {}
}

function objectAt(value: unknown, pointer: string): Record<string, unknown> {
  if (isObject(value)) return value
  throw batchFault(pointer, 'This has to be a JSON object.')
}

const oneOf = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

function batchFault(
  pointer: string,
  detail: string,
  error: CatalogueEntry = requestErrors.batchInvalid,
): Refusal {
  return refusal(error, detail, { pointer })
}
