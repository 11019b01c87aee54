import type { Project } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { type Changed, type RowChanges, useRowChanges } from '../kit/edit/use-row-changes.ts'

type Named = Pick<Project, 'id' | 'projectName'>

export type ProjectChanges = RowChanges<Project, Named>

const changed: Changed<Project, Named> = {
  list: 'projects',
  outOfDate: ['projects', 'project'],
  nameOf: ({ projectName }) => projectName,
  enabled: (projectEnabled) => ({ projectEnabled }),
  setEnabled: (id, projectEnabled) => api.projects.update(id, { projectEnabled }),
  delete: (id) => api.projects.delete(id),
  restore: (id) => api.projects.restore(id),
}

export const useProjectChanges = (): ProjectChanges => useRowChanges(changed)
