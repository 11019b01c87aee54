import { existsSync, readFileSync } from 'node:fs'
import type { Location } from '../src/db/location.ts'
import { openDatabase } from '../src/db/open.ts'
import { call, type Param, type Query, query } from '../src/db/query.ts'
import { openScope, type Tx, write } from '../src/db/scope.ts'
import type { Tables } from '../src/db/tables.ts'
import { findKeyByText, type NewKey, revokeKey, rotateKey } from '../src/resources/keys/key.store.ts'
import { ask, tablesOfAccounts } from './engine.ts'
import type { Caller, TestServer } from './harness.ts'

/** The audit of an account, oldest first. */
export function auditOf(server: TestServer, { account }: Caller): Promise<Tables['audit'][]> {
  return server.database.reader.all(account, call(audit, {}))
}

/** Everything that is kept of an account, table by table, as JSON text; but for last uses, which any request can change. */
export async function keptOf(server: TestServer, { account }: Caller): Promise<string> {
  const kept: Record<string, unknown> = {}
  const asText = (row: object) =>
    JSON.stringify(row, (name, value) => (name === 'last_used_at' ? undefined : value))
  for (const name of await tablesOfAccounts(server.location)) {
    const rows = await server.database.reader.all(account, call(rowsOf(name), {}))
    // PostgreSQL has no order of its own: a row that was changed, be it by a use, may come last.
    kept[name] = rows
      .map(asText)
      .sort()
      .map((text) => JSON.parse(text))
  }
  return JSON.stringify(kept)
}

export function revoke(server: TestServer, owner: Caller): Promise<boolean> {
  return inAccount(server, owner, async (tx) => {
    const row = await findKeyByText(tx, owner.key)
    return row !== undefined && Boolean(await revokeKey(tx, row))
  })
}

export function rotate(server: TestServer, owner: Caller, graceHours: number): Promise<NewKey | undefined> {
  return inAccount(server, owner, async (tx) => {
    const row = await findKeyByText(tx, owner.key)
    return row && rotateKey(tx, row, graceHours)
  })
}

/** Runs a statement behind the server's back. */
export async function tamper<P extends object>(
  server: TestServer,
  { account }: Caller,
  statement: Query<P, unknown>,
  params: P,
): Promise<void> {
  await server.database.transaction(account, (connection) => connection.all(account, call(statement, params)))
}

/** Makes the records of an account's requests as old as that. */
export function ageRecords(server: TestServer, owner: Caller, ms: number): Promise<void> {
  return tamper(server, owner, age, { at: new Date(Date.now() - ms).toISOString() })
}

/** What is counted of sign-ins, of an account or with 0 of addresses. */
export function attemptsOf(server: TestServer, account: number): Promise<Tables['sign_in_attempts'][]> {
  return server.database.reader.all(account, call(attempts, {}))
}

/** Makes the sign-in links of an account a day older. */
export function ageLinks(server: TestServer, owner: Caller): Promise<void> {
  return tamper(server, owner, endLinks, { now: new Date().toISOString() })
}

/** Ends the time of every old secret of an account. */
export function endGraces(server: TestServer, owner: Caller): Promise<void> {
  return tamper(server, owner, graceOver, { now: new Date().toISOString() })
}

export function sessionRows(server: TestServer, { account }: Caller): Promise<Tables['sessions'][]> {
  return server.database.reader.all(account, call(sessions, {}))
}

/** Makes every session of an account one that was last used as long ago as that. */
export function ageSessions(server: TestServer, owner: Caller, ms: number): Promise<void> {
  return tamper(server, owner, useSessions, { at: new Date(Date.now() - ms).toISOString() })
}

/** Makes what was counted of sign-ins, of an account or with 0 of addresses, as much older as that. */
export async function ageAttempts(server: TestServer, account: number, ms: number): Promise<void> {
  const at = new Date(Date.now() - ms).toISOString()
  await server.database.transaction(account, (connection) =>
    connection.all(account, call(tryEarlier, { at })),
  )
}

/** As if an account's users, or with the account 0 all addresses, had sent so many wrong passwords, the last so long ago. */
export async function setAttempts(
  server: TestServer,
  account: number,
  kind: 'user' | 'address',
  failures: number,
  ms: number,
): Promise<void> {
  const params = { kind: `${kind} %`, failures, at: new Date(Date.now() - ms).toISOString() }
  await server.database.transaction(account, (connection) => connection.all(account, call(tryOften, params)))
}

/** Removes the audit rows of an account from one change to another. */
export function removeAudit(server: TestServer, owner: Caller, from: number, to: number): Promise<void> {
  return tamper(server, owner, remove, { from, to })
}

/** Takes the changes of an account back to one, as a restored backup does. */
export async function rewind(server: TestServer, owner: Caller, change: number): Promise<void> {
  await removeAudit(server, owner, change + 1, Number.MAX_SAFE_INTEGER)
  await tamper(server, owner, countAnew, { change })
}

function inAccount<T>(server: TestServer, { account }: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
  return write(openScope(server.database, account, 'test', 'write'), work)
}

const audit = query((db, param: Param<object>) =>
  db.selectFrom('audit').selectAll().where('account_id', '=', param('account')).orderBy('change'),
)

const age = query((db, param: Param<{ at: string }>) =>
  db
    .updateTable('idempotency')
    .set({ created_at: param('at') })
    .where('account_id', '=', param('account')),
)

const attempts = query((db, param: Param<object>) =>
  db.selectFrom('sign_in_attempts').selectAll().where('account_id', '=', param('account')).orderBy('subject'),
)

const endLinks = query((db, param: Param<{ now: string }>) =>
  db
    .updateTable('sign_in_links')
    .set({ expires_at: param('now') })
    .where('account_id', '=', param('account')),
)

const graceOver = query((db, param: Param<{ now: string }>) =>
  db
    .updateTable('api_keys')
    .set({ previous_until: param('now') })
    .where('account_id', '=', param('account')),
)

const sessions = query((db, param: Param<object>) =>
  db.selectFrom('sessions').selectAll().where('account_id', '=', param('account')).orderBy('id'),
)

const useSessions = query((db, param: Param<{ at: string }>) =>
  db
    .updateTable('sessions')
    .set({ last_used_at: param('at') })
    .where('account_id', '=', param('account')),
)

const tryEarlier = query((db, param: Param<{ at: string }>) =>
  db
    .updateTable('sign_in_attempts')
    .set({ last_at: param('at') })
    .where('account_id', '=', param('account')),
)

const tryOften = query((db, param: Param<{ kind: string; failures: number; at: string }>) =>
  db
    .updateTable('sign_in_attempts')
    .set({ failures: param('failures'), last_at: param('at') })
    .where('account_id', '=', param('account'))
    .where('subject', 'like', param('kind')),
)

const remove = query((db, param: Param<{ from: number; to: number }>) =>
  db
    .deleteFrom('audit')
    .where('account_id', '=', param('account'))
    .where('change', '>=', param('from'))
    .where('change', '<=', param('to')),
)

const countAnew = query((db, param: Param<{ change: number }>) =>
  db
    .updateTable('counters')
    .set({ value: param('change') })
    .where('account_id', '=', param('account'))
    .where('name', '=', 'change'),
)

const rowsOf = (table: string) =>
  query<object, object>(
    (db: any, param) => db.selectFrom(table).selectAll().where('account_id', '=', param('account')) as never,
  )

/** Everything that is kept, as it lies on the disk or as text. */
export async function bytesOf({ location }: { location: Location }): Promise<Buffer> {
  if ('file' in location)
    return Buffer.concat(
      ['', '-wal']
        .map((part) => location.file + part)
        .filter(existsSync)
        .map((path) => readFileSync(path)),
    )
  const rows = []
  for (const table of await tablesOfAccounts(location))
    rows.push(await ask(location, `select * from ${table}`))
  return Buffer.from(JSON.stringify(rows))
}

/** Holds the account as another writing process would, until the returned function is called. */
export async function holdAccount(
  { location }: Pick<TestServer, 'location'>,
  { account }: Pick<Caller, 'account'>,
): Promise<() => Promise<void>> {
  const other = await openDatabase(location)
  return new Promise((holding) => {
    const held = other.transaction(
      account,
      () =>
        new Promise<void>((release) => {
          holding(async () => {
            release()
            await held
            await other.close()
          })
        }),
    )
  })
}

/** When each key of a database was last used, by account; no server needs to be there. */
export async function lastUsesIn(location: Location): Promise<unknown[]> {
  const rows = await ask(location, 'select last_used_at from api_keys order by account_id, id')
  return rows.map((row) => row.last_used_at)
}
