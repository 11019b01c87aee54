import { readById } from '../../db/by-id.ts'
import { Listing } from '../../db/listing.ts'
import { nameIndex } from '../../db/name-index/index.ts'
import { type Param, query } from '../../db/query.ts'
import { contains } from '../../db/sql.ts'
import type { Tables } from '../../db/tables.ts'

/** A client as it is kept. */
export type ClientRow = Omit<Tables['clients'], 'account_id'>

export const byId = readById((db, param, wanted) =>
  db.selectFrom('clients').selectAll().where('account_id', '=', param('account')).where(wanted),
)

export const byName = query((db, param: Param<{ name_fold: string }>) =>
  db
    .selectFrom('clients')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('name_fold', '=', param('name_fold'))
    .where('deleted_at', 'is', null),
)

export const insert = query((db, param: Param<ClientRow>) =>
  db.insertInto('clients').values({
    account_id: param('account'),
    id: param('id'),
    name_fold: param('name_fold'),
    name_sort: param('name_sort'),
    enabled: param('enabled'),
    version: param('version'),
    created_at: param('created_at'),
    updated_at: param('updated_at'),
    deleted_at: param('deleted_at'),
    wire: param('wire'),
  }),
)

export const update = query((db, param: Param<ClientRow>) =>
  db
    .updateTable('clients')
    .set({
      name_fold: param('name_fold'),
      name_sort: param('name_sort'),
      enabled: param('enabled'),
      version: param('version'),
      updated_at: param('updated_at'),
      deleted_at: param('deleted_at'),
      wire: param('wire'),
    })
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id')),
)

export const clientNames = nameIndex('clients', 'client')

export const listing = new Listing(
  'clients',
  {
    name: ({ builder }, param) => contains(builder, 'name_fold', param('name')),
    enabled: ({ eb }, param) => eb('enabled', '=', param('enabled')),
    updatedSince: ({ eb }, param) => eb('updated_at', '>=', param('updatedSince')),
  },
  { counter: 'client', folded: ['name'], indexed: [], inNameIndex: [], finders: { name: clientNames } },
)
