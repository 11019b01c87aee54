import type { Static, TObject } from 'typebox'
import type { Tx } from '../db/scope.ts'
import { capitalized } from '../domain/noun.ts'
import { Refusal, refusal, refuseAny } from '../http/errors.ts'
import { listOf } from '../http/list-schema.ts'
import { changeOperation, type Operation } from '../http/operation.ts'
import { requestErrors } from '../http/request-errors.ts'
import { type BatchItem, BatchReader } from './batch-input.ts'
import { batchSchema } from './batch-schema.ts'
import { changesOf, type Kind, type NamedKind, namedChangesOf } from './kind.ts'
import type { Shown } from './refusals.ts'

const MOST_BYTES = 16 * 1_048_576

type Perform = (tx: Tx, item: BatchItem) => Promise<Shown>

/** A method of a batch: the fields that it takes, and what it does. */
interface Method {
  readonly body?: TObject
  readonly perform: Perform
}

/** The operation that changes up to 1,000 objects of a kind at once. */
export function batchOperation<C extends TObject, U extends TObject>(
  kind: Kind<C, U>,
  methods: Readonly<Record<string, Method>> = methodsOf(kind),
): Operation {
  const { noun, schemas, special = {} } = kind
  const bodies = Object.fromEntries(Object.entries(methods).map(([name, { body }]) => [name, body]))
  const reader = new BatchReader(noun, bodies)
  const perform: Perform = (tx, item) => {
    const method = methods[item.method]
    if (!method) throw new Error(`a batch of ${noun.many} has no method ${item.method}`)
    return method.perform(tx, item)
  }
  return changeOperation({
    id: `batch${capitalized(noun.many)}`,
    method: 'POST',
    path: `/${noun.many}/batch`,
    tag: capitalized(noun.many),
    summary: `Create, update and delete up to 1,000 ${noun.many} at once`,
    description:
      'With `"atomic": true` all operations are done (200) or none (the errors of those that were refused). Without, each ' +
      'is done or refused for itself (207); they are all durable together.',
    body: batchSchema.request(noun, bodies),
    readBody: (sent, strict) => reader.read(sent, strict),
    mostBytes: MOST_BYTES,
    success: {
      status: 207,
      schema: listOf(batchSchema.result(noun, schemas.object)),
      description: 'What became of each operation, in their order; 200 where the batch is atomic.',
    },
    example: exampleOf(kind),
    ...special.batch,
    errors: [
      requestErrors.batchInvalid,
      kind.errors.notFound,
      kind.errors.deleted,
      kind.errors.nameTaken,
      ...(special.create?.errors ?? []),
      ...(special.update?.errors ?? []),
      ...(special.delete?.errors ?? []),
      requestErrors.idMismatch,
      requestErrors.stale,
    ],
    async change(tx, { body: { atomic, items } }) {
      const batch = new BatchRun(noun.one, reader, renamingOnce(perform))
      if (!atomic) return { status: 207, body: `[${(await batch.each(tx, items)).join()}]` }
      refuseAny(items.flatMap((item) => (item instanceof Refusal ? item.faults : [])))
      return { status: 200, body: `[${(await batch.all(tx, items as readonly BatchItem[])).join()}]` }
    },
  })
}

/** What shows the name of an object elsewhere follows each rename: that is to be done once in a batch. */
function renamingOnce(perform: Perform): Perform {
  const renamed = new Set<number>()
  return async (tx, item) => {
    if (item.method !== 'rename') return perform(tx, item)
    if (renamed.has(item.id))
      throw refusal(
        requestErrors.batchInvalid,
        'This batch has renamed it already. Send its last name alone, or another batch.',
      )
    renamed.add(item.id)
    return perform(tx, item)
  }
}

/** The example of a batch, made from those of the single operations. */
function exampleOf<C extends TObject, U extends TObject>({ noun: { one }, special = {} }: Kind<C, U>) {
  return {
    atomic: true,
    operations: [
      { method: 'create', [one]: special.create?.example },
      { method: 'update', id: 1, ifMatch: '"1"', [one]: special.update?.example },
      { method: 'delete', id: 2 },
    ],
  }
}

function methodsOf<C extends TObject, U extends TObject>(kind: Kind<C, U>) {
  const { schemas } = kind
  const changes = changesOf(kind)
  return {
    create: {
      body: schemas.create,
      perform: (tx: Tx, { fields }: BatchItem) => changes.create(tx, fields as Static<C>),
    },
    update: {
      body: schemas.update,
      perform: (tx: Tx, { id, fields, ifMatch }: BatchItem) =>
        changes.update(tx, id, fields as Static<U>, ifMatch),
    },
    delete: { perform: (tx: Tx, { id, ifMatch }: BatchItem) => changes.delete(tx, id, ifMatch) },
  }
}

/** The batch of objects identified by name, which also renames, enables and disables them. */
export function namedBatchOperation<C extends TObject, U extends TObject>(kind: NamedKind<C, U>): Operation {
  const { rename, setEnabled } = namedChangesOf(kind)
  return batchOperation(kind, {
    ...methodsOf(kind),
    rename: {
      body: kind.schemas.rename,
      perform: (tx, { id, fields, ifMatch }) => rename(tx, id, String(fields.name), ifMatch),
    },
    enable: { perform: (tx, { id, ifMatch }) => setEnabled(tx, id, true, ifMatch) },
    disable: { perform: (tx, { id, ifMatch }) => setEnabled(tx, id, false, ifMatch) },
  })
}

/** Performs the operations of a batch, and returns the result of each as JSON text. */
class BatchRun {
  readonly #member: string
  readonly #reader: BatchReader
  readonly #perform: Perform

  constructor(member: string, reader: BatchReader, perform: Perform) {
    this.#member = member
    this.#reader = reader
    this.#perform = perform
  }

  /** All or none: throws the first refusal. */
  all(tx: Tx, items: readonly BatchItem[]): Promise<string[]> {
    return inOrder(items, async (item, index) => {
      try {
        return this.#resultText(item, await this.#perform(tx, item))
      } catch (error) {
        throw this.#placed(error, index)
      }
    })
  }

  /** Each on its own: a refusal is the result of its operation. */
  each(tx: Tx, items: readonly (BatchItem | Refusal)[]): Promise<string[]> {
    return inOrder(items, async (item, index) => {
      if (item instanceof Refusal) return refusedText(item)
      try {
        return this.#resultText(item, await tx.attempt(() => this.#perform(tx, item)))
      } catch (error) {
        if (error instanceof Refusal) return refusedText(this.#placed(error, index) as Refusal)
        throw error
      }
    })
  }

  #placed(error: unknown, index: number): unknown {
    return error instanceof Refusal ? error.placed((source) => this.#reader.placeOf(index, source)) : error
  }

  #resultText({ method }: BatchItem, { wire, version }: Shown): string {
    const status = method === 'create' ? 201 : 200
    return `{"status":${status},"etag":${JSON.stringify(`"${version}"`)},"${this.#member}":${wire}}`
  }
}

async function inOrder<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) results.push(await work(item, index))
  return results
}

/** For a stale operation, `etag` is the object's current tag. */
function refusedText(refused: Refusal): string {
  return JSON.stringify({ status: refused.status, etag: refused.headers.ETag, errors: refused.elements() })
}
