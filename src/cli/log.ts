import { type Logger, pino } from 'pino'

/** Lines that a full disk keeps from being written wait in memory, up to this many bytes. */
const MOST_WAITING = 16_777_216

/** The log on standard output. That it cannot be written stops nothing else. */
export function openLog(level: string): Logger {
  const output = pino.destination({ fd: 1, maxLength: MOST_WAITING })
  let failing = false
  output.on('write', () => {
    failing = false
  })
  output.on('error', () => {
    failing = true
  })
  // At the end pino writes what is left until all is written: on a full disk for ever.
  const flush = output.flushSync.bind(output)
  output.flushSync = () => {
    if (!failing) flush()
  }
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, output)
}
