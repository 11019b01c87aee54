import { type Static, Type } from 'typebox'
import { amountField, nameField, notesField, updatedSinceField } from '../../http/fields.ts'
import { fieldNames, listSchema } from '../../http/list-schema.ts'
import { createSchema, objectSchema, updateSchema } from '../../resource/schema.ts'

const projectNoun = { one: 'project', many: 'projects' } as const

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

export const Project = objectSchema(projectNoun, fields, {
  description: 'A project of a client, with its estimates.',
  example: {
    projectName: 'Test project 001',
    clientName: 'Test company',
    projectEnabled: true,
    notes: 'Test project for API',
    hourRate: 50,
    timeEstimated: 4800,
    budgetEstimated: 4000,
  },
})
export type Project = Static<typeof Project>

export const ProjectCreate = createSchema(
  projectNoun,
  fields,
  {
    projectName: fields.projectName,
    clientName: nameField('Name of its client. Where no client has it, one is created.'),
  },
  'A new project. What is not sent is null, and the project enabled.',
)
export type ProjectCreate = Static<typeof ProjectCreate>

export const ProjectUpdate = updateSchema(
  projectNoun,
  { ...fields, clientName: nameField('Name of its client. It has to match an existing client.') },
  'The fields to change. null clears a field that may be null.',
)
export type ProjectUpdate = Static<typeof ProjectUpdate>

export const projectKind = {
  noun: projectNoun,
  schemas: { object: Project, create: ProjectCreate, update: ProjectUpdate },
  identity: { name: 'projectName', within: 'clientName' },
}

/** Numbers that can be filtered by range, and the column of each. */
export const rangeColumns = {
  hourRate: 'hour_rate',
  timeEstimated: 'time_estimated',
  budgetEstimated: 'budget_estimated',
} as const

/** What a range parameter such as `hourRate[gte]` means. */
export const rangeOperators = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

const ranges = Object.fromEntries(
  Object.keys(rangeColumns).flatMap((name) =>
    Object.entries(rangeOperators).map(([operator, sign]) => [
      `${name}[${operator}]`,
      Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 999_999_999_999,
          description: `Only projects whose ${name} is ${sign} this number; null is in no range.`,
        }),
      ),
    ]),
  ),
)

export const projectSorts = {
  id: ['id'],
  projectName: ['name_sort'],
  clientName: ['client_sort'],
  projectEnabled: ['enabled'],
  hourRate: ['hour_rate_missing', 'hour_rate'],
  timeEstimated: ['time_estimated_missing', 'time_estimated'],
  budgetEstimated: ['budget_estimated_missing', 'budget_estimated'],
  createdAt: ['created_at'],
  updatedAt: ['updated_at'],
}

export const ProjectFilter = listSchema(
  {
    projectName: Type.Optional(
      Type.String({ description: 'Part of the project name; case does not count.', examples: ['Test'] }),
    ),
    clientName: Type.Optional(Type.String({ description: 'Part of the client name; case does not count.' })),
    projectEnabled: Type.Optional(Type.Boolean({ description: 'Only enabled, or only disabled projects.' })),
    ...ranges,
    updatedSince: updatedSinceField('projects'),
  },
  { sorts: projectSorts, fields: fieldNames(Project), sortExample: 'projectName,-budgetEstimated' },
)
