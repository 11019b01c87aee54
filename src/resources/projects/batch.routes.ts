import type { Tx } from '../../db/scope.ts'
import { Refusal, refuseAny } from '../../http/errors.ts'
import { listOf } from '../../http/list-schema.ts'
import type { Shown } from '../../http/objects.ts'
import { changeOperation, type Operation } from '../../http/operation.ts'
import { Batch, type BatchItem, BatchResult, placeOf, readBatch } from './batch.schema.ts'
import { createProject, deleteProject, updateProject } from './project.store.ts'

const MOST_BYTES = 16 * 1_048_576

export const batchOperations: Operation[] = [
  changeOperation({
    id: 'batchProjects',
    method: 'POST',
    path: '/projects/batch',
    tag: 'Projects',
    summary: 'Create, update and delete up to 1,000 projects at once',
    description:
      'With `"atomic": true` all operations are done (200) or none (the errors of those that were refused). Without, each ' +
      'is done or refused for itself (207); they are all durable together.',
    body: Batch,
    readBody: readBatch,
    mostBytes: MOST_BYTES,
    example: {
      atomic: true,
      operations: [
        { method: 'create', project: { projectName: 'Test project 001', clientName: 'Test company' } },
        { method: 'update', id: 1, ifMatch: '"1"', project: { hourRate: 50 } },
        { method: 'delete', id: 2 },
      ],
    },
    success: {
      status: 207,
      schema: listOf(BatchResult),
      description: 'What became of each operation, in their order; 200 where the batch is atomic.',
    },
    errors: [
      'batchInvalid',
      'projectNotFound',
      'projectDeleted',
      'projectNameTaken',
      'clientNameUnknown',
      'idMismatch',
      'stale',
    ],
    async change(tx, { body: { atomic, items } }) {
      if (!atomic)
        return {
          status: 207,
          body: `[${(await mapInOrder(items, (item, index) => attempt(tx, item, index))).join(',')}]`,
        }
      refuseAny(items.flatMap((item) => (item instanceof Refusal ? item.faults : [])))
      const results = await mapInOrder(items as readonly BatchItem[], async (item, index) => {
        try {
          return resultText(item, await perform(tx, item))
        } catch (error) {
          throw error instanceof Refusal ? error.placed((source) => placeOf(index, source)) : error
        }
      })
      return { status: 200, body: `[${results.join(',')}]` }
    },
  }),
]

async function mapInOrder<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) results.push(await work(item, index))
  return results
}

async function attempt(tx: Tx, item: BatchItem | Refusal, index: number): Promise<string> {
  if (item instanceof Refusal) return refusedText(item)
  try {
    return resultText(item, await tx.attempt(() => perform(tx, item)))
  } catch (error) {
    if (error instanceof Refusal) return refusedText(error.placed((source) => placeOf(index, source)))
    throw error
  }
}

function perform(tx: Tx, item: BatchItem): Promise<Shown> {
  if (item.method === 'create') return createProject(tx, item.project)
  if (item.method === 'delete') return deleteProject(tx, item.id, item.ifMatch)
  return updateProject(tx, item.id, item.project, item.ifMatch)
}

function resultText({ method }: BatchItem, { wire, version }: Shown): string {
  return `{"status":${method === 'create' ? 201 : 200},"etag":${JSON.stringify(`"${version}"`)},"project":${wire}}`
}

/** A stale operation has the tag that the project has now. */
function refusedText(refused: Refusal): string {
  return JSON.stringify({ status: refused.status, etag: refused.headers.ETag, errors: refused.elements() })
}
