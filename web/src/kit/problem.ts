import { type ErrorElement, TimeTrackError } from '../../../src/sdk/index.ts'
import type { Text } from '../i18n/en.ts'

/** What one fault says to a person: our words for its code where we have some, else the server's sentence. */
function sentenceOf({ code, detail, source }: ErrorElement, { errors }: Text): string {
  if (code === WRONG_LENGTH && source?.pointer === '/notes') return errors.notesLength
  return errors.byCode[code] ?? detail
}

const WRONG_LENGTH = 10052

/** What a failed request says to a person. */
export function explain(error: unknown, text: Text): string {
  if (!(error instanceof TimeTrackError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return text.errors.unreachable
  if (error.status === 503 || error.status === 429) return text.errors.busy
  const [first] = error.errors
  if (error.status >= 500 || !first) return text.errors.internal
  return sentenceOf(first, text)
}

/** The faults by the field that they name; those that name none are under the empty name. */
export function faultsByField(error: unknown, text: Text): Readonly<Record<string, string>> {
  if (!(error instanceof TimeTrackError) || error.errors.length === 0) return { '': explain(error, text) }
  if (error.status >= 500) return { '': explain(error, text) }
  return Object.fromEntries(
    error.errors.map((fault) => [(fault.source?.pointer ?? '/').slice(1), sentenceOf(fault, text)]),
  )
}
