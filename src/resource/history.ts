import { type TObject, type TSchema, Type } from 'typebox'
import { type AuditRow, type Changes, type HistoryRow, listHistory } from '../db/audit.ts'
import type { Reader } from '../db/reader.ts'
import { capitalized, withArticle } from '../domain/noun.ts'
import type { Answer } from '../http/answer.ts'
import { makeCursor, openCursor } from '../http/cursor.ts'
import { refusal } from '../http/errors.ts'
import { timeField } from '../http/fields.ts'
import { listTag } from '../http/list.ts'
import { listOf } from '../http/list-schema.ts'
import { type Input, type Operation, readOperation } from '../http/operation.ts'
import { requestErrors } from '../http/request-errors.ts'
import type { Kind } from './kind.ts'

/** The members that every change has, whatever was changed. */
export const aboutChange = {
  cursor: Type.String({ description: 'Send it as `after` to go on behind this change.' }),
  change: Type.Integer({
    minimum: 1,
    description: 'Number of the change in the account; numbers rise and may have gaps.',
  }),
  at: timeField('When it was made'),
  actor: Type.String({ description: 'Who made it: the text of a key, or the command line.' }),
  action: Type.String({ description: 'What was done.', examples: ['project.update'] }),
}

export const ChangeFilter = Type.Object({
  after: Type.Optional(
    Type.String({
      description: 'Where to go on: the cursor of the last change known. Without it, from the first.',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1000, default: 50, description: 'Most changes to send.' }),
  ),
})

type Query = { after?: string; limit?: number }

const orNull = (schema: TSchema, description: string) => Type.Union([schema, Type.Null()], { description })

/** The operation that lists the changes of one object. */
export function historyOperation<C extends TObject, U extends TObject>({
  noun,
  schemas: { object },
  errors,
  store,
}: Kind<C, U>): Operation {
  const { one, many } = noun
  const title = capitalized(one)
  return readOperation({
    id: `list${title}History`,
    method: 'GET',
    path: `/${many}/{id}/history`,
    tag: capitalized(many),
    summary: `List the changes of ${withArticle(noun)}, oldest first`,
    description: `Deleted ${many} have a history, too.`,
    unknown: () => store.refusals.unknown(),
    query: ChangeFilter,
    success: {
      status: 200,
      schema: listOf(
        Type.Object(
          {
            ...aboutChange,
            before: orNull(object, `The ${one} before this change; null before it was created.`),
            after: orNull(object, `The ${one} after this change.`),
          },
          { title: `${title}Change`, description: `One change of one ${one}.` },
        ),
      ),
      description: 'Changes with what was before and after.',
    },
    errors: [errors.notFound, requestErrors.cursorInvalid, requestErrors.cursorGone],
    async read(reader, input) {
      await store.getAny(reader, input.id)
      return answerChanges(reader, input, historyText, (after, most) =>
        listHistory(reader, store.entity, input.id, after, most),
      )
    },
  })
}

function historyText(row: HistoryRow, cursor: string): string {
  return `{${aboutText(row, cursor)},"before":${row.before},"after":${row.after}}`
}

/**
 * Answers a page of changes.
 * @param textOf returns the JSON text of a change
 * @param list returns the changes after a number
 */
export async function answerChanges<R extends AuditRow>(
  reader: Reader,
  { path, query, queryText }: Input<Query, unknown>,
  textOf: (row: R, cursor: string) => string,
  list: (after: number, most: number) => Promise<Changes<R>>,
): Promise<Answer> {
  const binding = JSON.stringify([reader.account, path])
  const after = readAfter(query.after, binding)
  const { limit = 50 } = query
  const { rows, latest, oldest } = await list(after, limit + 1)
  if (query.after !== undefined && (after < oldest - 1 || after > latest))
    throw refusal(
      requestErrors.cursorGone,
      'The changes after this cursor are no longer stored, or it comes from a database that was replaced. List everything again, then follow the changes without a cursor.',
      { parameter: 'after' },
    )
  const shown = rows.slice(0, limit).map((row) => ({ row, cursor: makeCursor([row.change], binding) }))
  const last = shown.at(-1)
  const sent = query.limit === undefined ? '' : `limit=${limit}&`
  const next = rows.length > limit && last && `<${path}?${sent}after=${last.cursor}>; rel="next"`
  return {
    status: 200,
    body: `[${shown.map(({ row, cursor }) => textOf(row, cursor)).join(',')}]`,
    etag: listTag(latest, queryText),
    ...(next && { headers: { link: next } }),
  }
}

/** The members that every change has, as JSON text without the braces. */
export function aboutText({ change, at, actor, action }: AuditRow, cursor: string): string {
  return JSON.stringify({ cursor, change, at, actor, action }).slice(1, -1)
}

function readAfter(cursor: string | undefined, binding: string): number {
  if (cursor === undefined) return 0
  const [change] = openCursor(cursor, binding) ?? []
  if (typeof change !== 'number')
    throw refusal(
      requestErrors.cursorInvalid,
      'This cursor does not belong to this list. Send the cursor of a change as you received it.',
      { parameter: 'after' },
    )
  return change
}
