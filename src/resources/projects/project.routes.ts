import { objectResource } from '../../resource/operations.ts'
import { clientErrors } from '../clients/client.errors.ts'
import { projectErrors } from './project.errors.ts'
import { ProjectFilter, projectKind, projectSorts } from './project.schema.ts'
import { listing } from './project.statements.ts'
import { projects } from './project.store.ts'

export const projectResource = objectResource({
  ...projectKind,
  description: 'Projects of clients, with their estimates.',
  filter: ProjectFilter,
  list: { listing, sorts: projectSorts },
  errors: projectErrors,
  store: projects,
  special: {
    create: {
      summary: 'Create a project, and its client where there is none of that name',
      example: { projectName: 'Test project 001', clientName: 'Test company', hourRate: 50 },
    },
    update: {
      example: { hourRate: 50, notes: 'Test project for API' },
      errors: [clientErrors.nameUnknown],
    },
    restore: { errors: [projectErrors.clientDeleted] },
    batch: {
      example: {
        atomic: true,
        operations: [
          { method: 'create', project: { projectName: 'Test project 001', clientName: 'Test company' } },
          { method: 'update', id: 1, ifMatch: '"1"', project: { hourRate: 50 } },
          { method: 'delete', id: 2 },
        ],
      },
    },
  },
})
