import { hash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/database.ts'
import { call } from '../../db/query.ts'
import type { Reader } from '../../db/reader.ts'
import type { Tx } from '../../db/scope.ts'
import type { Tables } from '../../db/tables.ts'
import { fold } from '../../domain/fold.ts'
import * as statements from './user.statements.ts'

/** How long a sign-in link is valid. */
const LINK_MS = 24 * 3_600_000

export type User = Pick<Tables['users'], 'id' | 'username' | 'admin' | 'password_hash' | 'created_at'>

/** 1 to 64 letters, digits and the characters . _ @ - */
export const isUsername = (text: string) => /^[\p{L}\p{N}._@-]{1,64}$/u.test(text.normalize('NFC'))

/** All users, oldest first. */
export function listUsers(reader: Reader): Promise<User[]> {
  return reader.all(statements.all, {})
}

/** The user of this name, compared by fold. */
export function findUser(reader: Reader, username: string): Promise<User | undefined> {
  return reader.first(statements.byName, { username_fold: fold(username) })
}

/** A user with the number and name of the account. */
export type Member = User & { readonly account_id: number; readonly account_name: string }

export function getMember(reader: Reader, id: number): Promise<Member | undefined> {
  return reader.first(statements.byId, { id })
}

/** Creates a user, who first signs in by a link. Returns the user's id; undefined if the name is taken. */
export async function createUser(tx: Tx, username: string, admin: boolean): Promise<number | undefined> {
  const name = username.normalize('NFC')
  if (await findUser(tx, name)) return undefined
  const id = await tx.next('user')
  const row = { id, username: name, username_fold: fold(name), admin: Number(admin), now: tx.now }
  await tx.run(statements.insert, row)
  await tx.record({
    action: 'user.create',
    id,
    after: JSON.stringify({ id, username: name, admin }),
  })
  return id
}

/** Creates a link that lets a user set a password and sign in, once. Returns its token, which cannot be read again. */
export async function createLink(tx: Tx, user: number): Promise<string> {
  const token = `ttl_${tx.account}_${randomBytes(32).toString('base64url')}`
  const expires_at = new Date(Date.parse(tx.now) + LINK_MS).toISOString()
  await tx.run(statements.insertLink, { token_hash: hash('sha256', token), user_id: user, expires_at })
  await tx.record({
    action: 'user.link',
    id: user,
    after: JSON.stringify({ linkExpiresAt: expires_at }),
  })
  return token
}

/** The number of the account in the token of a link; undefined if it is not such a token. */
function accountOfLink(token: string): number | undefined {
  const [, account] = /^ttl_([1-9]\d{0,14})_[\w-]{43}$/.exec(token) ?? []
  return account ? Number(account) : undefined
}

/** The user whom a link lets in; undefined if it is not valid any more. */
export async function findLinkedMember(database: Database, token: string): Promise<Member | undefined> {
  const account = accountOfLink(token)
  if (account === undefined) return undefined
  const params = { token_hash: hash('sha256', token), now: new Date().toISOString() }
  return (await database.reader.all(account, call(statements.linkedUser, params)))[0]
}

/** Uses up a link, and with it every other link of its user; false if it is not valid any more. */
export async function useLink(tx: Tx, token: string): Promise<boolean> {
  const user = await tx.first(statements.linkedUser, { token_hash: hash('sha256', token), now: tx.now })
  if (!user) return false
  await tx.writeUnaudited(statements.deleteLinks, { user_id: user.id })
  return true
}

/** Sets the password of a user, given as its hash. */
export async function setPassword(tx: Tx, user: number, password_hash: string): Promise<void> {
  await tx.run(statements.setPassword, { id: user, password_hash, now: tx.now })
  await tx.record({
    action: 'user.password',
    id: user,
    after: JSON.stringify({ passwordSetAt: tx.now }),
  })
}

/** Removes the expired links of every account. */
export async function sweepLinks(database: Database): Promise<void> {
  const now = new Date().toISOString()
  await database.transaction(0, (connection) => connection.all(0, call(statements.deleteOldLinks, { now })))
}
