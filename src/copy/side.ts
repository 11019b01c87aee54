import type { Connection } from '../db/connection.ts'
import type { Builder, Call } from '../db/query.ts'

/** One of the two databases of a copy. */
export interface Side {
  /** Where it is, for people to read; without secrets. */
  readonly name: string
  readonly builder: Builder
  read<R>(call: Call<R>): Promise<R[]>
  /** Runs `work` in a transaction. It may run more than once; only the last run takes effect. */
  change<T>(work: (connection: Connection) => Promise<T>): Promise<T>
}

/** Why a copy cannot be made, and what to do about it. */
export class CopyError extends Error {}

/** The target's contents cannot become part of a correct copy any more. */
export class SpoiltCopyError extends CopyError {}
