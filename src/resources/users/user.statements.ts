import { type Param, query } from '../../db/query.ts'

export const all = query((db, param: Param<object>) =>
  db
    .selectFrom('users')
    .select(['id', 'username', 'admin', 'password_hash', 'created_at'])
    .where('account_id', '=', param('account'))
    .where('deleted_at', 'is', null)
    .orderBy('id'),
)

export const byName = query((db, param: Param<{ username_fold: string }>) =>
  db
    .selectFrom('users')
    .select(['id', 'username', 'admin', 'password_hash', 'created_at'])
    .where('account_id', '=', param('account'))
    .where('username_fold', '=', param('username_fold'))
    .where('deleted_at', 'is', null),
)

export const byId = query((db, param: Param<{ id: number }>) =>
  db
    .selectFrom('users as u')
    .innerJoin('accounts as a', 'a.account_id', 'u.account_id')
    .select(['u.account_id', 'a.name as account_name', 'u.id', 'u.username', 'u.admin'])
    .select(['u.password_hash', 'u.created_at'])
    .where('u.account_id', '=', param('account'))
    .where('u.id', '=', param('id'))
    .where('u.deleted_at', 'is', null),
)

export const insert = query(
  (db, param: Param<{ id: number; username: string; username_fold: string; admin: number; now: string }>) =>
    db.insertInto('users').values({
      account_id: param('account'),
      id: param('id'),
      username: param('username'),
      username_fold: param('username_fold'),
      password_hash: null,
      admin: param('admin'),
      version: 1,
      created_at: param('now'),
      updated_at: param('now'),
      deleted_at: null,
    }),
)

export const setPassword = query((db, param: Param<{ id: number; password_hash: string; now: string }>) =>
  db
    .updateTable('users')
    .set((eb) => ({
      password_hash: param('password_hash'),
      version: eb('version', '+', 1),
      updated_at: param('now'),
    }))
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id')),
)

export const insertLink = query(
  (db, param: Param<{ token_hash: string; user_id: number; expires_at: string }>) =>
    db.insertInto('sign_in_links').values({
      account_id: param('account'),
      token_hash: param('token_hash'),
      user_id: param('user_id'),
      expires_at: param('expires_at'),
    }),
)

export const linkedUser = query((db, param: Param<{ token_hash: string; now: string }>) =>
  db
    .selectFrom('sign_in_links as l')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'l.account_id').onRef('u.id', '=', 'l.user_id'),
    )
    .innerJoin('accounts as a', 'a.account_id', 'l.account_id')
    .select(['u.account_id', 'a.name as account_name', 'u.id', 'u.username', 'u.admin'])
    .select(['u.password_hash', 'u.created_at'])
    .where('l.account_id', '=', param('account'))
    .where('l.token_hash', '=', param('token_hash'))
    .where('l.expires_at', '>', param('now'))
    .where('u.deleted_at', 'is', null),
)

export const deleteLinks = query((db, param: Param<{ user_id: number }>) =>
  db
    .deleteFrom('sign_in_links')
    .where('account_id', '=', param('account'))
    .where('user_id', '=', param('user_id')),
)

export const deleteOldLinks = query((db, param: Param<{ now: string }>) =>
  db.deleteFrom('sign_in_links').where('expires_at', '<=', param('now')),
)
