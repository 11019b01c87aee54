import type { Static } from 'typebox'
import { countryField, lineField, notesField, patternField } from '../../http/fields.ts'
import { namedKind } from '../../resource/schema.ts'

export const clientKind = namedKind(
  { one: 'client', many: 'clients' },
  {
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
  },
  {
    description: 'Whom the work is for.',
    example: {
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
    },
  },
)

export type Client = Static<typeof clientKind.schemas.object>
