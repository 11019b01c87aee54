import type { Connection } from '../db/connection.ts'
import type { Builder, Call } from '../db/query.ts'

/** One of the two databases of a copy. */
export interface Side {
  /** Where it is, for people; it holds no secret. */
  readonly name: string
  readonly builder: Builder
  read<R>(call: Call<R>): Promise<R[]>
  /** `work` may be run more than once, and only what the last run did remains. */
  change<T>(work: (connection: Connection) => Promise<T>): Promise<T>
}

/** Why a copy cannot be made, and what to do about it. */
export class CopyError extends Error {}

/** Nothing that is in the target already can become part of a right copy. */
export class SpoiltCopyError extends CopyError {}
