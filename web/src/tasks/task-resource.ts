import type { Task } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Resource } from '../kit/resource.ts'

export const tasks: Resource<Task> = {
  name: 'tasks',
  api: api.tasks,
  fields: { name: 'name', enabled: 'enabled' },
  search: 'name',
  filters: {},
  sorts: ['name', 'hourRate', 'updatedAt'],
  firstSort: 'name',
  related: [],
}
