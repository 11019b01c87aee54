import type { CommitGroup } from './commit-group.ts'
import type { Health } from './health.ts'
import type { Shortcut } from './listing.ts'
import type { Builder, Call } from './query.ts'
import type { Scope } from './scope.ts'

/** Runs statements; every call carries the account. */
export interface Connection {
  /** The rows of one statement; none for a statement that returns none. */
  all<R>(account: number, call: Call<R>): Promise<R[]>
  /** The first row of a read. */
  first<R>(account: number, call: Call<R>): Promise<R | undefined>
  /** The rows of several reads of one snapshot; of one that is left out, none. */
  together<C extends readonly (Call<unknown> | undefined)[]>(account: number, calls: C): Promise<RowsOf<C>>
  /** Inside a transaction: a part that leaves nothing behind where it throws. */
  attempt<T>(part: () => Promise<T>): Promise<T>
}

/** The rows of each call of a list. */
export type RowsOf<C extends readonly (Call<unknown> | undefined)[]> = {
  -readonly [K in keyof C]: NonNullable<C[K]> extends Call<infer R> ? R[] : never
}

export interface Database {
  /** Where it is, for people; it holds no secret. */
  readonly name: string
  /** Where what is meant for the operator alone can be put down. */
  readonly folder: string
  /** The same for every way that leads to the same database, and for no other. */
  identity(): Promise<string>
  readonly builder: Builder
  readonly health: Health
  /** For everything outside a transaction; it cannot write. */
  readonly reader: Connection
  /**
   * Runs `work` alone among the changes of its account and durably: it is answered once its changes are on disk, or
   * with none of them made. It may be run more than once, and only what the last run did remains.
   * @param account 0 for what belongs to none, -1 for migrations; each of the two is like an account
   */
  transaction<T>(
    account: number,
    work: (connection: Connection, group: CommitGroup) => Promise<T>,
  ): Promise<T>
  /** The quicker way to the projects whose folded name has a part; none where a scan of them is the better way. */
  findByName(scope: Scope, needle: string, wanted: Wanted): Promise<Shortcut | undefined>
  /** What the operator should know about it, a sentence each. */
  notices(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface Wanted {
  /** Whether rows are wanted in the order of their ids, and only as many as a page takes. */
  readonly streams: boolean
  /** The id after which the page begins. */
  readonly after: number
}

/** Where a database is, as the settings tell. */
export type Location = { readonly file: string } | { readonly postgres: PostgresLocation }

export interface PostgresLocation {
  /** Tried in their order until one can be written. A host that begins with a slash is the folder of a socket. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[]
  readonly database: string
  readonly user: string
  readonly password: string
  readonly sslmode: 'disable' | 'prefer' | 'require' | 'verify-full'
  /** The most connections of this process. */
  readonly max: number
}

/** Opens a database; a file is created with its folder where it is missing. */
export async function openDatabase(location: Location): Promise<Database> {
  if ('file' in location) return (await import('./sqlite/open.ts')).openSqlite(location.file)
  return (await import('./postgres/open.ts')).openPostgres(location.postgres)
}
