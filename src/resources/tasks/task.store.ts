import { NamedStore } from '../../resource/named-store.ts'
import { namedErrors } from '../../resource/refusals.ts'
import { numberColumns } from '../../resource/table.ts'
import { type Task, taskKind } from './task.schema.ts'

export const taskErrors = namedErrors(taskKind.noun, { notFound: 14001, nameTaken: 14002, deleted: 14020 })

export const tasks = new NamedStore<'tasks', Task>({
  table: 'tasks',
  kind: taskKind,
  errors: taskErrors,
  columns: numberColumns('hour_rate', ({ hourRate }) => hourRate),
})
