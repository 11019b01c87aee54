import type { Project } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { ListSource } from '../kit/list/use-list-window.ts'

export const projectSource: ListSource<Project> = {
  name: 'projects',
  list: (query, options) => api.projects.list(query, options),
}
