import { type CreateTableBuilder, sql } from 'kysely'
import type { Builder, Statement } from '../query.ts'
import { clustered } from '../sql.ts'

/** A table of an account's rows; its primary key begins with the account. */
export function accountTable(db: Builder, name: string): CreateTableBuilder<string, 'account_id'> {
  return db.schema
    .createTable(name)
    .addColumn('account_id', 'bigint', (column) => column.notNull())
    .modifyEnd(clustered(db)) as CreateTableBuilder<string, 'account_id'>
}

/** A table of objects that are known by their name, unique in the account; without what is special to them. */
export function namedTable(db: Builder, name: string): CreateTableBuilder<string, string> {
  return accountTable(db, name)
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('name_fold', 'text', (column) => column.notNull())
    .addColumn('name_sort', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'text')
    .addColumn('wire', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${name}_pk`, ['account_id', 'id'])
    .addForeignKeyConstraint(`${name}_account`, ['account_id'], 'accounts', ['account_id'])
}

/** The index that keeps the names of live rows apart. */
export function uniqueName(db: Builder, table: string): Statement<unknown> {
  return db.schema
    .createIndex(`${table}_name`)
    .unique()
    .on(table)
    .columns(['account_id', 'name_fold'])
    .where(sql.ref('deleted_at'), 'is', null)
}
