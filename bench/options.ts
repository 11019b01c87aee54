/** The options of the command line. */
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    postgres: { type: 'boolean', default: false },
    only: { type: 'string' },
    small: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '5' },
    against: { type: 'string' },
  },
})

/** Names of parts, separated by commas; undefined for all of them. */
export const only = values.only?.split(',')

/** Whether sizes and times are a fraction: it shows that the benchmark works, and nothing else. */
export const isSmall = values.small

export const { postgres: isOnPostgres, against: revision } = values

/** How long the mixed load takes. */
export const minutes = Number(values.minutes)
if (!(Number.isInteger(minutes) && minutes > 0)) throw new Error('--minutes takes a whole number from 1')
