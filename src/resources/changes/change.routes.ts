import type { Reader } from '../../db/scope.ts'
import type { Answer } from '../../http/answer.ts'
import { makeCursor, openCursor } from '../../http/cursor.ts'
import { refusal } from '../../http/errors.ts'
import { listTag } from '../../http/list.ts'
import { listOf } from '../../http/list-schema.ts'
import { type Input, type Operation, readOperation } from '../../http/operation.ts'
import { getAnyProject, unknownProject } from '../projects/project.store.ts'
import { Change, ChangeFilter, ProjectChange } from './change.schema.ts'
import { type AuditRow, type Changes, listChanges, listProjectChanges } from './change.store.ts'

type Query = { after?: string; limit?: number }

export const changeOperations: Operation[] = [
  readOperation({
    id: 'listChanges',
    method: 'GET',
    path: '/changes',
    tag: 'Changes',
    summary: 'List changes of projects and clients, oldest first',
    description:
      'For keeping a copy in step: start without `after`, apply each change in order, and keep the `cursor` of the last ' +
      'one. Asking again with it goes on from there; an empty list means there is nothing new. Deleted objects come as ' +
      'changes with `deleted: true`.',
    query: ChangeFilter,
    success: { status: 200, schema: listOf(Change), description: 'Changes behind the cursor.' },
    errors: ['cursorInvalid', 'cursorGone'],
    async read(reader, input) {
      return answerChanges(reader, input, changeText, (after, most) => listChanges(reader, after, most))
    },
  }),
  readOperation({
    id: 'listProjectHistory',
    method: 'GET',
    path: '/projects/{id}/history',
    tag: 'Projects',
    summary: 'List the changes of a project, oldest first',
    description: 'Deleted projects have a history, too.',
    unknown: unknownProject,
    query: ChangeFilter,
    success: {
      status: 200,
      schema: listOf(ProjectChange),
      description: 'Changes with what was before and after.',
    },
    errors: ['projectNotFound', 'cursorInvalid', 'cursorGone'],
    async read(reader, input) {
      await getAnyProject(reader, input.id)
      return answerChanges(reader, input, projectChangeText, (after, most) =>
        listProjectChanges(reader, input.id, after, most),
      )
    },
  }),
]

function readAfter(cursor: string | undefined, binding: string): number {
  if (cursor === undefined) return 0
  const [change] = openCursor(cursor, binding) ?? []
  if (typeof change !== 'number')
    throw refusal(
      'cursorInvalid',
      'This cursor is not one of this list. Send the cursor of a change as it was answered.',
      {
        parameter: 'after',
      },
    )
  return change
}

async function answerChanges(
  reader: Reader,
  { path, query, queryText }: Input<Query, unknown>,
  textOf: (row: AuditRow, cursor: string) => string,
  list: (after: number, most: number) => Promise<Changes>,
): Promise<Answer> {
  const binding = JSON.stringify([reader.account, path])
  const after = readAfter(query.after, binding)
  const { limit = 50 } = query
  const { rows, latest, oldest } = await list(after, limit + 1)
  if (query.after !== undefined && (after < oldest - 1 || after > latest))
    throw refusal(
      'cursorGone',
      'The changes behind this cursor are not kept, or it comes from a database that was replaced. List everything anew, then follow the changes without a cursor.',
      { parameter: 'after' },
    )
  const shown = rows.slice(0, limit).map((row) => ({ row, cursor: makeCursor([row.change], binding) }))
  const last = shown.at(-1)
  const kept = query.limit === undefined ? '' : `limit=${limit}&`
  const next = rows.length > limit && last && `<${path}?${kept}after=${last.cursor}>; rel="next"`
  return {
    status: 200,
    body: `[${shown.map(({ row, cursor }) => textOf(row, cursor)).join(',')}]`,
    etag: listTag(latest, queryText),
    ...(next && { headers: { link: next } }),
  }
}

/** The objects are kept as JSON text and go out as they are. */
function changeText(row: AuditRow, cursor: string): string {
  const { entity, entity_id: id, after } = row
  const deleted = after !== null && 'deletedAt' in JSON.parse(after)
  return `{${about(row, cursor)},"entity":"${entity}","id":${id},"deleted":${deleted},"object":${after}}`
}

function projectChangeText(row: AuditRow, cursor: string): string {
  return `{${about(row, cursor)},"before":${row.before},"after":${row.after}}`
}

function about({ change, at, actor, action }: AuditRow, cursor: string): string {
  return JSON.stringify({ cursor, change, at, actor, action }).slice(1, -1)
}
