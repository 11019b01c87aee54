import { NamedStore } from '../../resource/named-store.ts'
import type { Stored } from '../../resource/store.ts'
import { clientErrors } from './client.errors.ts'
import { type Client, clientNoun, clientSchemas } from './client.schema.ts'

export type ClientRow = Stored<'clients'>

export const clients = new NamedStore<'clients', Client>({
  table: 'clients',
  noun: clientNoun,
  errors: clientErrors,
  schema: clientSchemas.object,
})
