import { type Param, query } from '../../db/query.ts'
import type { Tables } from '../../db/tables.ts'

/** A key as it is stored. */
export type KeyRow = Omit<Tables['api_keys'], 'account_id'>

export const credential = query((db, param: Param<{ key: string }>) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('accounts as a', 'a.account_id', 'k.account_id')
    .select(['a.name as label', 'k.access', 'k.secret_hash', 'k.previous_hash', 'k.previous_until'])
    .select('k.expires_at')
    .where('k.account_id', '=', param('account'))
    .where('k.key', '=', param('key'))
    .where('k.revoked_at', 'is', null),
)

export const byKey = query((db, param: Param<{ key: string }>) =>
  db
    .selectFrom('api_keys')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key'))
    .where('revoked_at', 'is', null),
)

export const byId = query((db, param: Param<{ id: number }>) =>
  db
    .selectFrom('api_keys')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id'))
    .where('revoked_at', 'is', null),
)

export const all = query((db, param: Param<object>) =>
  db.selectFrom('api_keys').selectAll().where('account_id', '=', param('account')).orderBy('id'),
)

export const insert = query((db, param: Param<KeyRow>) =>
  db.insertInto('api_keys').values({
    account_id: param('account'),
    id: param('id'),
    key: param('key'),
    name: param('name'),
    access: param('access'),
    secret_hash: param('secret_hash'),
    previous_hash: param('previous_hash'),
    previous_until: param('previous_until'),
    created_at: param('created_at'),
    last_used_at: param('last_used_at'),
    expires_at: param('expires_at'),
    revoked_at: param('revoked_at'),
  }),
)

/** Everything that can change, except the last use. */
export const update = query((db, param: Param<KeyRow>) =>
  db
    .updateTable('api_keys')
    .set({
      name: param('name'),
      secret_hash: param('secret_hash'),
      previous_hash: param('previous_hash'),
      previous_until: param('previous_until'),
      expires_at: param('expires_at'),
      revoked_at: param('revoked_at'),
    })
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key')),
)

/** An earlier time than the stored one changes nothing: another process may have written a later use. */
export const setUsed = query((db, param: Param<{ key: string; at: string }>) =>
  db
    .updateTable('api_keys')
    .set({ last_used_at: param('at') })
    .where('account_id', '=', param('account'))
    .where('key', '=', param('key'))
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', param('at'))])),
)
