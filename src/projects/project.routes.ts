import { fold } from '../db/fold.ts'
import { Refusal } from '../http/errors.ts'
import { type Answer, changeOperation, type Operation, readOperation } from '../http/operation.ts'
import { answerPage } from '../http/paging.ts'
import { ProjectCreate, ProjectFilter, ProjectUpdate } from './project.schema.ts'
import type { ProjectFilters, ShownProject } from './project.statements.ts'
import * as store from './project.store.ts'

const answer = ({ wire }: ShownProject): Answer => ({ status: 200, body: wire })

export const projectOperations: Operation[] = [
  readOperation({
    id: 'listProjects',
    method: 'GET',
    path: '/projects',
    summary: 'List projects, or search them by part of their name',
    documentedRead: true,
    query: ProjectFilter,
    async read(reader, input) {
      const { projectName, clientName, projectEnabled } = input.query
      const filters: ProjectFilters = {
        ...(projectName !== undefined && { name: fold(projectName) }),
        ...(clientName !== undefined && { client: fold(clientName) }),
        ...(projectEnabled !== undefined && { enabled: projectEnabled }),
      }
      return answerPage(reader.account, input, filters, (page, counted) =>
        store.listProjects(reader, filters, page, counted),
      )
    },
  }),
  readOperation({
    id: 'getProject',
    method: 'GET',
    path: '/projects/{id}',
    summary: 'Get a project',
    unknown: store.unknownProject,
    documentedRead: true,
    read: async (reader, { id }) => answer(await store.getProject(reader, id)),
  }),
  changeOperation({
    id: 'createProject',
    method: 'POST',
    path: '/projects',
    summary: 'Create a project, and its client where there is none of that name',
    body: ProjectCreate,
    async change(tx, { body, path }) {
      const { id, wire } = await store.createProject(tx, body)
      return { status: 201, body: wire, headers: { Location: `${path}/${id}` } }
    },
  }),
  changeOperation({
    id: 'updateProject',
    method: 'PUT',
    path: '/projects/{id}',
    summary: 'Change the fields that are sent',
    unknown: store.unknownProject,
    body: ProjectUpdate,
    async change(tx, { id, body }) {
      refuseOtherId(id, body)
      return answer(await store.updateProject(tx, id, body))
    },
  }),
  changeOperation({
    id: 'deleteProject',
    method: 'DELETE',
    path: '/projects/{id}',
    summary: 'Put a project into the trash',
    unknown: store.unknownProject,
    change: async (tx, { id }) => answer(await store.deleteProject(tx, id)),
  }),
  changeOperation({
    id: 'restoreProject',
    method: 'POST',
    path: '/projects/{id}/restore',
    summary: 'Take a project out of the trash',
    unknown: store.unknownProject,
    change: async (tx, { id }) => answer(await store.restoreProject(tx, id)),
  }),
]

function refuseOtherId(id: number, body: ProjectUpdate): void {
  const [first, ...others] = (['ID', 'id'] as const)
    .filter((name) => body[name] !== undefined && body[name] !== id)
    .map((name) => ({
      error: 'idMismatch' as const,
      detail: `${name} is not the ${id} of the path. Leave it out: an id never changes.`,
      source: { pointer: `/${name}` },
    }))
  if (first) throw new Refusal([first, ...others])
}
