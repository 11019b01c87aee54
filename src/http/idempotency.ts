import { hash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { call, type Param, query } from '../db/query.ts'
import type { Scope, Tx } from '../db/scope.ts'
import type { Tables } from '../db/tables.ts'
import type { Answer } from './answer.ts'
import { type Refusal, refusal } from './errors.ts'
import { requestErrors } from './request-errors.ts'

const KEPT_MS = 24 * 3_600_000
const SWEPT_AT_ONCE = 1_000

/** A request that may be repeated under the same key. */
export interface Repeatable {
  readonly key: string
  readonly fingerprint: string
}

/** The key of a request and the fingerprint of what it asks; undefined if no key was sent. */
export function readIdempotencyKey(
  header: string | undefined,
  asked: readonly string[],
): Repeatable | undefined {
  if (header === undefined) return undefined
  if (!/^[\x20-\x7e]{1,255}$/.test(header))
    throw refusal(
      requestErrors.headerInvalid,
      'Idempotency-Key has to be 1 to 255 printable ASCII characters, such as a UUID.',
      {
        header: 'Idempotency-Key',
      },
    )
  return { key: header, fingerprint: hash('sha256', JSON.stringify(asked)) }
}

/** All callers of an account share one set of keys, but a user must not see the answer to another user. */
export function ofUser({ key, fingerprint }: Repeatable, { session }: Scope): Repeatable {
  return { key, fingerprint: session ? `${fingerprint} ${session.user}` : fingerprint }
}

const atWork = new WeakMap<Database, Map<string, string>>()

/**
 * Runs a request unless its twin, the same request, is running in this process. A twin in another process waits for
 * the database and is then answered from the record.
 */
export async function withoutTwin<T>(
  scope: Scope,
  repeatable: Repeatable,
  work: () => Promise<T>,
): Promise<T> {
  const running = atWork.get(scope.database) ?? new Map<string, string>()
  atWork.set(scope.database, running)
  const name = `${scope.account} ${repeatable.key}`
  const twin = running.get(name)
  if (twin === repeatable.fingerprint)
    throw refusal(
      requestErrors.twinAtWork,
      'The first request with this key is still running. Send it again in a second to get its answer.',
      { header: 'Idempotency-Key' },
      { 'Retry-After': '1' },
    )
  if (twin !== undefined) throw keyReused()
  running.set(name, repeatable.fingerprint)
  try {
    return await work()
  } finally {
    running.delete(name)
  }
}

/** Makes a change once: a repeat gets the first answer, from the record written with the change. */
export async function once(
  tx: Tx,
  { key, fingerprint }: Repeatable,
  change: () => Promise<Answer>,
): Promise<Answer> {
  const record = await tx.first(recorded, { key, oldest: since(tx.now) })
  if (record && record.fingerprint !== fingerprint) throw keyReused()
  if (record)
    return {
      ...JSON.parse(record.headers),
      status: record.status,
      body: record.body,
      replayed: true,
    }
  const { status, body, repeated = body, ...rest } = await change()
  await tx.writeUnaudited(forget, { key })
  await tx.writeUnaudited(remember, {
    key,
    fingerprint,
    status,
    headers: JSON.stringify(rest),
    body: repeated,
    created_at: tx.now,
  })
  return { status, body, ...rest }
}

function keyReused(): Refusal {
  return refusal(
    requestErrors.idempotencyKeyReused,
    'This key was used for another request in the last 24 hours. Send a new key with a new request.',
    { header: 'Idempotency-Key' },
  )
}

/** Removes the expired records of every account, a limited number at once so that no change waits for long. */
export async function sweepIdempotency(database: Database): Promise<void> {
  const oldest = since(new Date().toISOString())
  for (let swept = SWEPT_AT_ONCE; swept === SWEPT_AT_ONCE; )
    swept = (
      await database.transaction(0, (connection) =>
        connection.all(0, call(sweep, { oldest, most: SWEPT_AT_ONCE })),
      )
    ).length
}

const since = (now: string) => new Date(Date.parse(now) - KEPT_MS).toISOString()

const recorded = query((db, param: Param<{ key: string; oldest: string }>) =>
  db
    .selectFrom('idempotency')
    .select(['fingerprint', 'status', 'headers', 'body'])
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key'))
    .where('created_at', '>', param('oldest')),
)

const forget = query((db, param: Param<{ key: string }>) =>
  db.deleteFrom('idempotency').where('account_id', '=', param('account')).where('key', '=', param('key')),
)

const remember = query((db, param: Param<Omit<Tables['idempotency'], 'account_id'>>) =>
  db.insertInto('idempotency').values({
    account_id: param('account'),
    key: param('key'),
    fingerprint: param('fingerprint'),
    status: param('status'),
    headers: param('headers'),
    body: param('body'),
    created_at: param('created_at'),
  }),
)

const sweep = query((db, param: Param<{ oldest: string; most: number }>) =>
  db
    .deleteFrom('idempotency')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('account_id', 'key'),
        'in',
        selectFrom('idempotency')
          .select(['account_id', 'key'])
          .where('created_at', '<=', param('oldest'))
          .limit(param('most'))
          .$asTuple('account_id', 'key'),
      ),
    )
    .returning('key'),
)
