import { type Static, type TObject, type TOptional, type TProperties, Type } from 'typebox'
import { capitalized, type Noun } from '../domain/noun.ts'
import { idField, nameField, repeatedIdField, timeField } from '../http/fields.ts'

/** What every object has besides its own fields. */
export interface StoredObject {
  ID: number
  id: number
  createdAt: string
  updatedAt: string
  deletedAt?: string
}

const EXAMPLE_TIME = '2026-01-31T12:00:00.000Z'

/** The schema of an object as the API sends it: its own fields between its ids and its times. */
export function objectSchema<F extends TProperties>(
  { one }: Noun,
  fields: F,
  { description, example }: { readonly description: string; readonly example: object },
) {
  return Type.Object(
    {
      ID: idField('Identifier: counts from 1 in each account and is never used again.'),
      id: idField('The same identifier.'),
      ...fields,
      createdAt: timeField('When it was created'),
      updatedAt: timeField('When it was last changed'),
      deletedAt: Type.Optional(timeField('When it was deleted; only in the trash')),
    },
    {
      title: capitalized(one),
      description,
      examples: [{ ID: 1, id: 1, ...example, createdAt: EXAMPLE_TIME, updatedAt: EXAMPLE_TIME }],
    },
  )
}

/** The body of a create: only the fields in `required` have to be sent. */
export function createSchema<F extends TProperties, R extends TProperties>(
  { one }: Noun,
  fields: F,
  required: R,
  description: string,
) {
  const properties = { ...Type.Partial(Type.Object(fields)).properties, ...required }
  return Type.Object(properties as Omit<{ [N in keyof F]: TOptional<F[N]> }, keyof R> & R, {
    title: `${capitalized(one)}Create`,
    description,
  })
}

/** The body of an update. */
export function updateSchema<F extends TProperties>({ one }: Noun, fields: F, description: string) {
  return Type.Partial(Type.Object({ ID: repeatedIdField(), id: repeatedIdField(), ...fields }), {
    title: `${capitalized(one)}Update`,
    description,
  })
}

/** The two fields that all objects identified by name have; each is changed by operations of its own. */
function namedFields({ one, many }: Noun) {
  return {
    name: nameField(`Name, unique among the ${many} that are not deleted; case does not count.`),
    enabled: Type.Boolean({ default: true, description: `Whether the ${one} is enabled.` }),
  }
}

/** A kind of object identified by name. @param fields those that an update changes */
export function namedKind<F extends TProperties>(
  noun: Noun,
  fields: F,
  about: { readonly description: string; readonly example: object },
) {
  const { name, enabled } = namedFields(noun)
  const all = { name, enabled, ...fields }
  const title = capitalized(noun.one)
  return {
    noun,
    identity: { name: 'name' },
    schemas: {
      object: objectSchema(noun, all, about),
      create: createSchema(noun, all, { name }, `A new ${noun.one}. What is not sent is null.`),
      update: updateSchema(noun, fields, 'The fields to change. null clears one.'),
      rename: Type.Object({ name }, { title: `${title}Rename`, description: 'The new name.' }),
    },
  }
}

/** Gives each field of an object its value: what was sent, else its default, else null. */
export function completer<O extends TObject>({ properties }: O) {
  const defaults = Object.entries(properties as Record<string, { default?: unknown; readOnly?: boolean }>)
    .filter(([name, { readOnly }]) => !readOnly && name !== 'ID' && name !== 'id')
    .map(([name, field]) => [name, field.default ?? null] as const)
  return (sent: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(defaults.map(([name, value]) => [name, sent[name] ?? value])) as Omit<
      Static<O>,
      keyof StoredObject
    >
}
