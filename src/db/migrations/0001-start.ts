import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { clustered } from '../sql.ts'

export const start: Migration = {
  name: '0001-start',
  statements: ({ schema }) => [
    schema
      .createTable('accounts')
      .addColumn('account_id', 'bigint', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', 'text', (column) => column.notNull()),

    schema
      .createTable('counters')
      .addColumn('account_id', 'bigint', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('counters_pk', ['account_id', 'name'])
      .modifyEnd(clustered),

    schema
      .createTable('api_keys')
      .addColumn('account_id', 'bigint', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('access', 'text', (column) => column.notNull())
      .addColumn('secret_hash', 'text', (column) => column.notNull())
      .addColumn('previous_hash', 'text')
      .addColumn('previous_until', 'text')
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('revoked_at', 'text')
      .addPrimaryKeyConstraint('api_keys_pk', ['account_id', 'key'])
      .addForeignKeyConstraint('api_keys_account', ['account_id'], 'accounts', ['account_id'])
      .modifyEnd(clustered),

    schema
      .createTable('clients')
      .addColumn('account_id', 'bigint', (column) => column.notNull())
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_fold', 'text', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('deleted_at', 'text')
      .addPrimaryKeyConstraint('clients_pk', ['account_id', 'id'])
      .addForeignKeyConstraint('clients_account', ['account_id'], 'accounts', ['account_id'])
      .modifyEnd(clustered),
    schema
      .createIndex('clients_name')
      .unique()
      .on('clients')
      .columns(['account_id', 'name_fold'])
      .where(sql.ref('deleted_at'), 'is', null),

    schema
      .createTable('projects')
      .addColumn('account_id', 'bigint', (column) => column.notNull())
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('client_id', 'bigint', (column) => column.notNull())
      .addColumn('name_fold', 'text', (column) => column.notNull())
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('deleted_at', 'text')
      .addColumn('wire', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('projects_pk', ['account_id', 'id'])
      .addForeignKeyConstraint('projects_client', ['account_id', 'client_id'], 'clients', [
        'account_id',
        'id',
      ])
      .modifyEnd(clustered),
    schema
      .createIndex('projects_name')
      .unique()
      .on('projects')
      .columns(['account_id', 'client_id', 'name_fold'])
      .where(sql.ref('deleted_at'), 'is', null),

    schema
      .createTable('audit')
      .addColumn('account_id', 'bigint', (column) => column.notNull())
      .addColumn('change', 'bigint', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('entity', 'text', (column) => column.notNull())
      .addColumn('entity_id', 'text', (column) => column.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addPrimaryKeyConstraint('audit_pk', ['account_id', 'change'])
      .modifyEnd(clustered),
  ],
}
