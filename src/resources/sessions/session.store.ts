import { hash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/database.ts'
import { call } from '../../db/query.ts'
import type { Reader } from '../../db/reader.ts'
import { openScope, type SessionScope, type Tx } from '../../db/scope.ts'
import type { Tables } from '../../db/tables.ts'
import type { SessionCredential } from '../../http/auth.ts'
import type { Session } from './session.schema.ts'
import * as statements from './session.statements.ts'

/** How long a session outlives its last use. */
export const SESSION_MS = 14 * 24 * 3_600_000
const MOST_USER_AGENT = 500

/** Where a user signs in from. */
export interface Browser {
  readonly userAgent: string
  readonly address: string
}

type SessionRow = Tables['sessions']

/** A session that has not been ended, as authentication needs it. */
export async function findSession(database: Database, token: string): Promise<SessionCredential | undefined> {
  const [, digits] = /^tss_([1-9]\d{0,14})_[\w-]{43}$/.exec(token) ?? []
  if (digits === undefined) return undefined
  const account = Number(digits)
  const [row] = await database.reader.all(
    account,
    call(statements.byToken, { token_hash: hash('sha256', token) }),
  )
  if (!row) return undefined
  const { id, user_id, username, admin, label, last_used_at } = row
  const session = { id, user: user_id }
  return {
    label,
    scope: openScope(database, account, `user:${username}`, admin ? 'admin' : 'write', session),
    until: Date.parse(last_used_at) + SESSION_MS,
    used: (at) => call(statements.setUsed, { id, at }),
  }
}

/** Starts a session; its token cannot be read again later. */
export async function startSession(tx: Tx, user: number, { userAgent, address }: Browser): Promise<string> {
  const token = `tss_${tx.account}_${randomBytes(32).toString('base64url')}`
  const row = {
    id: await tx.next('session'),
    user_id: user,
    token_hash: hash('sha256', token),
    created_at: tx.now,
    user_agent: userAgent.slice(0, MOST_USER_AGENT),
    address,
  }
  await tx.run(statements.insert, row)
  const after = JSON.stringify({ user, address, userAgent: row.user_agent })
  await tx.record({ action: 'session.start', id: row.id, after })
  return token
}

/** The sessions of a user, oldest first. */
export async function listSessions(reader: Reader, { user, id }: SessionScope): Promise<Session[]> {
  const rows = await reader.all(statements.ofUser, { user_id: user, oldest: oldestGood() })
  return rows.map((row) => sessionOf(row, id))
}

/** Ends one of the user's sessions; undefined if none has this id. */
export async function endSession(tx: Tx, own: SessionScope, id: number): Promise<Session | undefined> {
  const row = await tx.first(statements.byId, { id, user_id: own.user })
  if (!row || row.last_used_at <= oldestGood()) return undefined
  await remove(tx, row)
  return sessionOf(row, own.id)
}

/** Ends every session of a user except `excepted`. */
export async function endOtherSessions(tx: Tx, user: number, excepted: number | undefined): Promise<void> {
  for (const row of await tx.all(statements.ofUser, { user_id: user, oldest: '' }))
    if (row.id !== excepted) await remove(tx, row)
}

/** Removes the expired sessions of every account. */
export async function sweepSessions(database: Database): Promise<void> {
  const oldest = oldestGood()
  await database.transaction(0, (connection) => connection.all(0, call(statements.removeOld, { oldest })))
}

async function remove(tx: Tx, { id }: Pick<SessionRow, 'id'>): Promise<void> {
  await tx.run(statements.remove, { id })
  await tx.record({ action: 'session.end', id, after: null })
}

/** A session last used at this time, or before, has expired. */
const oldestGood = () => new Date(Date.now() - SESSION_MS).toISOString()

function sessionOf(row: SessionRow, current: number): Session {
  return {
    id: row.id,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: new Date(Date.parse(row.last_used_at) + SESSION_MS).toISOString(),
    userAgent: row.user_agent,
    address: row.address,
    current: row.id === current,
  }
}
