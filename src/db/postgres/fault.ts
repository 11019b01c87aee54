import { StorageError, type StorageFault } from '../storage-fault.ts'

/** A failure after which the same transaction may go through. */
export class TransientError extends StorageError {}

/** A connection that was good is lost; another one may be good. */
export class LostConnection extends StorageError {}

/** Every connection can have been lost without a word. */
const MOST_TRIES = 20
/** Who has waited for so long is told, and does not wait anew: a pooler closes those to whom it has no connection to give. */
const MOST_MS = 5_000

/** Does what has changed nothing yet, on another connection as often as the one it has is lost. */
export async function onGoodConnection<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + MOST_MS
  for (let tries = 1; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (tries === MOST_TRIES || performance.now() > end || !(error instanceof LostConnection)) throw error
    }
}

/** SQLSTATE → what it tells of the storage. */
const faults: readonly (readonly [StorageFault, RegExp])[] = [
  ['unreachable', /^(08...|57P0[1235]|25P03)$/],
  ['crowded', /^53300$/],
  ['standby', /^25006$/],
  ['denied', /^28...$/],
  ['absent', /^3D000$/],
  ['forbidden', /^42501$/],
  ['full', /^53[14]00$/],
  ['busy', /^(40...|55P03|57014)$/],
  ['damaged', /^XX00[12]$/],
  ['failed', /^(53...|58...)$/],
]

/** An error of the driver as the rest of the program knows errors, without the statement and its values. */
export function explain(error: unknown): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  // What does not come from the server comes from the way to it.
  if (error.name !== 'PostgresError')
    return isOfConnection(code) ? new StorageError('unreachable', message(error)) : error
  const fault = faults.find(([, pattern]) => pattern.test(code))?.[0]
  if (fault === undefined) return Object.assign(new Error(error.message), { code })
  const Kind = /^40(001|P01)$/.test(code) ? TransientError : StorageError
  return new Kind(fault, error.message)
}

/** Node's and OpenSSL's codes, and the driver's own. */
const isOfConnection = (code: string) =>
  /^(E[A-Z]+|CONNECT\w+|ERR_(TLS|SSL|SOCKET|STREAM)_\w+|[A-Z_]*CERT\w*|SASL_\w+|HOSTNAME_\w+|UNABLE_\w+)$/.test(
    code,
  )

/** Several addresses of one name fail as one error without words. */
function message(error: Error): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((each) => (each instanceof Error ? each.message : String(each))).join(', ')
  return error.message
}
