import { type TObject, Type } from 'typebox'
import { Listing } from '../db/listing.ts'
import { contains } from '../db/sql.ts'
import type { ObjectTable } from '../db/tables.ts'
import { updatedSinceField } from '../http/fields.ts'
import { fieldNames, listSchema } from '../http/list-schema.ts'
import type { Noun } from './noun.ts'

/** The list of objects that are known by their name. @param sorts those that not every named object has */
export function namedList(
  { many }: Noun,
  table: ObjectTable,
  object: TObject,
  sorts: Readonly<Record<string, readonly string[]>> = {},
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
    { folded: ['name'], inNameIndex: [] },
  )
  return { filter, list: { listing, sorts: allSorts } }
}
