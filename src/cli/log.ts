import { type Logger, pino } from 'pino'

/** Lines that cannot be written, for example to a full disk, wait in memory, up to this many bytes. */
const MOST_WAITING = 16_777_216

/** The log on standard output. If it cannot be written, everything else goes on. */
export function openLog(level: string): Logger {
  const output = pino.destination({ fd: 1, maxLength: MOST_WAITING })
  let failing = false
  output.on('write', () => {
    failing = false
  })
  output.on('error', () => {
    failing = true
  })
  // At exit pino retries until everything is written: on a full disk, for ever.
  const flush = output.flushSync.bind(output)
  output.flushSync = () => {
    if (!failing) flush()
  }
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, output)
}
