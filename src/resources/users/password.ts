import { refusal } from '../../http/errors.ts'
import { sessionErrors } from '../sessions/session.errors.ts'

/** OWASP's recommendation for argon2id, which is what the package makes. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Stands in for the password of a user that there is not, so that the answer takes as long: random bytes. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$hqM4rEVsE8rn8pkmmVSKjA$eyujsfu4uq3RleH6dlRZmCna56l8kFsOX3ziB1sDaGk'

/** Each takes 19 MiB and a core; the file system shares its threads with them. */
const MOST_AT_WORK = 2
const MOST_WAITING = 50

let atWork = 0
const waiting: (() => void)[] = []

/** The form in which a password is kept. Refused with 429 where too many wait for theirs. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(async () => (await argon2()).hash(password, PARAMETERS))
}

/** Whether a password is the one that is kept; where none is, it is not, and takes as long. */
export function verifyPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  return inTurn(async () => (await (await argon2()).verify(kept ?? NOBODYS, password)) && kept != null)
}

/** Native code that most starts never need. */
const argon2 = () => import('@node-rs/argon2')

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atWork >= MOST_AT_WORK) {
    if (waiting.length >= MOST_WAITING) throw tooManyAtOnce()
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else atWork++
  try {
    return await work()
  } finally {
    // Who waits takes the place over.
    const next = waiting.shift()
    if (next) next()
    else atWork--
  }
}

const tooManyAtOnce = () =>
  refusal(
    sessionErrors.tooManyAttempts,
    'Too many people are signing in right now. Try again in a few seconds.',
    undefined,
    {
      'Retry-After': '3',
    },
  )
