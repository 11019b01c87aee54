/** What is sent back: JSON text, and the headers that not every answer has. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** The ETag, without its quotes. */
  readonly etag?: string
  /** The count that `Prefer: count=exact` asked for. */
  readonly total?: number
  /** Whether this is the answer to an earlier request with the same Idempotency-Key. */
  readonly replayed?: boolean
  /** The body for a repeat, if it differs: secrets are not stored. */
  readonly repeated?: string
}
