import type { Client } from '../clients/client.store.ts'
import { ensureClient, findClient } from '../clients/client.store.ts'
import { fold } from '../db/fold.ts'
import { call } from '../db/query.ts'
import type { Reader, Tx } from '../db/scope.ts'
import { refusal } from '../http/errors.ts'
import type { Page } from '../http/paging.ts'
import type { Project, ProjectCreate, ProjectUpdate } from './project.schema.ts'
import type { ProjectFilters, ProjectRow, ShownProject } from './project.statements.ts'
import * as statements from './project.statements.ts'

/** A page of the projects that are not deleted, by id, and how many there are where that is asked for. */
export async function listProjects(reader: Reader, filters: ProjectFilters, page: Page, counted: boolean) {
  const { list, count } = statements.listing(filters)
  const { name = '', client = '', enabled } = filters
  const params = { name, client, enabled: Number(enabled), ...page }
  if (!counted) return { rows: await reader.all(list, params), total: undefined }
  const [rows, totals] = await reader.both(call(list, params), call(count, params))
  return { rows, total: totals[0]?.total }
}

/** The project. Refused where it does not exist or is deleted. */
export async function getProject(reader: Reader, id: number): Promise<ShownProject> {
  return refuseDeleted(await reader.first(statements.shown, { id }))
}

export async function createProject(tx: Tx, input: ProjectCreate): Promise<ProjectRow> {
  const client = await ensureClient(tx, input.clientName)
  await refuseTakenName(tx, client, input.projectName)
  const id = await tx.next('project')
  const project: Project = {
    ID: id,
    id,
    projectName: input.projectName,
    clientName: client.name,
    projectEnabled: input.projectEnabled ?? true,
    notes: input.notes ?? null,
    hourRate: input.hourRate ?? null,
    timeEstimated: input.timeEstimated ?? null,
    budgetEstimated: input.budgetEstimated ?? null,
    createdAt: tx.now,
    updatedAt: tx.now,
  }
  const row = rowOf(project, client.id, 1)
  await tx.run(statements.insert, row)
  await tx.record({ action: 'project.create', id, before: null, after: row.wire })
  return row
}

/** Changes the fields that are sent. Nothing is written where they say what is already so. */
export async function updateProject(
  tx: Tx,
  id: number,
  { ID: _, id: __, ...changes }: ProjectUpdate,
): Promise<ProjectRow> {
  const before = refuseDeleted(await tx.first(statements.kept, { id }))
  const project: Project = { ...projectOf(before), ...changes }
  const client = await clientFor(tx, before, changes.clientName)
  project.clientName = client.name
  if (client.id !== before.client_id || fold(project.projectName) !== before.name_fold)
    await refuseTakenName(tx, client, project.projectName, id)
  if (JSON.stringify(project) === before.wire) return before
  return replace(tx, 'project.update', before, project, client.id)
}

/** Puts the project into the trash: its name is free again, and nothing of it is lost. */
export async function deleteProject(tx: Tx, id: number): Promise<ProjectRow> {
  const before = refuseDeleted(await tx.first(statements.kept, { id }))
  return replace(tx, 'project.delete', before, { ...projectOf(before), deletedAt: tx.now })
}

/** Takes the project out of the trash; one that is not there stays as it is. */
export async function restoreProject(tx: Tx, id: number): Promise<ProjectRow> {
  const before = refuseUnknown(await tx.first(statements.kept, { id }))
  if (before.deleted_at === null) return before
  const { deletedAt: _, ...project } = projectOf(before)
  await refuseTakenName(tx, { id: before.client_id, name: project.clientName }, project.projectName)
  return replace(tx, 'project.restore', before, project)
}

export function unknownProject() {
  return refusal('projectUnknown', 'No project has this id. List the projects to find the right one.')
}

function refuseUnknown<T>(row: T | undefined): T {
  if (!row) throw unknownProject()
  return row
}

function refuseDeleted<T extends ShownProject>(found: T | undefined): T {
  const row = refuseUnknown(found)
  if (row.deleted_at !== null)
    throw refusal(
      'projectDeleted',
      `Project ${row.id} was deleted at ${row.deleted_at}. POST /api/v2/ext/projects/${row.id}/restore brings it back.`,
    )
  return row
}

async function clientFor(tx: Tx, before: ProjectRow, name: string | undefined): Promise<Client> {
  if (name === undefined) return { id: before.client_id, name: projectOf(before).clientName }
  const client = await findClient(tx, name)
  if (!client)
    throw refusal(
      'clientUnknown',
      'No client has this name. Send the name of an existing client; nothing was changed.',
      { pointer: '/clientName' },
    )
  return client
}

async function refuseTakenName(tx: Tx, client: Client, name: string, except = 0): Promise<void> {
  const taken = await tx.first(statements.idByName, { client_id: client.id, name_fold: fold(name), except })
  if (taken)
    throw refusal(
      'projectNameTaken',
      `Project ${taken.id} of this client has this name. Choose another name, or update project ${taken.id}.`,
      { pointer: '/projectName' },
    )
}

async function replace(
  tx: Tx,
  action: `project.${string}`,
  before: ProjectRow,
  project: Project,
  clientId = before.client_id,
): Promise<ProjectRow> {
  const row = rowOf({ ...project, updatedAt: tx.now }, clientId, before.version + 1)
  await tx.run(statements.update, row)
  await tx.record({ action, id: row.id, before: before.wire, after: row.wire })
  return row
}

const projectOf = (row: ProjectRow): Project => JSON.parse(row.wire)

function rowOf(project: Project, clientId: number, version: number): ProjectRow {
  return {
    id: project.id,
    client_id: clientId,
    name_fold: fold(project.projectName),
    enabled: Number(project.projectEnabled),
    version,
    deleted_at: project.deletedAt ?? null,
    wire: JSON.stringify(project),
  }
}
