import type { Reader, Tx } from '../../db/scope.ts'
import { fold, sortKey } from '../../domain/fold.ts'
import { type IfMatch, refuseStale } from '../../http/conditional.ts'
import { refusal } from '../../http/errors.ts'
import { refusalsFor, type Shown } from '../../http/objects.ts'
import type { ClientRow } from '../clients/client.statements.ts'
import { addClient, clientOf, findClient, getAnyClient } from '../clients/client.store.ts'
import type { Project, ProjectCreate, ProjectUpdate } from './project.schema.ts'
import type { ProjectRow } from './project.statements.ts'
import * as statements from './project.statements.ts'

const { unknown, refuseUnknown, refuseDeleted } = refusalsFor('project', '/projects', {
  unknown: 'projectNotFound',
  deleted: 'projectDeleted',
})

export { unknown as unknownProject }

/** The project. Refused where it does not exist or is deleted. */
export async function getProject(reader: Reader, id: number): Promise<Shown> {
  return refuseDeleted(await reader.first(statements.shown, { id }))
}

/** The project, deleted or not. */
export async function getAnyProject(reader: Reader, id: number): Promise<Shown> {
  return refuseUnknown(await reader.first(statements.shown, { id }))
}

export async function createProject(tx: Tx, input: ProjectCreate): Promise<ProjectRow> {
  const { clientId, clientName } = await placeFor(tx, input)
  const id = await tx.next('project')
  const project: Project = {
    ID: id,
    id,
    projectName: input.projectName,
    clientName,
    projectEnabled: input.projectEnabled ?? true,
    notes: input.notes ?? null,
    hourRate: input.hourRate ?? null,
    timeEstimated: input.timeEstimated ?? null,
    budgetEstimated: input.budgetEstimated ?? null,
    createdAt: tx.now,
    updatedAt: tx.now,
  }
  const row = rowOf(project, clientId, 1)
  await tx.run(statements.insert, row)
  await tx.record({ action: 'project.create', id, before: null, after: row.wire })
  return row
}

/** The client of a new project, created where there is none of its name. */
async function placeFor(tx: Tx, { clientName, projectName }: ProjectCreate) {
  const folds = { client_fold: fold(clientName), name_fold: fold(projectName) }
  const place = await tx.first(statements.placeFor, folds)
  if (!place) return { clientId: (await addClient(tx, { name: clientName })).id, clientName }
  if (place.taken !== null) throw nameTaken(place.taken)
  return place
}

/** Changes the fields that are sent. Nothing is written where they say what is already so. */
export async function updateProject(
  tx: Tx,
  id: number,
  { ID: _, id: __, clientName, ...changes }: ProjectUpdate,
  ifMatch: IfMatch | undefined,
): Promise<ProjectRow> {
  const before = await getFresh(tx, id, ifMatch)
  const project: Project = { ...projectOf(before), ...changes }
  const client = clientName === undefined ? undefined : await knownClient(tx, clientName)
  if (client) project.clientName = clientOf(client).name
  const clientId = client?.id ?? before.client_id
  if (clientId !== before.client_id || fold(project.projectName) !== before.name_fold)
    await refuseTakenName(tx, clientId, project.projectName)
  return replace(tx, 'project.update', before, project, clientId)
}

/** Puts the project into the trash: its name is free again, and nothing of it is lost. */
export async function deleteProject(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ProjectRow> {
  const before = await getFresh(tx, id, ifMatch)
  return replace(tx, 'project.delete', before, { ...projectOf(before), deletedAt: tx.now })
}

/** Takes the project out of the trash; one that is not there stays as it is. */
export async function restoreProject(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ProjectRow> {
  const before = refuseUnknown(await tx.first(statements.byId, { id }))
  refuseStale(ifMatch, before.version)
  if (before.deleted_at === null) return before
  const { deletedAt: _, ...project } = projectOf(before)
  const client = await getAnyClient(tx, before.client_id)
  if (client.deleted_at !== null)
    throw refusal(
      'projectClientDeleted',
      `Client ${client.id} of this project is deleted. POST /api/v2/ext/clients/${client.id}/restore first.`,
    )
  await refuseTakenName(tx, client.id, project.projectName)
  return replace(tx, 'project.restore', before, project)
}

/** Refuses to delete a client that still has projects. */
export async function refuseClientWithProjects(tx: Tx, clientId: number): Promise<void> {
  const count = (await tx.first(statements.countOfClient, { client_id: clientId }))?.count ?? 0
  const [projects, them] = count === 1 ? ['project', 'it'] : ['projects', 'them']
  if (count > 0)
    throw refusal(
      'clientHasProjects',
      `This client has ${count} ${projects}. Delete ${them} first, or move ${them} to another client.`,
    )
}

const FOLLOWED_AT_ONCE = 200

/** Shows a client's new name in all of its projects, deleted ones too. */
export async function followClientName(tx: Tx, client: ClientRow): Promise<void> {
  const { name } = clientOf(client)
  let after = 0
  let ids: number[]
  do {
    ids = await tx.all(statements.idsOfClient, { client_id: client.id, after, most: FOLLOWED_AT_ONCE })
    for (const row of await tx.all(statements.byId.many, { ids: JSON.stringify(ids) }))
      await replace(tx, 'project.update', row, { ...projectOf(row), clientName: name })
    after = ids.at(-1) ?? after
  } while (ids.length === FOLLOWED_AT_ONCE)
}

async function getFresh(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ProjectRow> {
  const row = refuseDeleted(await tx.first(statements.byId, { id }))
  refuseStale(ifMatch, row.version)
  return row
}

async function knownClient(tx: Tx, name: string): Promise<ClientRow> {
  const client = await findClient(tx, name)
  if (!client)
    throw refusal(
      'clientNameUnknown',
      'No client has this name. Send the name of an existing client; nothing was changed.',
      { pointer: '/clientName' },
    )
  return client
}

async function refuseTakenName(tx: Tx, clientId: number, name: string): Promise<void> {
  const taken = await tx.first(statements.idByName, { client_id: clientId, name_fold: fold(name) })
  if (taken) throw nameTaken(taken.id)
}

const nameTaken = (id: number) =>
  refusal(
    'projectNameTaken',
    `Project ${id} of this client has this name. Choose another name, or update project ${id}.`,
    { pointer: '/projectName' },
  )

async function replace(
  tx: Tx,
  action: `project.${string}`,
  before: ProjectRow,
  project: Project,
  clientId = before.client_id,
): Promise<ProjectRow> {
  if (JSON.stringify(project) === before.wire) return before
  const row = rowOf({ ...project, updatedAt: tx.now }, clientId, before.version + 1)
  const stays = statements.placeColumns.every((column) => row[column] === before[column])
  await tx.run(stays ? statements.updateContent : statements.update, row)
  await tx.record({ action, id: row.id, before: before.wire, after: row.wire })
  return row
}

const projectOf = (row: ProjectRow): Project => JSON.parse(row.wire)

function rowOf(project: Project, clientId: number, version: number): ProjectRow {
  return {
    id: project.id,
    client_id: clientId,
    name_fold: fold(project.projectName),
    name_sort: sortKey(project.projectName),
    client_sort: sortKey(project.clientName),
    enabled: Number(project.projectEnabled),
    hour_rate: project.hourRate ?? 0,
    hour_rate_missing: Number(project.hourRate === null),
    time_estimated: project.timeEstimated ?? 0,
    time_estimated_missing: Number(project.timeEstimated === null),
    budget_estimated: project.budgetEstimated ?? 0,
    budget_estimated_missing: Number(project.budgetEstimated === null),
    version,
    created_at: project.createdAt,
    updated_at: project.updatedAt,
    deleted_at: project.deletedAt ?? null,
    wire: JSON.stringify(project),
  }
}
