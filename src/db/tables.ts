/** Table name → row. Booleans are 0 or 1, times ISO-8601 UTC text, `deleted_at` null while a row is live. */
export interface Tables {
  schema_migrations: { name: string; applied_at: string }
  accounts: { account_id: number; name: string; created_at: string }
  counters: { account_id: number; name: Counter; value: number }
  api_keys: {
    account_id: number
    /** Counts from 1 in each account. */
    id: number
    key: string
    name: string
    access: KeyAccess
    /** SHA-256 of the secret, hex. */
    secret_hash: string
    /** The secret before the last rotation, good until `previous_until`. */
    previous_hash: string | null
    previous_until: string | null
    created_at: string
    /** To the minute or so: written in the background. */
    last_used_at: string | null
    expires_at: string | null
    revoked_at: string | null
  }
  users: {
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
  /** It ends 14 days after its last use; one that was ended has no row. */
  sessions: {
    account_id: number
    id: number
    user_id: number
    /** SHA-256 of what the cookie holds, hex. */
    token_hash: string
    created_at: string
    last_used_at: string
    user_agent: string
    address: string
  }
  /** A link is good once, so a used one has no row. */
  sign_in_links: { account_id: number; token_hash: string; user_id: number; expires_at: string }
  /** Wrong passwords of a user or from an address; what no account has is kept under the account 0. */
  sign_in_attempts: { account_id: number; subject: string; failures: number; last_at: string }
  clients: KeptObject & {
    name_fold: string
    /** The key by which names sort. */
    name_sort: string
    enabled: number
  }
  /** A number that is null is kept as 0 with 1 in its `_missing` column, so that it can sort last. */
  projects: KeptObject & {
    client_id: number
    name_fold: string
    name_sort: string
    client_sort: string
    enabled: number
    hour_rate: number
    hour_rate_missing: number
    time_estimated: number
    time_estimated_missing: number
    budget_estimated: number
    budget_estimated_missing: number
  }
  audit: {
    account_id: number
    /** The account's change number. */
    change: number
    at: string
    actor: string
    action: string
    entity: Entity
    entity_id: string
    /** JSON text. */
    before: string | null
    after: string | null
  }
  idempotency: {
    account_id: number
    key: string
    fingerprint: string
    status: number
    /** JSON text. */
    headers: string
    body: string
    created_at: string
  }
}

/** What every kept object has. */
export interface KeptObject {
  account_id: number
  id: number
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
  /** The object as the API answers it, JSON text. The other columns repeat what statements look at. */
  wire: string
}

export type Entity = 'account' | 'key' | 'user' | 'session' | 'client' | 'project'
export type Counter = 'change' | 'key' | 'user' | 'session' | 'client' | 'project'
export type KeyAccess = 'read' | 'write'
/** What a credential may do; each may do what those before it may. */
export type Access = KeyAccess | 'admin'
