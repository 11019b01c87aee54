import { type TSchema, Type } from 'typebox'
import { idField, timeField } from '../../http/fields.ts'
import { Client } from '../clients/client.schema.ts'
import { Project } from '../projects/project.schema.ts'

const about = {
  cursor: Type.String({ description: 'Send it as `after` to go on behind this change.' }),
  change: Type.Integer({
    minimum: 1,
    description: 'Number of the change in the account; numbers rise and may have gaps.',
  }),
  at: timeField('When it was made'),
  actor: Type.String({ description: 'Who made it: the text of a key, or the command line.' }),
  action: Type.String({ description: 'What was done.', examples: ['project.update'] }),
}

const orNull = (schema: TSchema, description: string) => Type.Union([schema, Type.Null()], { description })

export const Change = Type.Object(
  {
    ...about,
    entity: Type.Unsafe<'project' | 'client'>({
      type: 'string',
      enum: ['project', 'client'],
      description: 'What kind of object was changed.',
    }),
    id: idField('Its identifier.'),
    deleted: Type.Boolean({ description: 'Whether it is deleted after this change: a tombstone.' }),
    object: Type.Union([Project, Client], {
      description: 'The object after this change, as its own resource answers it.',
    }),
  },
  { title: 'Change', description: 'One change of one object.' },
)

export const ProjectChange = Type.Object(
  {
    ...about,
    before: orNull(Project, 'The project before this change; null before it was created.'),
    after: orNull(Project, 'The project after this change.'),
  },
  { title: 'ProjectChange', description: 'One change of one project.' },
)

const limit = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 1000, default: 50, description: 'Most changes to send.' }),
)

export const ChangeFilter = Type.Object({
  after: Type.Optional(
    Type.String({
      description: 'Where to go on: the cursor of the last change known. Without it, from the first.',
    }),
  ),
  limit,
})
