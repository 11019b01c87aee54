import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { raw } from '../query.ts'
import { accountTable } from './account-table.ts'

/** Users, their sessions, and keys with an id, a name, an expiry and their last use. */
export const web: Migration = {
  name: '0004-web',
  statements: (db) => [
    accountTable(db, 'users')
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('username', 'text', (column) => column.notNull())
      .addColumn('username_fold', 'text', (column) => column.notNull())
      .addColumn('password_hash', 'text')
      .addColumn('admin', 'integer', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('deleted_at', 'text')
      .addPrimaryKeyConstraint('users_pk', ['account_id', 'id'])
      .addForeignKeyConstraint('users_account', ['account_id'], 'accounts', ['account_id']),
    db.schema
      .createIndex('users_username')
      .unique()
      .on('users')
      .columns(['account_id', 'username_fold'])
      .where(sql.ref('deleted_at'), 'is', null),

    accountTable(db, 'sessions')
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('user_id', 'bigint', (column) => column.notNull())
      .addColumn('token_hash', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('last_used_at', 'text', (column) => column.notNull())
      .addColumn('user_agent', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('sessions_pk', ['account_id', 'id'])
      .addForeignKeyConstraint('sessions_user', ['account_id', 'user_id'], 'users', ['account_id', 'id']),
    db.schema.createIndex('sessions_token').unique().on('sessions').columns(['account_id', 'token_hash']),

    accountTable(db, 'sign_in_links')
      .addColumn('token_hash', 'text', (column) => column.notNull())
      .addColumn('user_id', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('sign_in_links_pk', ['account_id', 'token_hash'])
      .addForeignKeyConstraint('sign_in_links_user', ['account_id', 'user_id'], 'users', [
        'account_id',
        'id',
      ]),

    accountTable(db, 'sign_in_attempts')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('last_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('sign_in_attempts_pk', ['account_id', 'subject']),

    db.schema.alterTable('api_keys').addColumn('id', 'bigint', (column) => column.notNull().defaultTo(0)),
    db.schema.alterTable('api_keys').addColumn('name', 'text', (column) => column.notNull().defaultTo('')),
    db.schema.alterTable('api_keys').addColumn('last_used_at', 'text'),
    db.schema.alterTable('api_keys').addColumn('expires_at', 'text'),
    // Keys that are there already are numbered in the order of their making.
    raw(
      db,
      sql`update api_keys set id = (
      select count(*) from api_keys as earlier
      where earlier.account_id = api_keys.account_id
      and (earlier.created_at, earlier.key) <= (api_keys.created_at, api_keys.key)
    )`,
    ),
    raw(db, sql`update api_keys set name = 'Key ' || id`),
    raw(
      db,
      sql`insert into counters (account_id, name, value)
      select account_id, 'key', max(id) from api_keys group by account_id`,
    ),
    db.schema.createIndex('api_keys_id').unique().on('api_keys').columns(['account_id', 'id']),
  ],
}
