import { type Param, query } from '../../db/query.ts'
import type { Tables } from '../../db/tables.ts'

export const byToken = query((db, param: Param<{ token_hash: string }>) =>
  db
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 's.account_id').onRef('u.id', '=', 's.user_id'),
    )
    .innerJoin('accounts as a', 'a.account_id', 's.account_id')
    .select(['s.id', 's.last_used_at', 'u.id as user_id', 'u.username', 'u.admin', 'a.name as label'])
    .where('s.account_id', '=', param('account'))
    .where('s.token_hash', '=', param('token_hash'))
    .where('u.deleted_at', 'is', null),
)

export const byId = query((db, param: Param<{ id: number; user_id: number }>) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id'))
    .where('user_id', '=', param('user_id')),
)

/** Those of one user that have not expired. */
export const ofUser = query((db, param: Param<{ user_id: number; oldest: string }>) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('user_id', '=', param('user_id'))
    .where('last_used_at', '>', param('oldest'))
    .orderBy('id'),
)

export const insert = query((db, param: Param<Omit<Tables['sessions'], 'account_id' | 'last_used_at'>>) =>
  db.insertInto('sessions').values({
    account_id: param('account'),
    id: param('id'),
    user_id: param('user_id'),
    token_hash: param('token_hash'),
    created_at: param('created_at'),
    last_used_at: param('created_at'),
    user_agent: param('user_agent'),
    address: param('address'),
  }),
)

/** An earlier time than the stored one changes nothing: another process may have written a later use. */
export const setUsed = query((db, param: Param<{ id: number; at: string }>) =>
  db
    .updateTable('sessions')
    .set({ last_used_at: param('at') })
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id'))
    .where('last_used_at', '<', param('at')),
)

export const remove = query((db, param: Param<{ id: number }>) =>
  db.deleteFrom('sessions').where('account_id', '=', param('account')).where('id', '=', param('id')),
)

export const removeOld = query((db, param: Param<{ oldest: string }>) =>
  db.deleteFrom('sessions').where('last_used_at', '<=', param('oldest')),
)
