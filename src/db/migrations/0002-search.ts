import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { createNameIndex } from '../name-index/schema.ts'
import { onSqlite } from '../sql.ts'

/** Substring search for accounts with very many projects. */
export const search: Migration = {
  name: '0002-search',
  statements: (db) => [
    ...createNameIndex(db, { table: 'projects', entity: 'project' }),
    ...onSqlite(
      db,
      db.schema
        .createTable('search_state')
        .addColumn('account_id', 'bigint', (column) => column.primaryKey())
        .addColumn('change', 'bigint', (column) => column.notNull())
        .addColumn('built_to', 'bigint')
        .modifyEnd(sql`without rowid`),
    ),
  ],
}
