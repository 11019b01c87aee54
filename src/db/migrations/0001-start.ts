import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { accountTable } from './account-table.ts'

export const start: Migration = {
  name: '0001-start',
  statements: (db) => [
    db.schema
      .createTable('accounts')
      .addColumn('account_id', 'bigint', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', 'text', (column) => column.notNull()),

    accountTable(db, 'counters')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('counters_pk', ['account_id', 'name']),

    accountTable(db, 'api_keys')
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('access', 'text', (column) => column.notNull())
      .addColumn('secret_hash', 'text', (column) => column.notNull())
      .addColumn('previous_hash', 'text')
      .addColumn('previous_until', 'text')
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('revoked_at', 'text')
      .addPrimaryKeyConstraint('api_keys_pk', ['account_id', 'key'])
      .addForeignKeyConstraint('api_keys_account', ['account_id'], 'accounts', ['account_id']),

    accountTable(db, 'clients')
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('name_fold', 'text', (column) => column.notNull())
      .addColumn('name_sort', 'text', (column) => column.notNull())
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('deleted_at', 'text')
      .addColumn('wire', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('clients_pk', ['account_id', 'id'])
      .addForeignKeyConstraint('clients_account', ['account_id'], 'accounts', ['account_id']),
    db.schema
      .createIndex('clients_name')
      .unique()
      .on('clients')
      .columns(['account_id', 'name_fold'])
      .where(sql.ref('deleted_at'), 'is', null),

    accountTable(db, 'projects')
      .addColumn('id', 'bigint', (column) => column.notNull())
      .addColumn('client_id', 'bigint', (column) => column.notNull())
      .addColumn('name_fold', 'text', (column) => column.notNull())
      .addColumn('name_sort', 'text', (column) => column.notNull())
      .addColumn('client_sort', 'text', (column) => column.notNull())
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('hour_rate', 'double precision', (column) => column.notNull())
      .addColumn('hour_rate_missing', 'integer', (column) => column.notNull())
      .addColumn('time_estimated', 'double precision', (column) => column.notNull())
      .addColumn('time_estimated_missing', 'integer', (column) => column.notNull())
      .addColumn('budget_estimated', 'double precision', (column) => column.notNull())
      .addColumn('budget_estimated_missing', 'integer', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('deleted_at', 'text')
      .addColumn('wire', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('projects_pk', ['account_id', 'id'])
      .addForeignKeyConstraint('projects_client', ['account_id', 'client_id'], 'clients', [
        'account_id',
        'id',
      ]),
    db.schema
      .createIndex('projects_name')
      .unique()
      .on('projects')
      .columns(['account_id', 'client_id', 'name_fold'])
      .where(sql.ref('deleted_at'), 'is', null),
    db.schema.createIndex('projects_name_sort').on('projects').columns(['account_id', 'name_sort', 'id']),
    db.schema.createIndex('projects_updated_at').on('projects').columns(['account_id', 'updated_at', 'id']),

    accountTable(db, 'audit')
      .addColumn('change', 'bigint', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('entity', 'text', (column) => column.notNull())
      .addColumn('entity_id', 'text', (column) => column.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addPrimaryKeyConstraint('audit_pk', ['account_id', 'change']),
    db.schema
      .createIndex('audit_entity')
      .on('audit')
      .columns(['account_id', 'entity_id', 'entity', 'change']),

    accountTable(db, 'idempotency')
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('headers', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('idempotency_pk', ['account_id', 'key']),
    db.schema.createIndex('idempotency_created_at').on('idempotency').columns(['created_at']),
  ],
}
