import { Type } from 'typebox'
import { type AuditRow, listChanges } from '../../db/audit.ts'
import { idField } from '../../http/fields.ts'
import { listOf } from '../../http/list-schema.ts'
import { readOperation } from '../../http/operation.ts'
import { requestErrors } from '../../http/request-errors.ts'
import type { Resource } from '../../http/resource.ts'
import { aboutChange, aboutText, answerChanges, ChangeFilter } from '../../resource/history.ts'

/** The change feed of those resources that are in it. */
export function changesOf(resources: readonly Resource[]): Resource {
  const feeds = resources.flatMap(({ feed }) => (feed ? [feed] : []))
  const tags = resources.flatMap(({ feed, tag }) => (feed ? [tag.name.toLowerCase()] : []))
  return {
    tag: { name: 'Changes', description: 'What has changed, for keeping a copy in step.' },
    errors: {},
    operations: [
      readOperation({
        id: 'listChanges',
        method: 'GET',
        path: '/changes',
        tag: 'Changes',
        summary: `List changes of ${listed(tags)}, oldest first`,
        description:
          'For keeping a copy in step: start without `after`, apply each change in order, and keep the `cursor` of the last ' +
          'one. Asking again with it goes on from there; an empty list means there is nothing new. Deleted objects come as ' +
          'changes with `deleted: true`.',
        query: ChangeFilter,
        success: {
          status: 200,
          schema: listOf(changeSchema(feeds)),
          description: 'Changes behind the cursor.',
        },
        errors: [requestErrors.cursorInvalid, requestErrors.cursorGone],
        async read(reader, input) {
          return answerChanges(reader, input, changeText, (after, most) => listChanges(reader, after, most))
        },
      }),
    ],
  }
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

function changeSchema(feeds: readonly NonNullable<Resource['feed']>[]) {
  return Type.Object(
    {
      ...aboutChange,
      entity: Type.Unsafe<string>({
        type: 'string',
        enum: feeds.map(({ entity }) => entity),
        description: 'What kind of object was changed.',
      }),
      id: idField('Its identifier.'),
      deleted: Type.Boolean({ description: 'Whether it is deleted after this change: a tombstone.' }),
      object: Type.Union(
        feeds.map(({ object }) => object),
        { description: 'The object after this change, as its own resource answers it.' },
      ),
    },
    { title: 'Change', description: 'One change of one object.' },
  )
}

/** The objects are stored as JSON text and go out as they are. */
function changeText(row: AuditRow, cursor: string): string {
  const { entity, entity_id: id, after } = row
  const deleted = after !== null && 'deletedAt' in JSON.parse(after)
  return `{${aboutText(row, cursor)},"entity":"${entity}","id":${id},"deleted":${deleted},"object":${after}}`
}
