import type { Static } from 'typebox'
import { amountField, notesField } from '../../http/fields.ts'
import { namedSchemas } from '../../resource/schema.ts'

export const taskNoun = { one: 'task', many: 'tasks' } as const

export const taskSchemas = namedSchemas(
  taskNoun,
  {
    notes: notesField('Notes.'),
    hourRate: amountField('Hourly rate, in the currency of the account.'),
  },
  {
    description: 'A kind of work, such as development; it belongs to no project.',
    example: { name: 'Development', enabled: true, notes: null, hourRate: 30 },
  },
)

export type Task = Static<typeof taskSchemas.object>
