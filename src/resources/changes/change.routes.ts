import { Type } from 'typebox'
import { type AuditRow, listChanges } from '../../db/audit.ts'
import { idField } from '../../http/fields.ts'
import { listOf } from '../../http/list-schema.ts'
import { readOperation } from '../../http/operation.ts'
import { requestErrors } from '../../http/request-errors.ts'
import type { Resource } from '../../http/resource.ts'
import { aboutChange, aboutText, answerChanges, ChangeFilter } from '../../resource/history.ts'

/** The change feed of all resources that take part in it. */
export function changesOf(resources: readonly Resource[]): Resource {
  const kinds = resources.flatMap(({ objects }) => (objects ? [objects] : []))
  return {
    tag: { name: 'Changes', description: 'What has changed, for keeping a copy up to date.' },
    errors: {},
    operations: [
      readOperation({
        id: 'listChanges',
        method: 'GET',
        path: '/changes',
        tag: 'Changes',
        summary: `List changes of ${listed(kinds.map(({ noun }) => noun.many))}, oldest first`,
        description:
          'For keeping a copy up to date: start without `after`, apply each change in order, and keep the `cursor` of the last ' +
          'one. Asking again with it continues from there; an empty list means that nothing is new. Deleted objects appear ' +
          'as changes with `deleted: true`.',
        query: ChangeFilter,
        success: {
          status: 200,
          schema: listOf(changeSchema(kinds)),
          description: 'Changes after the cursor.',
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

function changeSchema(kinds: readonly NonNullable<Resource['objects']>[]) {
  return Type.Object(
    {
      ...aboutChange,
      entity: Type.Unsafe<string>({
        type: 'string',
        enum: kinds.map(({ entity }) => entity),
        description: 'The kind of object that was changed.',
      }),
      id: idField('The identifier of the object.'),
      deleted: Type.Boolean({ description: 'Whether the object is deleted after this change.' }),
      object: Type.Union(
        kinds.map(({ schemas }) => schemas.object),
        { description: 'The object after this change, as its own resource shows it.' },
      ),
    },
    { title: 'Change', description: 'One change of one object.' },
  )
}

/** Objects are stored as JSON text and sent as they are. */
function changeText(row: AuditRow, cursor: string): string {
  const { entity, entity_id: id, after } = row
  const deleted = after !== null && 'deletedAt' in JSON.parse(after)
  return `{${aboutText(row, cursor)},"entity":"${entity}","id":${id},"deleted":${deleted},"object":${after}}`
}
