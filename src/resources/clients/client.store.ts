import type { Reader, Tx } from '../../db/scope.ts'
import { fold, sortKey } from '../../domain/fold.ts'
import { type IfMatch, refuseStale } from '../../http/conditional.ts'
import { refusal } from '../../http/errors.ts'
import { refusalsFor } from '../../http/objects.ts'
import type { Client, ClientCreate, ClientUpdate } from './client.schema.ts'
import type { ClientRow } from './client.statements.ts'
import * as statements from './client.statements.ts'

const { unknown, refuseUnknown, refuseDeleted } = refusalsFor('client', '/clients', {
  unknown: 'clientNotFound',
  deleted: 'clientDeleted',
})

export { unknown as unknownClient }

/** The client. Refused where it does not exist or is deleted. */
export async function getClient(reader: Reader, id: number): Promise<ClientRow> {
  return refuseDeleted(await reader.first(statements.byId, { id }))
}

/** The client with this id, deleted or not. */
export async function getAnyClient(reader: Reader, id: number): Promise<ClientRow> {
  return refuseUnknown(await reader.first(statements.byId, { id }))
}

/** The client of this name, by fold. */
export function findClient(reader: Reader, name: string): Promise<ClientRow | undefined> {
  return reader.first(statements.byName, { name_fold: fold(name) })
}

export async function createClient(tx: Tx, input: ClientCreate): Promise<ClientRow> {
  await refuseTakenName(tx, input.name)
  return addClient(tx, input)
}

/** Changes the fields that are sent. Nothing is written where they say what is already so. */
export async function updateClient(
  tx: Tx,
  id: number,
  { ID: _, id: __, ...changes }: ClientUpdate,
  ifMatch: IfMatch | undefined,
): Promise<ClientRow> {
  const before = await getFresh(tx, id, ifMatch)
  return replace(tx, 'client.update', before, { ...clientOf(before), ...changes })
}

export async function setClientEnabled(
  tx: Tx,
  id: number,
  enabled: boolean,
  ifMatch: IfMatch | undefined,
): Promise<ClientRow> {
  const before = await getFresh(tx, id, ifMatch)
  return replace(tx, enabled ? 'client.enable' : 'client.disable', before, { ...clientOf(before), enabled })
}

/** Changes the name alone; what shows it elsewhere is the caller's to follow. */
export async function renameClient(
  tx: Tx,
  id: number,
  name: string,
  ifMatch: IfMatch | undefined,
): Promise<ClientRow> {
  const before = await getFresh(tx, id, ifMatch)
  if (fold(name) !== before.name_fold) await refuseTakenName(tx, name)
  return replace(tx, 'client.rename', before, { ...clientOf(before), name })
}

/** Puts the client into the trash; that it has no projects is the caller's to know. */
export async function deleteClient(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ClientRow> {
  const before = await getFresh(tx, id, ifMatch)
  return replace(tx, 'client.delete', before, { ...clientOf(before), deletedAt: tx.now })
}

/** Takes the client out of the trash; one that is not there stays as it is. */
export async function restoreClient(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ClientRow> {
  const before = await getAnyClient(tx, id)
  refuseStale(ifMatch, before.version)
  if (before.deleted_at === null) return before
  const { deletedAt: _, ...client } = clientOf(before)
  await refuseTakenName(tx, client.name)
  return replace(tx, 'client.restore', before, client)
}

export const clientOf = (row: ClientRow): Client => JSON.parse(row.wire)

async function getFresh(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<ClientRow> {
  const row = await getClient(tx, id)
  refuseStale(ifMatch, row.version)
  return row
}

async function refuseTakenName(tx: Tx, name: string): Promise<void> {
  const taken = await findClient(tx, name)
  if (taken)
    throw refusal(
      'clientNameTaken',
      `Client ${taken.id} has this name. Choose another name, or use client ${taken.id}.`,
      { pointer: '/name' },
    )
}

/** A client whose name no other has. */
export async function addClient(tx: Tx, input: ClientCreate): Promise<ClientRow> {
  const id = await tx.next('client')
  const client: Client = {
    ID: id,
    id,
    name: input.name,
    enabled: input.enabled ?? true,
    color: input.color ?? null,
    notes: input.notes ?? null,
    email: input.email ?? null,
    phone: input.phone ?? null,
    address: input.address ?? null,
    address2: input.address2 ?? null,
    addressZipCode: input.addressZipCode ?? null,
    addressCity: input.addressCity ?? null,
    addressCountry: input.addressCountry ?? null,
    contactPerson: input.contactPerson ?? null,
    field1: input.field1 ?? null,
    field2: input.field2 ?? null,
    field3: input.field3 ?? null,
    createdAt: tx.now,
    updatedAt: tx.now,
  }
  const row = rowOf(client, 1)
  await tx.run(statements.insert, row)
  await tx.record({ action: 'client.create', id, before: null, after: row.wire })
  return row
}

async function replace(
  tx: Tx,
  action: `client.${string}`,
  before: ClientRow,
  client: Client,
): Promise<ClientRow> {
  if (JSON.stringify(client) === before.wire) return before
  const row = rowOf({ ...client, updatedAt: tx.now }, before.version + 1)
  await tx.run(statements.update, row)
  await tx.record({ action, id: row.id, before: before.wire, after: row.wire })
  return row
}

function rowOf(client: Client, version: number): ClientRow {
  return {
    id: client.id,
    name_fold: fold(client.name),
    name_sort: sortKey(client.name),
    enabled: Number(client.enabled),
    version,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
    deleted_at: client.deletedAt ?? null,
    wire: JSON.stringify(client),
  }
}
