import { isBusy } from '../db/sql.ts'
import { notJson, Refusal, refusal } from './errors.ts'

/** What is answered for anything that was thrown; undefined for a fault of our own, which is a 500. */
export function expected(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (isBusy(error))
    return refusal('busy', 'Another process is writing. Send the request again in a second.', undefined, {
      'Retry-After': '1',
    })
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_BAD_URL')
    return refusal(
      'badPathEscape',
      'The path has a % that does not start an escape of UTF-8. Write it as %25.',
    )
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return notJson()
  return undefined
}
