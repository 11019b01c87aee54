import type { Reader } from '../../db/reader.ts'
import type { Tx } from '../../db/scope.ts'
import type { Answer } from '../../http/answer.ts'
import { refusal } from '../../http/errors.ts'
import { listOf } from '../../http/list-schema.ts'
import { BASE_PATH, changeOperation, type Operation, readOperation } from '../../http/operation.ts'
import type { Resource } from '../../http/resource.ts'
import { keyErrors } from './key.errors.ts'
import { Key, KeyCreate, KeyUpdate, KeyWithSecret } from './key.schema.ts'
import * as store from './key.store.ts'

const GRACE_HOURS = 24

const common = { tag: 'Keys', permission: 'admin', untagged: true } as const

const key = (description: string) => ({ status: 200, schema: Key, description })

const operations: Operation[] = [
  readOperation({
    ...common,
    id: 'listKeys',
    method: 'GET',
    path: '/keys',
    summary: 'List the keys of the account, oldest first',
    description:
      'Like all operations on keys, for admins who are signed in to the web app. Revoked keys are not shown.',
    success: { status: 200, schema: listOf(Key), description: 'The keys that are not revoked.' },
    errors: [],
    async read(reader) {
      const rows = (await store.listKeys(reader)).filter(({ revoked_at }) => revoked_at === null)
      return { status: 200, body: JSON.stringify(rows.map((row) => store.keyOf(row))) }
    },
  }),
  readOperation({
    ...common,
    id: 'getKey',
    method: 'GET',
    path: '/keys/{id}',
    summary: 'Get a key',
    unknown: unknownKey,
    success: key('The key.'),
    errors: [keyErrors.notFound],
    read: async (reader, { id }) => answerKey(await getKey(reader, id)),
  }),
  changeOperation({
    ...common,
    id: 'createKey',
    method: 'POST',
    path: '/keys',
    summary: 'Create a key',
    description: 'The answer contains the secret, which is not shown again.',
    body: KeyCreate,
    example: { name: 'Invoices', access: 'read' },
    success: { status: 201, schema: KeyWithSecret, description: 'The new key and its secret.' },
    errors: [],
    async change(tx, { body, path }) {
      const made = await store.createKey(tx, body.access ?? 'write', body)
      return {
        ...answerSecret(made),
        status: 201,
        headers: { location: `${path}/${made.row.id}` },
      }
    },
  }),
  changeOperation({
    ...common,
    id: 'updateKey',
    method: 'PUT',
    path: '/keys/{id}',
    summary: 'Change the name or the expiry of a key',
    unknown: unknownKey,
    body: KeyUpdate,
    example: { name: 'Invoices 2026', expiresAt: '2030-01-31T12:00:00.000Z' },
    success: key('The whole key as it is now, even if nothing changed.'),
    errors: [keyErrors.notFound],
    change: async (tx, { id, body }) => answerKey(await store.updateKey(tx, await getKey(tx, id), body)),
  }),
  changeOperation({
    ...common,
    id: 'revokeKey',
    method: 'DELETE',
    path: '/keys/{id}',
    summary: 'Revoke a key for good',
    description: 'Within a second it is refused everywhere.',
    unknown: unknownKey,
    success: key('The key as it was.'),
    errors: [keyErrors.notFound],
    change: async (tx, { id }) => answerKey(await store.revokeKey(tx, await getKey(tx, id))),
  }),
  changeOperation({
    ...common,
    id: 'renewKeySecret',
    method: 'POST',
    path: '/keys/{id}/secret',
    summary: 'Give a key a new secret',
    description: `The answer contains it; it is not shown again. The old secret stays valid for ${GRACE_HOURS} hours, unless it is ended earlier.`,
    unknown: unknownKey,
    success: { status: 200, schema: KeyWithSecret, description: 'The key and its new secret.' },
    errors: [keyErrors.notFound, keyErrors.graceRunning],
    change: async (tx, { id }) => answerSecret(await renewSecret(tx, await getKey(tx, id))),
  }),
  changeOperation({
    ...common,
    id: 'endKeyGrace',
    method: 'POST',
    path: '/keys/{id}/end-grace',
    summary: 'End the old secret of a key now',
    unknown: unknownKey,
    success: key('The key, even if no old secret was valid any more.'),
    errors: [keyErrors.notFound],
    change: async (tx, { id }) => answerKey(await store.endGrace(tx, await getKey(tx, id))),
  }),
]

export const keyResource: Resource = {
  tag: { name: 'Keys', description: 'Keys of the API, for admins who are signed in to the web app.' },
  operations,
  errors: keyErrors,
}

function unknownKey() {
  return refusal(keyErrors.notFound, 'No key in use has this id. List the keys to find the right one.')
}

async function getKey(reader: Reader, id: number): Promise<store.KeyRow> {
  const row = await store.findKey(reader, id)
  if (!row) throw unknownKey()
  return row
}

async function renewSecret(tx: Tx, row: store.KeyRow) {
  try {
    return await store.rotateKey(tx, row, GRACE_HOURS)
  } catch (error) {
    if (!(error instanceof store.GraceRunningError)) throw error
    const end = `${BASE_PATH}/keys/${row.id}/end-grace`
    throw refusal(
      keyErrors.graceRunning,
      `An earlier secret stays valid until ${error.until}. Wait until then, or end it now with POST ${end}.`,
    )
  }
}

function answerKey(row: store.KeyRow): Answer {
  return { status: 200, body: JSON.stringify(store.keyOf(row)) }
}

/** The answer recorded for a repeat lacks the secret. */
function answerSecret({ row, secret }: { row: store.KeyRow; secret: string }): Answer {
  const shown = store.keyOf(row)
  return {
    status: 200,
    body: JSON.stringify({ ...shown, secret }),
    repeated: JSON.stringify({ ...shown, secret: null }),
  }
}
