import { fold } from '../db/fold.ts'
import { type Param, query } from '../db/query.ts'
import type { Reader, Tx } from '../db/scope.ts'

export interface Client {
  readonly id: number
  /** As the client spells it. */
  readonly name: string
}

/** The client of this name, by fold. */
export function findClient(reader: Reader, name: string): Promise<Client | undefined> {
  return reader.first(byName, { name_fold: fold(name) })
}

/** The client of this name, created where there is none. */
export async function ensureClient(tx: Tx, name: string): Promise<Client> {
  const existing = await findClient(tx, name)
  if (existing) return existing
  const client: Client = { id: await tx.next('client'), name }
  await tx.run(insert, { id: client.id, name, name_fold: fold(name), now: tx.now })
  await tx.record({ action: 'client.create', id: client.id, before: null, after: JSON.stringify(client) })
  return client
}

const byName = query((db, param: Param<{ name_fold: string }>) =>
  db
    .selectFrom('clients')
    .select(['id', 'name'])
    .where('account_id', '=', param('account'))
    .where('name_fold', '=', param('name_fold'))
    .where('deleted_at', 'is', null),
)

const insert = query((db, param: Param<{ id: number; name: string; name_fold: string; now: string }>) =>
  db.insertInto('clients').values({
    account_id: param('account'),
    id: param('id'),
    name: param('name'),
    name_fold: param('name_fold'),
    version: 1,
    created_at: param('now'),
    updated_at: param('now'),
    deleted_at: null,
  }),
)
