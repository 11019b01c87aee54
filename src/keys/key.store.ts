import { hash, randomBytes } from 'node:crypto'
import type { Database } from '../db/open.ts'
import { call, type Param, query } from '../db/query.ts'
import { openScope, type Reader, type Tx } from '../db/scope.ts'
import type { KeyAccess, Tables } from '../db/tables.ts'
import type { Credential } from '../http/auth.ts'

export type Key = Omit<Tables['api_keys'], 'account_id' | 'secret_hash' | 'previous_hash'>

/** What a caller needs; the secret is known here and never again. */
export interface NewKey {
  readonly key: string
  readonly secret: string
}

/** A rotation that would cut short the time which was promised to an earlier secret. */
export class GraceRunningError extends Error {
  constructor(readonly until: string) {
    super(`An earlier secret stays good until ${until}.`)
  }
}

/** The number of the account that the text of a key carries; undefined where it is not the text of a key. */
export function accountOfKey(key: string): number | undefined {
  const [, account] = /^ttk_([1-9]\d{0,14})_[\w-]{16}$/.exec(key) ?? []
  return account ? Number(account) : undefined
}

/** A key that is not revoked, as authentication needs it. */
export async function findCredential(database: Database, key: string): Promise<Credential | undefined> {
  const account = accountOfKey(key)
  if (account === undefined) return undefined
  const [row] = await database.reader.all(account, call(credential, { key }))
  if (!row) return undefined
  const current = { hash: row.secret_hash, until: Number.POSITIVE_INFINITY }
  const previous =
    row.previous_hash === null || row.previous_until === null
      ? []
      : [{ hash: row.previous_hash, until: Date.parse(row.previous_until) }]
  return {
    label: row.label,
    secrets: [current, ...previous],
    scope: openScope(database, account, key, row.access),
  }
}

export async function createKey(tx: Tx, access: KeyAccess): Promise<NewKey> {
  const key = `ttk_${tx.account}_${randomBytes(12).toString('base64url')}`
  const secret = newSecret()
  await tx.run(insert, { key, access, secret_hash: hashSecret(secret), now: tx.now })
  await tx.record({ action: 'key.create', id: key, before: null, after: JSON.stringify({ access }) })
  return { key, secret }
}

export function listKeys(reader: Reader): Promise<Key[]> {
  return reader.all(all, {})
}

/**
 * A new secret for a key; the old one stays good for `graceHours`, and without them every old one ends.
 * undefined where there is no such key, or it is revoked. Throws GraceRunningError: two secrets at most are good.
 */
export async function rotateKey(tx: Tx, key: string, graceHours: number): Promise<NewKey | undefined> {
  const existing = await tx.first(unrevoked, { key })
  if (!existing) return undefined
  if (graceHours > 0 && existing.previous_until !== null && existing.previous_until > tx.now)
    throw new GraceRunningError(existing.previous_until)
  const secret = newSecret()
  const until = graceHours > 0 ? new Date(Date.parse(tx.now) + graceHours * 3_600_000).toISOString() : null
  await tx.run(setSecret, {
    key,
    secret_hash: hashSecret(secret),
    previous_hash: until && existing.secret_hash,
    previous_until: until,
  })
  await tx.record({
    action: 'key.rotate',
    id: key,
    before: null,
    after: JSON.stringify({ previousSecretUntil: until ?? tx.now }),
  })
  return { key, secret }
}

/** Ends a key for good; false where there is no such key, or it is revoked already. */
export async function revokeKey(tx: Tx, key: string): Promise<boolean> {
  if (!(await tx.first(unrevoked, { key }))) return false
  await tx.run(setRevoked, { key, now: tx.now })
  await tx.record({
    action: 'key.revoke',
    id: key,
    before: null,
    after: JSON.stringify({ revokedAt: tx.now }),
  })
  return true
}

/** 256 random bits: enough that a plain SHA-256 of it can be kept. */
const newSecret = () => `tts_${randomBytes(32).toString('base64url')}`
const hashSecret = (secret: string) => hash('sha256', secret)

const credential = query((db, param: Param<{ key: string }>) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('accounts as a', 'a.account_id', 'k.account_id')
    .select(['a.name as label', 'k.access', 'k.secret_hash', 'k.previous_hash', 'k.previous_until'])
    .where('k.account_id', '=', param('account'))
    .where('k.key', '=', param('key'))
    .where('k.revoked_at', 'is', null),
)

const unrevoked = query((db, param: Param<{ key: string }>) =>
  db
    .selectFrom('api_keys')
    .select(['secret_hash', 'previous_until'])
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key'))
    .where('revoked_at', 'is', null),
)

const all = query((db, param: Param<object>) =>
  db
    .selectFrom('api_keys')
    .select(['key', 'access', 'created_at', 'previous_until', 'revoked_at'])
    .where('account_id', '=', param('account'))
    .orderBy('created_at')
    .orderBy('key'),
)

const insert = query(
  (db, param: Param<{ key: string; access: KeyAccess; secret_hash: string; now: string }>) =>
    db.insertInto('api_keys').values({
      account_id: param('account'),
      key: param('key'),
      access: param('access'),
      secret_hash: param('secret_hash'),
      previous_hash: null,
      previous_until: null,
      created_at: param('now'),
      revoked_at: null,
    }),
)

type Secrets = Pick<Tables['api_keys'], 'key' | 'secret_hash' | 'previous_hash' | 'previous_until'>

const setSecret = query((db, param: Param<Secrets>) =>
  db
    .updateTable('api_keys')
    .set({
      secret_hash: param('secret_hash'),
      previous_hash: param('previous_hash'),
      previous_until: param('previous_until'),
    })
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key')),
)

const setRevoked = query((db, param: Param<{ key: string; now: string }>) =>
  db
    .updateTable('api_keys')
    .set({ revoked_at: param('now') })
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key')),
)
