import { type Static, Type } from 'typebox'
import {
  countryField,
  idField,
  lineField,
  nameField,
  notesField,
  patternField,
  repeatedIdField,
  timeField,
} from '../../http/fields.ts'
import { fieldNames, listSchema } from '../../http/list-schema.ts'

const details = {
  color: patternField('Colour, as #RRGGBB.', '^#[0-9A-Fa-f]{6}$', '#3366CC'),
  notes: notesField('Notes.'),
  email: patternField('E-mail address.', '^[^\\s@]{1,64}@[^\\s@]{1,190}$', 'office@example.com'),
  phone: lineField('Telephone number.'),
  address: lineField('Street and number.'),
  address2: lineField('Addition to the address.'),
  addressZipCode: lineField('Postcode.'),
  addressCity: lineField('City.'),
  addressCountry: countryField('Country, as its ISO 3166-1 code of two capital letters.'),
  contactPerson: lineField('Whom to ask for.'),
  field1: lineField('Free field.'),
  field2: lineField('Free field.'),
  field3: lineField('Free field.'),
}

const name = nameField('Name, unique among the clients that are not deleted; case does not count.')
const enabled = Type.Boolean({ default: true, description: 'Whether the client is enabled.' })

export const Client = Type.Object(
  {
    ID: idField('Identifier: counts from 1 in each account and is never used again.'),
    id: idField('The same identifier.'),
    name,
    enabled,
    ...details,
    createdAt: timeField('When it was created'),
    updatedAt: timeField('When it was last changed'),
    deletedAt: Type.Optional(timeField('When it was deleted; only in the trash')),
  },
  {
    title: 'Client',
    description: 'Whom the work is for.',
    examples: [
      {
        ID: 1,
        id: 1,
        name: 'Client Test',
        enabled: true,
        color: '#3366CC',
        notes: null,
        email: 'test@example.com',
        phone: null,
        address: null,
        address2: null,
        addressZipCode: null,
        addressCity: 'Berlin',
        addressCountry: 'DE',
        contactPerson: null,
        field1: 'VAT ID: 123455678',
        field2: null,
        field3: null,
        createdAt: '2026-01-31T12:00:00.000Z',
        updatedAt: '2026-01-31T12:00:00.000Z',
      },
    ],
  },
)
export type Client = Static<typeof Client>

export const ClientCreate = Type.Object(
  { name, enabled: Type.Optional(enabled), ...Type.Partial(Type.Object(details)).properties },
  { title: 'ClientCreate', description: 'A new client. What is not sent is null.' },
)
export type ClientCreate = Static<typeof ClientCreate>

/** The name and whether it is enabled are changed on purpose, by operations of their own. */
export const ClientUpdate = Type.Partial(
  Type.Object({
    ID: repeatedIdField(),
    id: repeatedIdField(),
    ...details,
  }),
  { title: 'ClientUpdate', description: 'The fields to change. null clears one.' },
)
export type ClientUpdate = Static<typeof ClientUpdate>

export const ClientRename = Type.Object({ name }, { title: 'ClientRename', description: 'The new name.' })

export const clientSorts = {
  id: ['id'],
  name: ['name_sort'],
  createdAt: ['created_at'],
  updatedAt: ['updated_at'],
}

export const ClientFilter = listSchema(
  {
    name: Type.Optional(
      Type.String({ description: 'Part of the name; case does not count.', examples: ['test'] }),
    ),
    enabled: Type.Optional(Type.Boolean({ description: 'Only enabled, or only disabled clients.' })),
    updatedSince: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'Only clients changed at or after this time, UTC.',
        examples: ['2026-01-31T12:00:00Z'],
      }),
    ),
  },
  { sorts: clientSorts, fields: fieldNames(Client) },
)
