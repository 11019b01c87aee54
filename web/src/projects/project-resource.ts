import type { Project } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Kinds } from '../kit/edit/draft.ts'
import type { Resource } from '../kit/resource.ts'

export const projects: Resource<Project, 'client'> = {
  name: 'projects',
  api: api.projects,
  fields: { name: 'projectName', enabled: 'projectEnabled' },
  search: 'projectName',
  filters: { client: 'clientName' },
  sorts: ['projectName', 'clientName', 'timeEstimated', 'budgetEstimated', 'hourRate', 'updatedAt'],
  // What was made last stands on top.
  firstSort: '-id',
  // A project makes the client that it names.
  related: ['clients'],
}

export const projectKinds = {
  projectName: 'name',
  clientName: 'name',
  projectEnabled: 'switch',
  timeEstimated: 'duration',
  budgetEstimated: 'number',
  hourRate: 'number',
  notes: 'text',
} as const satisfies Kinds
