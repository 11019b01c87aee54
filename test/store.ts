import { call, type Param, query } from '../src/db/query.ts'
import { openScope, type Tx, write } from '../src/db/scope.ts'
import type { Tables } from '../src/db/tables.ts'
import { type NewKey, revokeKey, rotateKey } from '../src/keys/key.store.ts'
import type { Caller, TestServer } from './harness.ts'

/** The audit of an account, oldest first. */
export function auditOf(server: TestServer, { account }: Caller): Promise<Tables['audit'][]> {
  return server.database.reader.all(account, call(audit, {}))
}

/** Everything that is kept of an account, table by table, as JSON text. */
export async function keptOf(server: TestServer, { account }: Caller): Promise<string> {
  const kept: Record<string, unknown> = {}
  for (const { name } of await server.database.reader.all(account, call(tablesOfAccounts, {})))
    kept[name] = await server.database.reader.all(account, call(rowsOf(name), {}))
  return JSON.stringify(kept)
}

export function revoke(server: TestServer, owner: Caller): Promise<boolean> {
  return inAccount(server, owner, (tx) => revokeKey(tx, owner.key))
}

export function rotate(server: TestServer, owner: Caller, graceHours: number): Promise<NewKey | undefined> {
  return inAccount(server, owner, (tx) => rotateKey(tx, owner.key, graceHours))
}

function inAccount<T>(server: TestServer, { account }: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
  return write(openScope(server.database, account, 'test', 'write'), work)
}

const audit = query((db, param: Param<object>) =>
  db.selectFrom('audit').selectAll().where('account_id', '=', param('account')).orderBy('change'),
)

const tablesOfAccounts = query<object, { name: string }>(
  (db: any) =>
    db
      .selectFrom('sqlite_master')
      .select('name')
      .where('type', '=', 'table')
      .where('sql', 'like', '%"account_id"%')
      .orderBy('name') as never,
)

const rowsOf = (table: string) =>
  query<object, object>(
    (db: any, param) => db.selectFrom(table).selectAll().where('account_id', '=', param('account')) as never,
  )
