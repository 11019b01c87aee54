import { type Static, Type } from 'typebox'
import { amountField, nameField, notesField, timeField } from '../http/fields.ts'
import { listSchema } from '../http/paging.ts'

const fields = {
  projectName: nameField(
    'Name, unique among the projects of its client that are not deleted; case does not count.',
  ),
  clientName: nameField('Name of its client, as the client spells it.'),
  projectEnabled: Type.Boolean({ default: true, description: 'Whether the project is enabled.' }),
  notes: notesField('Notes.'),
  hourRate: amountField('Hourly rate, in the currency of the account.'),
  timeEstimated: amountField('Planned duration in minutes; fractions are allowed.'),
  budgetEstimated: amountField('Planned budget, in the currency of the account.'),
}

const id = (description: string) => Type.Integer({ minimum: 1, description })

export const Project = Type.Object({
  ID: id('Identifier: counts from 1 in each account and is never used again.'),
  id: id('The same identifier.'),
  ...fields,
  createdAt: timeField('When it was created'),
  updatedAt: timeField('When it was last changed'),
  deletedAt: Type.Optional(timeField('When it was deleted; only in the trash')),
})
export type Project = Static<typeof Project>

export const ProjectCreate = Type.Object({
  ...Type.Partial(Type.Object(fields)).properties,
  projectName: fields.projectName,
  clientName: fields.clientName,
})
export type ProjectCreate = Static<typeof ProjectCreate>

export const ProjectUpdate = Type.Partial(
  Type.Object({
    ID: id('May only repeat the id of the path.'),
    id: id('May only repeat the id of the path.'),
    ...fields,
  }),
)
export type ProjectUpdate = Static<typeof ProjectUpdate>

export const ProjectFilter = listSchema({
  projectName: Type.Optional(Type.String({ description: 'Part of the project name; case does not count.' })),
  clientName: Type.Optional(Type.String({ description: 'Part of the client name; case does not count.' })),
  projectEnabled: Type.Optional(Type.Boolean({ description: 'Only enabled, or only disabled projects.' })),
})
