import { storageFault } from '../db/sql.ts'
import type { StorageFault } from '../db/storage-fault.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { notJson, Refusal, refusal } from './errors.ts'
import { requestErrors } from './request-errors.ts'

const DISK_FAILED =
  'The disk of the server does not work. Send the request again once the operator has repaired it.'

/** The refusal for anything that was thrown; undefined for an error of our own, which is a 500. */
export function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const fault = storageFault(error)
  if (fault) return storageRefusal(fault)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_BAD_URL')
    return refusal(
      requestErrors.badPathEscape,
      'The path has a % that does not start a valid UTF-8 escape. Write it as %25.',
    )
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return notJson()
  return undefined
}

const NOT_REACHED: readonly [CatalogueEntry, string, number] = [
  requestErrors.databaseUnreachable,
  'The server cannot use its database at the moment. Send the request again in a few seconds, with the same Idempotency-Key if there was one.',
  2,
]

/** The answer to each fault of the storage; seconds until another attempt if it can pass by itself. */
const storageRefusals: Readonly<Record<StorageFault, readonly [CatalogueEntry, string, seconds?: number]>> = {
  busy: [requestErrors.busy, 'Others are using the database. Send the request again in a second.', 1],
  full: [
    requestErrors.storageFull,
    'The disk of the server is full, and nothing was changed. Send the request again once the operator has made room.',
    5,
  ],
  readOnly: [
    requestErrors.storageReadOnly,
    'The database of the server is read-only, and nothing was changed. Send the request again once the operator has made it writable.',
    5,
  ],
  missing: [requestErrors.storageFailed, DISK_FAILED, 5],
  failed: [requestErrors.storageFailed, DISK_FAILED, 5],
  damaged: [
    requestErrors.storageDamaged,
    'The database of the server cannot be read where this request needs it. Give the operator the request id.',
  ],
  unreachable: NOT_REACHED,
  crowded: NOT_REACHED,
  standby: NOT_REACHED,
  denied: NOT_REACHED,
  absent: NOT_REACHED,
  forbidden: NOT_REACHED,
  tooOld: NOT_REACHED,
  encoding: NOT_REACHED,
}

function storageRefusal(fault: StorageFault): Refusal {
  const [name, detail, seconds] = storageRefusals[fault]
  return refusal(name, detail, undefined, seconds ? { 'Retry-After': String(seconds) } : {})
}
