import { addAuditRow } from './audit.ts'
import type { CommitGroup } from './commit-group.ts'
import type { Connection, RowsOf } from './connection.ts'
import type { Database } from './database.ts'
import { type Call, call, type Query } from './query.ts'
import type { Reader } from './reader.ts'
import type { Access, Counter, Entity } from './tables.ts'

/** On whose behalf a request acts. */
export interface Scope extends Reader {
  readonly database: Database
  /** Who is named in the audit: a key, a user, or the command line. */
  readonly actor: string
  readonly access: Access
  /** Whose session it is, where the credential is one. */
  readonly session?: SessionScope | undefined
}

export interface SessionScope {
  readonly id: number
  readonly user: number
}

interface Change {
  readonly action: `${Entity}.${string}`
  readonly id: number | string
  /** JSON text of the object after it; null where it is no more. */
  readonly after: string | null
}

class AccountReader implements Reader {
  constructor(
    protected readonly connection: Connection,
    readonly account: number,
  ) {}

  all<P extends object, R>(query: Query<P, R>, params: P): Promise<R[]> {
    return this.connection.all(this.account, call(query, params))
  }

  first<P extends object, R>(query: Query<P, R>, params: P): Promise<R | undefined> {
    return this.connection.first(this.account, call(query, params))
  }

  snapshot<C extends readonly (Call<unknown> | undefined)[]>(...calls: C): Promise<RowsOf<C>> {
    return this.connection.snapshot(this.account, calls)
  }
}

class OpenScope extends AccountReader implements Scope {
  constructor(
    readonly database: Database,
    account: number,
    readonly actor: string,
    readonly access: Access,
    readonly session: SessionScope | undefined,
  ) {
    super(database.reader, account)
  }
}

export function openScope(
  database: Database,
  account: number,
  actor: string,
  access: Access,
  session?: SessionScope,
): Scope {
  return new OpenScope(database, account, actor, access, session)
}

/** What changing needs; only `write` makes one. */
class Tx extends AccountReader {
  readonly #group: CommitGroup
  readonly #actor: string
  #unrecorded = false

  constructor(connection: Connection, group: CommitGroup, { account, actor }: Scope) {
    super(connection, account)
    this.#group = group
    this.#actor = actor
  }

  /** The time of the change, ISO-8601 UTC. */
  get now(): string {
    return this.#group.now
  }

  /** Whether a change still lacks its audit row. */
  get isUnrecorded(): boolean {
    return this.#unrecorded
  }

  /** Makes a change that the audit has to record. */
  run<P extends object>(query: Query<P, unknown>, params: P): Promise<unknown> {
    this.#unrecorded = true
    return this.all(query, params)
  }

  /** Writes what is not the account's own data, such as the record of a request. */
  writeUnaudited<P extends object>(query: Query<P, unknown>, params: P): Promise<unknown> {
    return this.all(query, params)
  }

  /** The next number of a counter of the account, from 1. */
  next(counter: Counter): Promise<number> {
    return this.#group.next(this.account, counter)
  }

  /** The latest number of a counter of the account; 0 before the first. */
  latest(counter: Counter): Promise<number> {
    return this.#group.latest(this.account, counter)
  }

  /** Does a part of the change in such a way that it leaves nothing behind where it throws. */
  async attempt<T>(part: () => Promise<T>): Promise<T> {
    const before = this.#unrecorded
    try {
      return await this.#group.attempt(part)
    } catch (error) {
      this.#unrecorded = before
      throw error
    }
  }

  /** Writes the audit row of a change. */
  async record({ action, id, after }: Change): Promise<void> {
    const change = await this.next('change')
    await this.all(addAuditRow, {
      change,
      at: this.now,
      actor: this.#actor,
      action,
      entity: action.slice(0, action.indexOf('.')),
      entity_id: String(id),
      after,
    })
    this.#unrecorded = false
  }
}

export type { Tx }

/**
 * The one door to a transaction: the change and its audit rows become durable together, or not at all.
 * @param isLong whether it is known to take long
 */
export function write<T>(scope: Scope, work: (tx: Tx) => Promise<T>, isLong?: boolean): Promise<T> {
  const change = async (connection: Connection, group: CommitGroup) => {
    const tx = new Tx(connection, group, scope)
    const result = await work(tx)
    if (tx.isUnrecorded) throw new Error('a change was made without its audit row')
    return result
  }
  return scope.database.transaction(scope.account, change, isLong)
}
