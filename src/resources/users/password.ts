import { refusal } from '../../http/errors.ts'
import { sessionErrors } from '../sessions/session.errors.ts'

/** OWASP's recommendation for argon2id, the package's default algorithm. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of random bytes, checked for a user who does not exist, so that the answer takes as long. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$hqM4rEVsE8rn8pkmmVSKjA$eyujsfu4uq3RleH6dlRZmCna56l8kFsOX3ziB1sDaGk'

/** Each takes 19 MiB and a core, and a thread of the pool that the file system needs, too. */
const MOST_AT_WORK = 2
const MOST_WAITING = 50

let atWork = 0
const waiting: (() => void)[] = []

/** The hash under which a password is stored. Refused with 429 if too many are waiting for theirs. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(async () => (await argon2()).hash(password, PARAMETERS))
}

/** Whether a password matches a stored hash. Without one it does not, and that takes as long. */
export function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  return inTurn(async () => (await (await argon2()).verify(stored ?? NOBODYS, password)) && stored != null)
}

/** Native code that most processes never need. */
const argon2 = () => import('@node-rs/argon2')

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atWork >= MOST_AT_WORK) {
    if (waiting.length >= MOST_WAITING) throw tooManyAtOnce()
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else atWork++
  try {
    return await work()
  } finally {
    // The next in line takes over the slot.
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
