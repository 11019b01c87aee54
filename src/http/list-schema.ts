import { type TObject, type TSchema, Type } from 'typebox'

/** The most objects on a page where the caller does not say. */
export const DEFAULT_LIMIT = 50

/** What can be named in a list's query. */
interface ListNames {
  readonly sorts: Readonly<Record<string, unknown>>
  readonly fields: readonly string[]
  readonly sortExample: string
}

/** The query parameters of a list: its filters, and what every list has. */
export function listSchema<P extends Record<string, TSchema>>(filters: P, resource: ListNames) {
  return Type.Object(
    {
      ...filters,
      deleted: Type.Optional(
        Type.Boolean({ description: 'true lists the trash: the deleted ones instead of the others.' }),
      ),
      sort: Type.Optional(
        Type.String({
          description:
            `What to sort by, separated by commas, each with - in front for descending: ${Object.keys(resource.sorts).join(', ')}. ` +
            'Nulls come last both ways; the id decides between equals, and alone where sort is not sent.',
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
          description: 'Number of the page, from 0. Beyond the end the list is empty.',
        }),
      ),
      limit: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 1000,
          default: DEFAULT_LIMIT,
          description: 'Most objects on a page.',
        }),
      ),
      cursor: Type.Optional(
        Type.String({ description: 'Where to go on, as the next link gives it. Excludes page_number.' }),
      ),
    },
    { 'x-exclusive': ['cursor', 'page_number'] },
  )
}

/** The names of an object schema's fields. */
export const fieldNames = (schema: TObject): string[] => Object.keys(schema.properties)

/** A page: a bare array of objects. */
export const listOf = (schema: TSchema) => Type.Array(schema)
