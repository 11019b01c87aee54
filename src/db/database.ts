import type { CommitGroup } from './commit-group.ts'
import type { Connection } from './connection.ts'
import type { Health } from './health.ts'
import type { Builder } from './query.ts'

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
   * @param isLong whether it is known to take long
   */
  transaction<T>(
    account: number,
    work: (connection: Connection, group: CommitGroup) => Promise<T>,
    isLong?: boolean,
  ): Promise<T>
  close(): Promise<void>
}
