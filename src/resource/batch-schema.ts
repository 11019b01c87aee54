import { type TObject, type TSchema, Type } from 'typebox'
import { capitalized, type Noun } from '../domain/noun.ts'

export const MOST_OPERATIONS = 1_000

const atomic = Type.Optional(
  Type.Boolean({
    default: false,
    description: 'true: all operations are done, or none. false: each is done or refused for itself.',
  }),
)

/** The object that an operation is about, and the version that it must have. */
const headOf = (one: string) => ({
  id: Type.Optional(Type.Integer({ minimum: 1, description: `Which ${one} to update or delete.` })),
  ifMatch: Type.Optional(
    Type.String({ description: `As the If-Match header: the ETag that the ${one} has to have.` }),
  ),
})

export const ItemHead = Type.Object(headOf('object'))

/** An error of one operation; those that answer a whole request also name the request. */
const ItemError = Type.Object({
  title: Type.String({ description: 'What is wrong, in general.' }),
  status: Type.Integer({ description: 'HTTP status.' }),
  code: Type.Integer({ description: 'Stable error code.' }),
  detail: Type.String({ description: 'What to do about it.' }),
  source: Type.Optional(
    Type.Object(
      { pointer: Type.Optional(Type.String({ description: 'JSON pointer into the body.' })) },
      { description: 'Where the fault is.' },
    ),
  ),
})

export const batchSchema = {
  envelope: Type.Object({ atomic }),

  /** @param bodies method → the fields that it takes; undefined if it takes none */
  request({ one, many }: Noun, bodies: Readonly<Record<string, TObject | undefined>>) {
    const methods = Object.keys(bodies)
    const item = Type.Object({
      method: Type.Unsafe<string>({ type: 'string', enum: methods, description: 'What to do.' }),
      ...headOf(one),
      [one]: Type.Optional(
        Type.Union(
          Object.values(bodies).filter((body): body is TObject => body !== undefined),
          { description: 'The fields to create it with, or to change.' },
        ),
      ),
    })
    const operations = Type.Array(item, {
      minItems: 1,
      maxItems: MOST_OPERATIONS,
      description: 'What to do, in this order; 1 to 1,000.',
    })
    return Type.Object(
      { atomic, operations },
      { title: `${capitalized(one)}Batch`, description: `Changes of ${many}.` },
    )
  },

  result({ one }: Noun, object: TSchema) {
    return Type.Object(
      {
        status: Type.Integer({
          description: 'The HTTP status that the operation alone would have been answered with.',
        }),
        etag: Type.Optional(Type.String({ description: `ETag of the ${one} after it.` })),
        [one]: Type.Optional(object),
        errors: Type.Optional(Type.Array(ItemError, { description: 'Why it was refused.' })),
      },
      { title: `${capitalized(one)}BatchResult`, description: 'What became of one operation.' },
    )
  },
}
