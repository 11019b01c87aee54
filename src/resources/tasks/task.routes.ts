import { namedList } from '../../resource/named-list.ts'
import { namedResource } from '../../resource/operations.ts'
import { taskNoun, taskSchemas } from './task.schema.ts'
import { taskErrors, tasks } from './task.store.ts'

const { filter, list } = namedList(taskNoun, 'tasks', taskSchemas.object, {
  hourRate: ['hour_rate_missing', 'hour_rate'],
})

export const taskResource = namedResource({
  noun: taskNoun,
  description: 'Kinds of work, which time is booked on.',
  schemas: { ...taskSchemas, filter },
  list,
  errors: taskErrors,
  store: tasks,
  special: {
    create: { example: { name: 'Development', hourRate: 30 } },
    update: { example: { hourRate: 35.5, notes: 'Test task for API' } },
    rename: { example: { name: 'Software development' } },
  },
})
