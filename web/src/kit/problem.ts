import { useCallback } from 'react'
import { type ErrorElement, TimeTrackError } from '../../../src/sdk/index.ts'
import type { Text } from '../i18n/en.ts'
import { useLanguage, useText } from '../i18n/i18n.tsx'
import type { Language } from '../i18n/language.ts'
import { errorText } from '../i18n/texts.ts'
import type { Faults } from './edit/draft.ts'

interface Reader {
  readonly language: Language
  readonly failure: Text['failure']
}

const WRONG_LENGTH = 10052
const SIGNED_OUT = 401

/** Whether nothing but time, or the network, is in the way: another try may succeed. */
export const mayPass = (error: unknown): boolean =>
  error instanceof TimeTrackError && (error.status === 0 || error.status === 429 || error.status >= 500)

/** What one fault says to a person: our words for its code where we have some, else the server's sentence. */
function sentenceOf({ code, detail, source }: ErrorElement, { language, failure }: Reader): string {
  if (code === WRONG_LENGTH && source?.pointer === '/notes') return failure.notesLength
  return errorText(code, language) ?? detail
}

function explain(error: unknown, reader: Reader): string {
  const { failure } = reader
  if (!(error instanceof TimeTrackError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return navigator.onLine ? failure.unreachable : failure.offline
  if (error.status === SIGNED_OUT) return failure.sessionEnded
  if (error.status === 503 || error.status === 429) return failure.busy
  const [first] = error.errors
  if (error.status >= 500 || !first) return failure.internal
  return sentenceOf(first, reader)
}

/** The faults by the field that they name; those that name none are under the empty name. */
function faultsByField(error: unknown, reader: Reader): Faults {
  if (!(error instanceof TimeTrackError) || error.errors.length === 0 || error.status >= 500)
    return { '': explain(error, reader) }
  return Object.fromEntries(
    error.errors.map((fault) => [(fault.source?.pointer ?? '/').slice(1), sentenceOf(fault, reader)]),
  )
}

function useReader<R>(tell: (error: unknown, reader: Reader) => R): (error: unknown) => R {
  const { language } = useLanguage()
  const { failure } = useText()
  return useCallback((error: unknown) => tell(error, { language, failure }), [tell, language, failure])
}

/** What a failed request says to a person. */
export const useExplain = (): ((error: unknown) => string) => useReader(explain)

/** What a failed request says about each field of a form. */
export const useFaults = (): ((error: unknown) => Faults) => useReader(faultsByField)
