import type { Static } from 'typebox'
import { amountField, notesField } from '../../http/fields.ts'
import { namedKind } from '../../resource/schema.ts'

export const taskKind = namedKind(
  { one: 'task', many: 'tasks' },
  {
    notes: notesField('Notes.'),
    hourRate: amountField('Hourly rate, in the currency of the account.'),
  },
  {
    description: 'A kind of work, such as development; it does not belong to a project.',
    example: { name: 'Development', enabled: true, notes: null, hourRate: 30 },
  },
)

export type Task = Static<typeof taskKind.schemas.object>
