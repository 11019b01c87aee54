import { nameIndex } from '../../db/name-index/index.ts'
import { NamedStore } from '../../resource/named-store.ts'
import type { Stored } from '../../resource/store.ts'
import { clientErrors } from './client.errors.ts'
import { type Client, clientKind } from './client.schema.ts'

export type ClientRow = Stored<'clients'>

export const clients = new NamedStore<'clients', Client>({
  table: 'clients',
  kind: clientKind,
  errors: clientErrors,
})

/** Finds clients by a part of their name. */
export const clientNames = nameIndex('clients', 'client')
