import type { Tables } from '../db/tables.ts'

/** Each database has its own record of migrations. */
export type CopiedTable = Exclude<keyof Tables, 'schema_migrations'>

/** Table → the columns of its primary key. A row comes behind the one that it refers to. */
const keys: { readonly [T in CopiedTable]: readonly (keyof Tables[T] & string)[] } = {
  accounts: ['account_id'],
  counters: ['account_id', 'name'],
  api_keys: ['account_id', 'key'],
  users: ['account_id', 'id'],
  sessions: ['account_id', 'id'],
  sign_in_links: ['account_id', 'token_hash'],
  sign_in_attempts: ['account_id', 'subject'],
  clients: ['account_id', 'id'],
  projects: ['account_id', 'id'],
  audit: ['account_id', 'change'],
  idempotency: ['account_id', 'key'],
}

export const copiedTables = Object.keys(keys) as readonly CopiedTable[]

export const keyOf = (table: CopiedTable): readonly string[] => keys[table]
