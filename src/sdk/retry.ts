/** What may go well the next time: too many requests, a busy database, a proxy whose server is restarting. */
const PASSING = new Set([429, 502, 503, 504])
const FIRST_WAIT_MS = 250
const MOST_WAIT_MS = 10_000
/** A server that asks for more than this is not waited for. */
const MOST_ASKED_MS = 120_000

/**
 * How long to wait before the next attempt, in ms; undefined where there should be none. What Retry-After asks is
 * always waited in full; some chance on top keeps many callers from coming back together.
 */
export function waitBefore(attempt: number, status: number, retryAfter: string | null): number | undefined {
  // A 409 that says when to come back is that of a twin at work.
  const passing = status === 0 || PASSING.has(status) || (status === 409 && retryAfter !== null)
  if (!passing) return undefined
  const asked = readRetryAfter(retryAfter)
  if (asked > MOST_ASKED_MS) return undefined
  const backOff = Math.min(FIRST_WAIT_MS * 2 ** attempt, MOST_WAIT_MS)
  return asked > 0 ? asked + Math.random() * FIRST_WAIT_MS : backOff * (0.5 + Math.random() / 2)
}

/** Seconds, or a date (RFC 9110, 10.2.3), as ms from now. */
function readRetryAfter(header: string | null): number {
  if (header === null) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? 0 : Math.max(0, ms)
}

/** Resolves after `ms`; rejects with the reason of the signal as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
  })
}
