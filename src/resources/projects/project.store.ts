import type { Tx } from '../../db/scope.ts'
import { fold, sortKey } from '../../domain/fold.ts'
import type { IfMatch } from '../../http/conditional.ts'
import { refusal } from '../../http/errors.ts'
import { completer } from '../../resource/schema.ts'
import { ObjectStore, type Stored } from '../../resource/store.ts'
import { numberColumns } from '../../resource/table.ts'
import { clientErrors } from '../clients/client.errors.ts'
import { type ClientRow, clients } from '../clients/client.store.ts'
import { projectErrors } from './project.errors.ts'
import { Project, type ProjectCreate, type ProjectUpdate, projectKind } from './project.schema.ts'
import * as statements from './project.statements.ts'

type ProjectRow = Stored<'projects'>

const FOLLOWED_AT_ONCE = 200
const MOST_COUNTED = 1_000

const complete = completer(Project)

/** Projects. Their names are unique within a client, and they show the name of that client. */
class ProjectStore extends ObjectStore<'projects', Project, 'client_id'> {
  /** Also creates the client if none has that name. */
  async create(tx: Tx, input: ProjectCreate): Promise<ProjectRow> {
    const { clientId, clientName } = await placeFor(tx, input)
    return this.add(tx, { ...complete(input), clientName }, { client_id: clientId })
  }

  override async update(
    tx: Tx,
    id: number,
    { ID: _, id: __, clientName, ...changes }: ProjectUpdate,
    ifMatch: IfMatch | undefined,
  ): Promise<ProjectRow> {
    const before = await this.getFresh(tx, id, ifMatch)
    const project: Project = { ...this.objectOf(before), ...changes }
    const client = clientName === undefined ? undefined : await knownClient(tx, clientName)
    if (client) project.clientName = clients.objectOf(client).name
    const client_id = client?.id ?? before.client_id
    if (client_id !== before.client_id || fold(project.projectName) !== before.name_fold)
      await refuseTakenName(tx, client_id, project.projectName)
    return this.replace(tx, 'update', before, project, { client_id })
  }

  /** Refused if its client is deleted, or its name has been taken meanwhile. */
  override restore(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ProjectRow> {
    return super.restore(tx, id, ifMatch, async ({ projectName }, row) => {
      const client = await clients.getAny(tx, row.client_id)
      if (client.deleted_at !== null)
        throw refusal(
          projectErrors.clientDeleted,
          `Client ${client.id} of this project is deleted. POST /api/v2/ext/clients/${client.id}/restore first.`,
        )
      await refuseTakenName(tx, client.id, projectName)
    })
  }

  /** Refuses to delete a client that still has projects. */
  async refuseClientWithProjects(tx: Tx, clientId: number): Promise<void> {
    const ofClient = { client_id: clientId, most: MOST_COUNTED }
    const count = (await tx.first(statements.countOfClient, ofClient))?.count ?? 0
    if (count === 0) return
    const counted = count === MOST_COUNTED ? `${count} or more` : String(count)
    const [noun, them] = count === 1 ? ['project', 'it'] : ['projects', 'them']
    throw refusal(
      clientErrors.hasProjects,
      `This client has ${counted} ${noun}. Delete ${them} first, or move ${them} to another client.`,
    )
  }

  /** Shows a client's new name in all of its projects, deleted ones too. */
  async followClientName(tx: Tx, client: ClientRow): Promise<void> {
    const { name: clientName } = clients.objectOf(client)
    let after = 0
    let ids: number[]
    do {
      ids = await tx.all(statements.idsOfClient, { client_id: client.id, after, most: FOLLOWED_AT_ONCE })
      for (const row of await tx.all(this.byId.many, { ids: JSON.stringify(ids) }))
        await this.replace(tx, 'update', row, { ...this.objectOf(row), clientName })
      after = ids.at(-1) ?? after
    } while (ids.length === FOLLOWED_AT_ONCE)
  }
}

export const projects = new ProjectStore({
  table: 'projects',
  kind: projectKind,
  errors: projectErrors,
  columns: {
    name_fold: ({ projectName }) => fold(projectName),
    name_sort: ({ projectName }) => sortKey(projectName),
    client_sort: ({ clientName }) => sortKey(clientName),
    enabled: ({ projectEnabled }) => Number(projectEnabled),
    ...numberColumns('hour_rate', ({ hourRate }: Project) => hourRate),
    ...numberColumns('time_estimated', ({ timeEstimated }: Project) => timeEstimated),
    ...numberColumns('budget_estimated', ({ budgetEstimated }: Project) => budgetEstimated),
  },
  references: ['client_id'],
  indexed: ['client_id', 'name_fold', 'name_sort', 'enabled'],
})

/** The client of a new project, created if none has that name. */
async function placeFor(tx: Tx, { clientName, projectName }: ProjectCreate) {
  const folds = { client_fold: fold(clientName), name_fold: fold(projectName) }
  const place = await tx.first(statements.placeFor, folds)
  if (!place) return { clientId: (await clients.addNamed(tx, { name: clientName })).id, clientName }
  if (place.taken !== null) throw nameTaken(place.taken)
  return place
}

async function knownClient(tx: Tx, name: string): Promise<ClientRow> {
  const client = await clients.find(tx, name)
  if (client) return client
  throw refusal(
    clientErrors.nameUnknown,
    'No client has this name. Send the name of an existing client; nothing was changed.',
    { pointer: '/clientName' },
  )
}

async function refuseTakenName(tx: Tx, clientId: number, name: string): Promise<void> {
  const taken = await tx.first(statements.idByName, { client_id: clientId, name_fold: fold(name) })
  if (taken) throw nameTaken(taken.id)
}

const nameTaken = (id: number) =>
  refusal(
    projectErrors.nameTaken,
    `Project ${id} of this client has this name. Choose another name, or update project ${id}.`,
    { pointer: '/projectName' },
  )
