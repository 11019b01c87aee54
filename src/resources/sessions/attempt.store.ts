import { hash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Connection } from '../../db/connection.ts'
import type { Database } from '../../db/database.ts'
import { call, type Param, query } from '../../db/query.ts'
import { fold } from '../../domain/fold.ts'
import { refusal } from '../../http/errors.ts'
import { sessionErrors } from './session.errors.ts'

/** After this long without a wrong password, earlier ones are forgotten. */
const FORGOTTEN_MS = 3_600_000

/** What attempts are counted by. */
interface Subject {
  /** 0 for what belongs to no account. */
  readonly account: number
  readonly name: string
  /** How many wrong passwords are free; after that, pauses double, up to `mostPause` seconds. */
  readonly free: number
  readonly mostPause: number
}

/** People type passwords into the wrong field, so names are stored only as hashes. */
const ofUser = (account: number, label: string, username: string): Subject => ({
  account,
  name: `user ${hash('sha256', JSON.stringify([label, fold(username)]))}`,
  free: 5,
  mostPause: 300,
})

/** Many people may share one address. */
const ofAddress = (address: string): Subject => ({
  account: 0,
  name: `address ${networkOf(address)}`,
  free: 20,
  mostPause: 60,
})

/** One attempt to guess a password, counted before the password is checked. */
export class Attempt {
  readonly #database: Database
  readonly #user: Subject
  readonly #address: Subject

  private constructor(database: Database, user: Subject, address: Subject) {
    this.#database = database
    this.#user = user
    this.#address = address
  }

  /**
   * Counts the attempt as a wrong one, so that many at once cannot slip through; `succeeded` takes that back. Refused
   * with 429, and not counted, while the user or the address has to pause.
   * @param account 0 if no account has this label
   */
  static async begin(
    database: Database,
    account: number,
    label: string,
    username: string,
    address: string,
  ): Promise<Attempt> {
    const subjects = [ofUser(account, label, username), ofAddress(address)] as const
    // Serialised across all accounts, since attempts on several can come from one address.
    const wait = await database.transaction(0, async (connection) => {
      const now = Date.now()
      const waits: number[] = []
      for (const subject of subjects) waits.push(await pauseOf(connection, subject, now))
      const longest = Math.max(...waits)
      if (longest <= 0) for (const subject of subjects) await countOne(connection, subject, now)
      return longest
    })
    if (wait > 0) throw tooManyAttempts(Math.ceil(wait / 1000))
    return new Attempt(database, ...subjects)
  }

  /** The password was right: the user starts from zero, the address has one less. */
  async succeeded(): Promise<void> {
    await this.#database.transaction(0, async (connection) => {
      await connection.all(this.#user.account, call(forget, { subject: this.#user.name }))
      await connection.all(0, call(takeBack, { subject: this.#address.name }))
    })
  }
}

/** How long the subject still has to pause, in ms. */
async function pauseOf(connection: Connection, subject: Subject, now: number): Promise<number> {
  const row = await connection.first(subject.account, call(counted, { subject: subject.name }))
  if (!row || row.failures < subject.free) return 0
  const seconds = Math.min(subject.mostPause, 2 ** (row.failures - subject.free))
  return Date.parse(row.last_at) + seconds * 1000 - now
}

async function countOne(connection: Connection, { account, name }: Subject, now: number): Promise<void> {
  const oldest = new Date(now - FORGOTTEN_MS).toISOString()
  await connection.all(account, call(count, { subject: name, now: new Date(now).toISOString(), oldest }))
}

/** Whoever has an IPv6 address has a whole /64. An IPv4 address can be written as IPv6. */
function networkOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]`)
  const [left = [], right = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

const tooManyAttempts = (seconds: number) =>
  refusal(
    sessionErrors.tooManyAttempts,
    `Too many wrong passwords. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}; until then no password is checked, not even the right one.`,
    undefined,
    { 'Retry-After': String(seconds) },
  )

/** Removes the forgotten attempts of every account. */
export async function sweepAttempts(database: Database): Promise<void> {
  const oldest = new Date(Date.now() - FORGOTTEN_MS).toISOString()
  await database.transaction(0, (connection) => connection.all(0, call(sweep, { oldest })))
}

const counted = query((db, param: Param<{ subject: string }>) =>
  db
    .selectFrom('sign_in_attempts')
    .select(['failures', 'last_at'])
    .where('account_id', '=', param('account'))
    .where('subject', '=', param('subject')),
)

const count = query((db, param: Param<{ subject: string; now: string; oldest: string }>) =>
  db
    .insertInto('sign_in_attempts')
    .values({ account_id: param('account'), subject: param('subject'), failures: 1, last_at: param('now') })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'subject']).doUpdateSet((eb) => ({
        failures: eb
          .case()
          .when('sign_in_attempts.last_at', '<=', param('oldest'))
          .then(1)
          .else(eb('sign_in_attempts.failures', '+', 1))
          .end(),
        last_at: param('now'),
      })),
    ),
)

const forget = query((db, param: Param<{ subject: string }>) =>
  db
    .deleteFrom('sign_in_attempts')
    .where('account_id', '=', param('account'))
    .where('subject', '=', param('subject')),
)

const takeBack = query((db, param: Param<{ subject: string }>) =>
  db
    .updateTable('sign_in_attempts')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('account_id', '=', param('account'))
    .where('subject', '=', param('subject'))
    .where('failures', '>', 0),
)

const sweep = query((db, param: Param<{ oldest: string }>) =>
  db.deleteFrom('sign_in_attempts').where('last_at', '<=', param('oldest')),
)
