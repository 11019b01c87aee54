import { answerList, type ListResource } from '../../http/list.ts'
import { fieldNames, listOf } from '../../http/list-schema.ts'
import { answerCreated, answerObject } from '../../http/objects.ts'
import { changeOperation, type Operation, readOperation } from '../../http/operation.ts'
import { Project, ProjectCreate, ProjectFilter, ProjectUpdate, projectSorts } from './project.schema.ts'
import { listing } from './project.statements.ts'
import * as store from './project.store.ts'

const projects: ListResource = {
  listing,
  sorts: projectSorts,
  fields: fieldNames(Project),
}

const project = (description: string) => ({ status: 200, schema: Project, description })

export const projectOperations: Operation[] = [
  readOperation({
    id: 'listProjects',
    method: 'GET',
    path: '/projects',
    tag: 'Projects',
    summary: 'List projects, or search them by part of their name',
    documentedRead: true,
    query: ProjectFilter,
    success: { status: 200, schema: listOf(Project), description: 'A page of projects.' },
    errors: ['cursorInvalid'],
    read: (scope, input) => answerList(scope, input, projects),
  }),
  readOperation({
    id: 'getProject',
    method: 'GET',
    path: '/projects/{id}',
    tag: 'Projects',
    summary: 'Get a project',
    documentedRead: true,
    unknown: store.unknownProject,
    success: project('The project.'),
    errors: ['projectNotFound', 'projectDeleted'],
    read: async (reader, { id }) => answerObject(await store.getProject(reader, id)),
  }),
  changeOperation({
    id: 'createProject',
    method: 'POST',
    path: '/projects',
    tag: 'Projects',
    summary: 'Create a project, and its client where there is none of that name',
    body: ProjectCreate,
    example: { projectName: 'Test project 001', clientName: 'Test company', hourRate: 50 },
    success: { ...project('The new project.'), status: 201 },
    errors: ['projectNameTaken'],
    change: async (tx, { body, path }) => answerCreated(await store.createProject(tx, body), path),
  }),
  changeOperation({
    id: 'updateProject',
    method: 'PUT',
    path: '/projects/{id}',
    tag: 'Projects',
    summary: 'Change the fields that are sent',
    unknown: store.unknownProject,
    body: ProjectUpdate,
    example: { hourRate: 50, notes: 'Test project for API' },
    success: project('The whole project as it is now, also where nothing changed.'),
    errors: ['projectNotFound', 'projectDeleted', 'projectNameTaken', 'clientNameUnknown', 'idMismatch'],
    async change(tx, { id, body, ifMatch }) {
      return answerObject(await store.updateProject(tx, id, body, ifMatch))
    },
  }),
  changeOperation({
    id: 'deleteProject',
    method: 'DELETE',
    path: '/projects/{id}',
    tag: 'Projects',
    summary: 'Put a project into the trash',
    description: 'Nothing is erased: its name is free again, its id is not, and it can be restored.',
    unknown: store.unknownProject,
    success: project('The deleted project.'),
    errors: ['projectNotFound', 'projectDeleted'],
    change: async (tx, { id, ifMatch }) => answerObject(await store.deleteProject(tx, id, ifMatch)),
  }),
  changeOperation({
    id: 'restoreProject',
    method: 'POST',
    path: '/projects/{id}/restore',
    tag: 'Projects',
    summary: 'Take a project out of the trash',
    unknown: store.unknownProject,
    success: project('The project, also where it was not deleted.'),
    errors: ['projectNotFound', 'projectNameTaken', 'projectClientDeleted'],
    change: async (tx, { id, ifMatch }) => answerObject(await store.restoreProject(tx, id, ifMatch)),
  }),
]
