import { Type } from 'typebox'
import type { Finder } from '../db/candidates.ts'
import { Listing } from '../db/listing.ts'
import { contains } from '../db/sql.ts'
import type { ObjectTable } from '../db/tables.ts'
import { updatedSinceField } from '../http/fields.ts'
import { fieldNames, listSchema } from '../http/list-schema.ts'
import type { ObjectKind } from '../http/object-kind.ts'

interface Special {
  /** Sorts that not every named object has. */
  readonly sorts?: Readonly<Record<string, readonly string[]>>
  /** The index of names, where there may be very many. */
  readonly finder?: Finder
}

/** The list of objects identified by name. */
export function namedList(
  { noun: { many }, schemas: { object } }: Pick<ObjectKind, 'noun' | 'schemas'>,
  table: ObjectTable,
  { sorts = {}, finder }: Special = {},
) {
  const allSorts = {
    id: ['id'],
    name: ['name_sort'],
    ...sorts,
    createdAt: ['created_at'],
    updatedAt: ['updated_at'],
  }
  const filter = listSchema(
    {
      name: Type.Optional(
        Type.String({ description: 'Part of the name; case does not count.', examples: ['test'] }),
      ),
      enabled: Type.Optional(Type.Boolean({ description: `Only enabled, or only disabled ${many}.` })),
      updatedSince: updatedSinceField(many),
    },
    { sorts: allSorts, fields: fieldNames(object), sortExample: '-name' },
  )
  const listing = new Listing(
    table,
    {
      name: ({ builder }, param) => contains(builder, 'name_fold', param('name')),
      enabled: ({ eb }, param) => eb('enabled', '=', param('enabled')),
      updatedSince: ({ eb }, param) => eb('updated_at', '>=', param('updatedSince')),
    },
    { folded: ['name'], indexed: [], inNameIndex: [], finders: finder ? { name: finder } : {} },
  )
  return { filter, list: { listing, sorts: allSorts } }
}
