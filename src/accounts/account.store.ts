import type { Database } from '../db/database.ts'
import { call, type Param, query } from '../db/query.ts'
import { openScope, type Tx, write } from '../db/scope.ts'
import type { Tables } from '../db/tables.ts'
import { createKey, type NewKey } from '../resources/keys/key.store.ts'

export type Account = Tables['accounts']

/** No account has the number 0: the scope of statements that look across accounts. */
const NO_ACCOUNT = 0

/** All accounts, in the order of their numbers. */
export function listAccounts(database: Database): Promise<Account[]> {
  return database.reader.all(NO_ACCOUNT, call(all, {}))
}

export async function findAccount(database: Database, name: string): Promise<Account | undefined> {
  return (await database.reader.all(NO_ACCOUNT, call(byName, { name })))[0]
}

/**
 * Creates an account and its first key; undefined if the name is taken.
 * @param beforeCommit runs in the transaction; if it throws, there is no account
 */
export async function createAccount(
  database: Database,
  actor: string,
  name: string,
  beforeCommit: (key: NewKey, tx: Tx) => Promise<void> = async () => {},
): Promise<NewKey | undefined> {
  for (;;) {
    const account = ((await listAccounts(database)).at(-1)?.account_id ?? 0) + 1
    const outcome = await write(openScope(database, account, actor, 'write'), async (tx) => {
      if (await tx.first(byName, { name })) return 'name taken'
      if (await tx.first(byNumber, {})) return 'number taken'
      await tx.run(insert, { name, now: tx.now })
      await tx.record({
        action: 'account.create',
        id: account,
        after: JSON.stringify({ name }),
      })
      const { key, secret } = await createKey(tx, 'write')
      await beforeCommit({ key, secret }, tx)
      return { key, secret }
    })
    if (outcome === 'name taken') return undefined
    if (outcome !== 'number taken') return outcome
  }
}

const all = query((db) =>
  db.selectFrom('accounts').select(['account_id', 'name', 'created_at']).orderBy('account_id'),
)

const byName = query((db, param: Param<{ name: string }>) =>
  db.selectFrom('accounts').select(['account_id', 'name', 'created_at']).where('name', '=', param('name')),
)

const byNumber = query((db, param: Param<object>) =>
  db.selectFrom('accounts').select('name').where('account_id', '=', param('account')),
)

const insert = query((db, param: Param<{ name: string; now: string }>) =>
  db
    .insertInto('accounts')
    .values({ account_id: param('account'), name: param('name'), created_at: param('now') }),
)
