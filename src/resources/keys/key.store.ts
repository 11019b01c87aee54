import { hash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/database.ts'
import { call } from '../../db/query.ts'
import type { Reader } from '../../db/reader.ts'
import { openScope, type Tx } from '../../db/scope.ts'
import type { KeyAccess } from '../../db/tables.ts'
import type { Credential } from '../../http/auth.ts'
import type { Key, KeyUpdate } from './key.schema.ts'
import type { KeyRow } from './key.statements.ts'
import * as statements from './key.statements.ts'

export type { KeyRow }

/** What a caller needs; the secret cannot be read again later. */
export interface NewKey {
  readonly key: string
  readonly secret: string
}

/** A rotation would cut short the time promised to an earlier secret. */
export class GraceRunningError extends Error {
  constructor(readonly until: string) {
    super(`An earlier secret stays valid until ${until}.`)
  }
}

/** The number of the account in the text of a key; undefined if it is not the text of a key. */
export function accountOfKey(key: string): number | undefined {
  const [, account] = /^ttk_([1-9]\d{0,14})_[\w-]{16}$/.exec(key) ?? []
  return account ? Number(account) : undefined
}

/** A key that is not revoked, as authentication needs it: once it has expired, none of its secrets is valid. */
export async function findCredential(database: Database, key: string): Promise<Credential | undefined> {
  const account = accountOfKey(key)
  if (account === undefined) return undefined
  const [row] = await database.reader.all(account, call(statements.credential, { key }))
  if (!row) return undefined
  const end = row.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(row.expires_at)
  const current = { hash: row.secret_hash, until: end }
  const previous =
    row.previous_hash === null || row.previous_until === null
      ? []
      : [{ hash: row.previous_hash, until: Math.min(end, Date.parse(row.previous_until)) }]
  return {
    label: row.label,
    secrets: [current, ...previous],
    scope: openScope(database, account, key, row.access),
    used: (at) => call(statements.setUsed, { key, at }),
  }
}

/** Every key, oldest first, including revoked ones. */
export function listKeys(reader: Reader): Promise<KeyRow[]> {
  return reader.all(statements.all, {})
}

/** A key that is not revoked, by its id. */
export function findKey(reader: Reader, id: number): Promise<KeyRow | undefined> {
  return reader.first(statements.byId, { id })
}

/** The same by its text. */
export function findKeyByText(reader: Reader, key: string): Promise<KeyRow | undefined> {
  return reader.first(statements.byKey, { key })
}

export async function createKey(
  tx: Tx,
  access: KeyAccess,
  { name, expiresAt = null }: { readonly name?: string; readonly expiresAt?: string | null } = {},
): Promise<NewKey & { readonly row: KeyRow }> {
  const id = await tx.next('key')
  const key = `ttk_${tx.account}_${randomBytes(12).toString('base64url')}`
  const secret = newSecret()
  const row: KeyRow = {
    id,
    key,
    name: name ?? `Key ${id}`,
    access,
    secret_hash: hashSecret(secret),
    previous_hash: null,
    previous_until: null,
    created_at: tx.now,
    last_used_at: null,
    expires_at: expiresAt,
    revoked_at: null,
  }
  await tx.run(statements.insert, row)
  await tx.record({ action: 'key.create', id: key, after: auditText(row) })
  return { key, secret, row }
}

/** Changes the given fields. */
export async function updateKey(tx: Tx, before: KeyRow, { name, expiresAt }: KeyUpdate): Promise<KeyRow> {
  const after = {
    ...before,
    name: name ?? before.name,
    expires_at: expiresAt === undefined ? before.expires_at : expiresAt,
  }
  const isSame = after.name === before.name && after.expires_at === before.expires_at
  return isSame ? before : replace(tx, 'key.update', after)
}

/**
 * Gives a key a new secret. The old one stays valid for `graceHours`; if that is 0, every old one ends at once.
 * Throws GraceRunningError, since at most two secrets may be valid.
 */
export async function rotateKey(
  tx: Tx,
  before: KeyRow,
  graceHours: number,
): Promise<NewKey & { readonly row: KeyRow }> {
  const running = graceUntil(before, tx.now)
  if (graceHours > 0 && running !== null) throw new GraceRunningError(running)
  const secret = newSecret()
  const until = graceHours > 0 ? new Date(Date.parse(tx.now) + graceHours * 3_600_000).toISOString() : null
  const row = await replace(tx, 'key.rotate', {
    ...before,
    secret_hash: hashSecret(secret),
    previous_hash: until && before.secret_hash,
    previous_until: until,
  })
  return { key: row.key, secret, row }
}

/** Ends the previous secret; if it is not valid any more, the key stays as it is. */
export async function endGrace(tx: Tx, before: KeyRow): Promise<KeyRow> {
  if (graceUntil(before, tx.now) === null) return before
  return replace(tx, 'key.endGrace', { ...before, previous_hash: null, previous_until: null })
}

/** Ends a key for good. */
export async function revokeKey(tx: Tx, before: KeyRow): Promise<KeyRow> {
  return replace(tx, 'key.revoke', { ...before, revoked_at: tx.now })
}

/** A key as the API answers it. */
export function keyOf(row: KeyRow, now = new Date().toISOString()): Key {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    access: row.access,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    previousSecretUntil: graceUntil(row, now),
  }
}

function graceUntil({ previous_until }: KeyRow, now: string): string | null {
  return previous_until !== null && previous_until > now ? previous_until : null
}

async function replace(tx: Tx, action: `key.${string}`, after: KeyRow): Promise<KeyRow> {
  await tx.run(statements.update, after)
  await tx.record({ action, id: after.key, after: auditText(after) })
  return after
}

/** What the audit records of a key: neither its secrets nor their hashes. */
function auditText({ id, name, access, expires_at, previous_until, revoked_at }: KeyRow): string {
  return JSON.stringify({
    id,
    name,
    access,
    expiresAt: expires_at,
    previousSecretUntil: previous_until,
    revokedAt: revoked_at,
  })
}

/** 256 random bits: enough that a plain SHA-256 of it can be stored. */
const newSecret = () => `tts_${randomBytes(32).toString('base64url')}`
const hashSecret = (secret: string) => hash('sha256', secret)
