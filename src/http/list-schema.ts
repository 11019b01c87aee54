import { type TObject, type TSchema, Type } from 'typebox'

/** Objects on a page if the caller does not say. */
export const DEFAULT_LIMIT = 50

/** The names that a list's query may use. */
interface ListNames {
  readonly sorts: Readonly<Record<string, unknown>>
  readonly fields: readonly string[]
  readonly sortExample: string
}

/** The query parameters of a list: its own filters, and those of every list. */
export function listSchema<P extends Record<string, TSchema>>(filters: P, resource: ListNames) {
  return Type.Object(
    {
      ...filters,
      deleted: Type.Optional(
        Type.Boolean({ description: 'true lists the trash: the deleted objects instead of the others.' }),
      ),
      sort: Type.Optional(
        Type.String({
          description:
            `What to sort by, separated by commas, each with - in front for descending: ${Object.keys(resource.sorts).join(', ')}. ` +
            'Nulls come last in both directions. The id decides between equals, and alone if sort is not sent.',
          examples: [resource.sortExample],
          'x-names': Object.keys(resource.sorts),
          'x-descending': true,
        }),
      ),
      fields: Type.Optional(
        Type.String({
          description: `The only fields to send, separated by commas: ${resource.fields.join(', ')}.`,
          examples: [resource.fields.slice(1, 3).join(',')],
          'x-names': resource.fields,
        }),
      ),
      page_number: Type.Optional(
        Type.Integer({
          minimum: 0,
          description: 'Number of the page, from 0. Past the end, the list is empty.',
        }),
      ),
      limit: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 1000,
          default: DEFAULT_LIMIT,
          description: 'Maximum number of objects on a page.',
        }),
      ),
      cursor: Type.Optional(
        Type.String({ description: 'Where to continue, as given in the next link. Excludes page_number.' }),
      ),
    },
    { 'x-exclusive': ['cursor', 'page_number'] },
  )
}

/** The names of an object schema's fields. */
export const fieldNames = (schema: TObject): string[] => Object.keys(schema.properties)

/** A page: a bare array of objects. */
export const listOf = (schema: TSchema) => Type.Array(schema)
