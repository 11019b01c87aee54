/** Table name → row. Booleans are 0 or 1, times ISO-8601 UTC text, `deleted_at` null while a row is live. */
export interface Tables {
  schema_migrations: { name: string; applied_at: string }
  accounts: { account_id: number; name: string; created_at: string }
  counters: { account_id: number; name: Counter; value: number }
  api_keys: {
    account_id: number
    key: string
    access: KeyAccess
    /** SHA-256 of the secret, hex. */
    secret_hash: string
    /** The secret before the last rotation, good until `previous_until`. */
    previous_hash: string | null
    previous_until: string | null
    created_at: string
    revoked_at: string | null
  }
  clients: {
    account_id: number
    id: number
    name: string
    name_fold: string
    version: number
    created_at: string
    updated_at: string
    deleted_at: string | null
  }
  projects: {
    account_id: number
    id: number
    client_id: number
    name_fold: string
    enabled: number
    version: number
    deleted_at: string | null
    /** The project as the API answers it, JSON text. The columns above repeat what statements look at. */
    wire: string
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
}

export type Entity = 'account' | 'key' | 'client' | 'project'
export type Counter = 'change' | 'client' | 'project'
export type KeyAccess = 'read' | 'write'
