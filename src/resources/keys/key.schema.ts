import { type Static, type TSchema, Type } from 'typebox'
import type { KeyAccess } from '../../db/tables.ts'
import { idField, momentField, nameField, timeField } from '../../http/fields.ts'

const name = nameField('A name to tell keys apart.')
const access = Type.Unsafe<KeyAccess>({
  type: 'string',
  enum: ['read', 'write'],
  default: 'write',
  description: 'Whether the key may only read, or change as well.',
  examples: ['write'],
})
const expiresAt = momentField('When the key expires, UTC; null for never.')

const fields = {
  id: idField('Identifier: counts from 1 in each account and is never reused.'),
  key: Type.String({ description: 'What goes into the header X-TimeTrack-Api-Key.' }),
  name,
  access,
  createdAt: timeField('When it was created'),
  lastUsedAt: orNull(timeField('When it was last used, to the minute or so; null for never')),
  expiresAt,
  previousSecretUntil: orNull(timeField('Until when the previous secret stays valid; null if it is not')),
}

const example = {
  id: 1,
  key: 'ttk_1_3q2-7wAAAAAAAAAA',
  name: 'Invoices',
  access: 'write',
  createdAt: '2026-01-31T12:00:00.000Z',
  lastUsedAt: '2026-01-31T12:05:00.000Z',
  expiresAt: null,
  previousSecretUntil: null,
}

export const Key = Type.Object(fields, {
  title: 'Key',
  description: 'A key of the API. Its secret is shown when it is created, and never again.',
  examples: [example],
})
export type Key = Static<typeof Key>

export const KeyWithSecret = Type.Object(
  {
    ...fields,
    secret: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description:
        'What goes into the header X-TimeTrack-Api-Secret. It is not shown again, and is null in the answer to a repeat under the same Idempotency-Key.',
    }),
  },
  {
    title: 'KeyWithSecret',
    description: 'A key with its new secret.',
    examples: [{ ...example, secret: 'tts_…' }],
  },
)

export const KeyCreate = Type.Object(
  { name, access: Type.Optional(access), expiresAt: Type.Optional(expiresAt) },
  { title: 'KeyCreate', description: 'A new key.' },
)
export type KeyCreate = Static<typeof KeyCreate>

export const KeyUpdate = Type.Partial(Type.Object({ name, expiresAt }), {
  title: 'KeyUpdate',
  description: 'The fields to change. With null the key never expires.',
})
export type KeyUpdate = Static<typeof KeyUpdate>

function orNull(schema: TSchema) {
  return Type.Unsafe<string | null>({ ...schema, type: ['string', 'null'] })
}
