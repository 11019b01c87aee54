import { namedList } from '../../resource/named-list.ts'
import { namedResource } from '../../resource/operations.ts'
import { taskKind } from './task.schema.ts'
import { taskErrors, tasks } from './task.store.ts'

const { filter, list } = namedList(taskKind, 'tasks', {
  sorts: { hourRate: ['hour_rate_missing', 'hour_rate'] },
})

export const taskResource = namedResource({
  ...taskKind,
  description: 'Kinds of work that time is booked on.',
  filter,
  list,
  errors: taskErrors,
  store: tasks,
  special: {
    create: { example: { name: 'Development', hourRate: 30 } },
    update: { example: { hourRate: 35.5, notes: 'Test task for API' } },
    rename: { example: { name: 'Software development' } },
  },
})
