import type { Errors } from './types.ts'

/** One fault of a request that was refused. */
export type ErrorElement = Errors['errors'][number]

/** A request that failed: refused by the server, or not answered by it. */
export class TimeTrackError extends Error {
  override readonly name = 'TimeTrackError'
  /** The HTTP status; 0 where no answer came. */
  readonly status: number
  /** The stable code of the first fault; 0 where the answer has none, as from a proxy. */
  readonly code: number
  /** Every fault that the server told. */
  readonly errors: readonly ErrorElement[]
  /** The request, as it is in the server's log. */
  readonly requestId: string | undefined

  constructor(
    message: string,
    about: {
      readonly status: number
      readonly errors?: readonly ErrorElement[]
      readonly requestId?: string | null | undefined
      readonly cause?: unknown
    },
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause })
    this.status = about.status
    this.errors = about.errors ?? []
    this.code = this.errors[0]?.code ?? 0
    this.requestId = about.requestId ?? this.errors[0]?.requestId
  }
}

/** The error that an answer of status 400 or more tells. */
export function errorOf(status: number, text: string, requestId: string | null): TimeTrackError {
  const errors = readErrors(text)
  const [first] = errors
  const message = first ? `${first.code} ${first.title}: ${first.detail}` : `The answer was HTTP ${status}.`
  return new TimeTrackError(message, { status, errors, requestId })
}

/** What stands between may answer with anything; then there are no elements. */
function readErrors(text: string): ErrorElement[] {
  try {
    const { errors } = JSON.parse(text) as Partial<Errors>
    return Array.isArray(errors) ? errors : []
  } catch {
    return []
  }
}
