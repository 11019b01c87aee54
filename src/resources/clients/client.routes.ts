import { answerList, type ListResource } from '../../http/list.ts'
import { fieldNames, listOf } from '../../http/list-schema.ts'
import { answerCreated, answerObject } from '../../http/objects.ts'
import { changeOperation, type Operation, readOperation } from '../../http/operation.ts'
import { followClientName, refuseClientWithProjects } from '../projects/project.store.ts'
import {
  Client,
  ClientCreate,
  ClientFilter,
  ClientRename,
  ClientUpdate,
  clientSorts,
} from './client.schema.ts'
import { listing } from './client.statements.ts'
import * as store from './client.store.ts'

const clients: ListResource = {
  listing,
  sorts: clientSorts,
  fields: fieldNames(Client),
}

const client = (description: string) => ({ status: 200, schema: Client, description })

export const clientOperations: Operation[] = [
  readOperation({
    id: 'listClients',
    method: 'GET',
    path: '/clients',
    tag: 'Clients',
    summary: 'List clients, or search them by part of their name',
    documentedRead: true,
    query: ClientFilter,
    success: { status: 200, schema: listOf(Client), description: 'A page of clients.' },
    errors: ['cursorInvalid'],
    read: (scope, input) => answerList(scope, input, clients),
  }),
  readOperation({
    id: 'getClient',
    method: 'GET',
    path: '/clients/{id}',
    tag: 'Clients',
    summary: 'Get a client',
    documentedRead: true,
    unknown: store.unknownClient,
    success: client('The client.'),
    errors: ['clientNotFound', 'clientDeleted'],
    read: async (reader, { id }) => answerObject(await store.getClient(reader, id)),
  }),
  changeOperation({
    id: 'createClient',
    method: 'POST',
    path: '/clients',
    tag: 'Clients',
    summary: 'Create a client',
    body: ClientCreate,
    example: { name: 'Client Test', field1: 'VAT ID: 123455678' },
    success: { ...client('The new client.'), status: 201 },
    errors: ['clientNameTaken'],
    change: async (tx, { body, path }) => answerCreated(await store.createClient(tx, body), path),
  }),
  changeOperation({
    id: 'updateClient',
    method: 'PUT',
    path: '/clients/{id}',
    tag: 'Clients',
    summary: 'Change the fields that are sent, but not the name nor whether it is enabled',
    description:
      'Those two have operations of their own; sent here they are ignored, and refused under `handling=strict`.',
    unknown: store.unknownClient,
    body: ClientUpdate,
    example: { email: 'test@example.com', field2: 'Test' },
    success: client('The whole client as it is now, also where nothing changed.'),
    errors: ['clientNotFound', 'clientDeleted', 'idMismatch'],
    async change(tx, { id, body, ifMatch }) {
      return answerObject(await store.updateClient(tx, id, body, ifMatch))
    },
  }),
  changeOperation({
    id: 'renameClient',
    method: 'POST',
    path: '/clients/{id}/rename',
    tag: 'Clients',
    summary: 'Rename a client',
    description: 'Its projects show the new name at once, and count as changed.',
    unknown: store.unknownClient,
    body: ClientRename,
    example: { name: 'Client Test GmbH' },
    success: client('The client under its new name.'),
    errors: ['clientNotFound', 'clientDeleted', 'clientNameTaken'],
    async change(tx, { id, body, ifMatch }) {
      const renamed = await store.renameClient(tx, id, body.name, ifMatch)
      await followClientName(tx, renamed)
      return answerObject(renamed)
    },
  }),
  setEnabled('enableClient', 'enable', true),
  setEnabled('disableClient', 'disable', false),
  changeOperation({
    id: 'deleteClient',
    method: 'DELETE',
    path: '/clients/{id}',
    tag: 'Clients',
    summary: 'Put a client that has no projects into the trash',
    unknown: store.unknownClient,
    success: client('The deleted client.'),
    errors: ['clientNotFound', 'clientDeleted', 'clientHasProjects'],
    async change(tx, { id, ifMatch }) {
      const deleted = await store.deleteClient(tx, id, ifMatch)
      await refuseClientWithProjects(tx, id)
      return answerObject(deleted)
    },
  }),
  changeOperation({
    id: 'restoreClient',
    method: 'POST',
    path: '/clients/{id}/restore',
    tag: 'Clients',
    summary: 'Take a client out of the trash',
    unknown: store.unknownClient,
    success: client('The client, also where it was not deleted.'),
    errors: ['clientNotFound', 'clientNameTaken'],
    change: async (tx, { id, ifMatch }) => answerObject(await store.restoreClient(tx, id, ifMatch)),
  }),
]

function setEnabled(id: string, verb: string, enabled: boolean): Operation {
  return changeOperation({
    id,
    method: 'POST',
    path: `/clients/{id}/${verb}`,
    tag: 'Clients',
    summary: `${enabled ? 'Enable' : 'Disable'} a client`,
    unknown: store.unknownClient,
    success: client(`The client, also where it was ${verb}d already.`),
    errors: ['clientNotFound', 'clientDeleted'],
    change: async (tx, { id: client, ifMatch }) =>
      answerObject(await store.setClientEnabled(tx, client, enabled, ifMatch)),
  })
}
