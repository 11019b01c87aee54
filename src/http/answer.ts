/** What is sent back: JSON text and the headers that are not on every answer. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** What the ETag header holds between its quotes. */
  readonly etag?: string
  /** The count that `Prefer: count=exact` asked for. */
  readonly total?: number
  /** Whether this is the answer to an earlier request with the same Idempotency-Key. */
  readonly replayed?: boolean
  /** The body that a repeat is answered with, where it is another: secrets are not kept. */
  readonly repeated?: string
}
