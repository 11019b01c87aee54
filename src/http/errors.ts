import type { CatalogueEntry } from './catalogue-entry.ts'
import { requestErrors } from './request-errors.ts'

export interface Source {
  readonly pointer?: string
  readonly parameter?: string
  readonly header?: string
}

export interface Fault {
  readonly error: CatalogueEntry
  /** A sentence that says what to do. */
  readonly detail: string
  readonly source?: Source
}

/** A refused request: every fault of the part that failed, all with the same status. */
export class Refusal extends Error {
  readonly faults: readonly [Fault, ...Fault[]]
  readonly headers: Readonly<Record<string, string>>

  constructor(faults: readonly [Fault, ...Fault[]], headers: Readonly<Record<string, string>> = {}) {
    super(faults[0].detail)
    this.faults = faults
    this.headers = headers
  }

  get status(): number {
    return this.faults[0].error.status
  }

  /** The error elements, without the request id. */
  elements(): object[] {
    return this.faults.map(({ error: { title, status, code }, detail, source }) => ({
      title,
      status,
      code,
      detail,
      source,
    }))
  }

  /** The body of the answer, JSON text. */
  body(requestId: string): string {
    return JSON.stringify({ errors: this.elements().map((element) => ({ ...element, requestId })) })
  }

  /** The same for a part of a larger body, in which `pointerOf` says where each fault is, as a JSON pointer. */
  placed(pointerOf: (source: Source) => string): Refusal {
    const [first, ...others] = this.faults
    const move = (fault: Fault): Fault => ({ ...fault, source: { pointer: pointerOf(fault.source ?? {}) } })
    return new Refusal([move(first), ...others.map(move)], this.headers)
  }
}

/** A refusal for one fault. */
export function refusal(
  error: CatalogueEntry,
  detail: string,
  source?: Source,
  headers?: Record<string, string>,
): Refusal {
  return new Refusal([{ error, detail, ...(source && { source }) }], headers)
}

/** The results of all readers; if any of them refuse, one refusal with all their faults. */
export function allOf<T extends Record<string, unknown>>(readers: { [K in keyof T]: () => T[K] }): T {
  const results: Partial<T> = {}
  const faults: Fault[] = []
  for (const name in readers)
    try {
      results[name] = readers[name]()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      for (const fault of error.faults) faults.push(fault)
    }
  refuseAny(faults)
  return results as T
}

const MOST_FAULTS = 100

/** Throws one refusal with all faults, if there are any; of very many, the first hundred and how many more there are. */
export function refuseAny(faults: readonly Fault[]): void {
  const [first, ...others] = faults.slice(0, MOST_FAULTS)
  if (!first) return
  const more = faults.length - MOST_FAULTS
  const last = others.at(-1)
  if (more > 0 && last)
    others[others.length - 1] = { ...last, detail: `${last.detail} And ${more} more faults.` }
  throw new Refusal([first, ...others])
}

export function notJson(): Refusal {
  return refusal(
    requestErrors.unsupportedMediaType,
    'Send the body as JSON, with the header Content-Type: application/json.',
    {
      header: 'Content-Type',
    },
  )
}

export function internal(): Refusal {
  return refusal(
    requestErrors.internal,
    'Something failed on our side. Nothing is known to have changed. Try again, or give the operator the request id.',
  )
}
