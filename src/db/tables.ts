/**
 * Every table, in the order in which rows can be inserted: a table comes after those that it refers to. Booleans are 0
 * or 1, times are ISO-8601 UTC text, and `deleted_at` is null while a row is live. From this follow what is copied to
 * another database, which tables PostgreSQL gathers statistics on, the entities in the audit and in the change feed,
 * and the counters.
 */
export const tables = {
  schema_migrations: local(['name'], row<{ name: string; applied_at: string }>()),
  accounts: table(['account_id'], row<{ account_id: number; name: string; created_at: string }>(), 'account'),
  counters: table(['account_id', 'name'], row<{ account_id: number; name: string; value: number }>()),
  api_keys: table(['account_id', 'key'], row<KeyColumns>(), 'key'),
  users: table(['account_id', 'id'], row<UserColumns>(), 'user'),
  sessions: table(['account_id', 'id'], row<SessionColumns>(), 'session'),
  /** A link works once, so a used one has no row. */
  sign_in_links: table(
    ['account_id', 'token_hash'],
    row<{ account_id: number; token_hash: string; user_id: number; expires_at: string }>(),
  ),
  /** Wrong passwords, counted by user or by address; those without an account are stored under account 0. */
  sign_in_attempts: table(
    ['account_id', 'subject'],
    row<{ account_id: number; subject: string; failures: number; last_at: string }>(),
  ),
  clients: objects('client', row<Named>()),
  projects: objects('project', row<ProjectColumns>()),
  tasks: objects('task', row<Named & Rated>()),
  audit: table(['account_id', 'change'], row<AuditColumns>()),
  idempotency: table(['account_id', 'key'], row<RequestColumns>()),
}

/** Table name → row, as Kysely wants it. */
export type Tables = { [T in keyof typeof tables]: RowOf<(typeof tables)[T]> }

/** The tables of objects, which the API creates, changes, deletes and restores. */
export type ObjectTable = {
  [T in keyof typeof tables]: (typeof tables)[T] extends { readonly inFeed: true } ? T : never
}[keyof typeof tables]

/** The kinds of things that the audit records changes of. */
export type Entity = Exclude<(typeof tables)[keyof typeof tables]['entity'], undefined>

/** What is numbered in each account: changes, and the objects of each kind. */
export type Counter = 'change' | Entity

export type KeyAccess = 'read' | 'write'
/** What a credential may do; each level includes those before it. */
export type Access = KeyAccess | 'admin'

/** The columns that every table of objects has. */
export interface ObjectRow {
  account_id: number
  /** Counts from 1 in each account. */
  id: number
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
  /** The object as the API sends it, JSON text. The other columns repeat what statements look at. */
  wire: string
}

/** The columns of objects identified by name. */
interface Named {
  name_fold: string
  /** The key by which names sort. */
  name_sort: string
  enabled: number
}

/** A null is stored as 0 with 1 in the `_missing` column, so that it sorts last. */
interface Rated {
  hour_rate: number
  hour_rate_missing: number
}

interface ProjectColumns extends Named, Rated {
  client_id: number
  client_sort: string
  time_estimated: number
  time_estimated_missing: number
  budget_estimated: number
  budget_estimated_missing: number
}

interface KeyColumns {
  account_id: number
  /** Counts from 1 in each account. */
  id: number
  key: string
  name: string
  access: KeyAccess
  /** SHA-256 of the secret, hex. */
  secret_hash: string
  /** The secret before the last rotation, valid until `previous_until`. */
  previous_hash: string | null
  previous_until: string | null
  created_at: string
  /** Accurate to about a minute: written in the background. */
  last_used_at: string | null
  expires_at: string | null
  revoked_at: string | null
}

interface UserColumns {
  account_id: number
  id: number
  username: string
  username_fold: string
  /** argon2id, as PHC text; null until the first sign-in link is used. */
  password_hash: string | null
  admin: number
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
}

/** A session expires 14 days after its last use; one that was ended has no row. */
interface SessionColumns {
  account_id: number
  id: number
  user_id: number
  /** SHA-256 of the cookie's value, hex. */
  token_hash: string
  created_at: string
  last_used_at: string
  user_agent: string
  address: string
}

interface AuditColumns {
  account_id: number
  /** The account's change number. */
  change: number
  at: string
  actor: string
  action: string
  entity: string
  entity_id: string
  /** JSON text of the object after the change; null if it no longer exists. The object before is in the previous row. */
  after: string | null
}

/** A request that was done under an Idempotency-Key. */
interface RequestColumns {
  account_id: number
  key: string
  fingerprint: string
  status: number
  /** JSON text. */
  headers: string
  body: string
  created_at: string
}

/** Carries a row type on a value; empty at run time. */
interface Row<R> {
  readonly columns?: R
}

type RowOf<T> = T extends { readonly row: Row<infer R> } ? R : never

function row<R>(): Row<R> {
  return {}
}

/** @param entity the kind of its rows in the audit, if changes of them are recorded */
function table<R, E extends string | undefined = undefined>(
  key: readonly (keyof R & string)[],
  columns: Row<R>,
  entity?: E,
) {
  return { key, row: columns, entity: entity as E, inFeed: false, isCopied: true } as const
}

/** A table of objects, whose changes are in the change feed. */
function objects<const E extends string, R>(entity: E, columns: Row<R>) {
  const row: Row<ObjectRow & R> = columns as object
  return { key: ['account_id', 'id'], row, entity, inFeed: true, isCopied: true } as const
}

/** A table that each database fills itself, and that is never copied. */
function local<R>(key: readonly (keyof R & string)[], columns: Row<R>) {
  return { ...table(key, columns), isCopied: false } as const
}
