import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { createNameIndex } from '../name-index/schema.ts'
import { raw } from '../query.ts'
import { onSqlite } from '../sql.ts'

/** An index of names for clients, too: how far each has come is kept for each kind of object. */
export const nameIndexes: Migration = {
  name: '0009-name-indexes',
  statements: (db) => [
    ...createNameIndex(db, { table: 'clients', entity: 'client' }),
    ...onSqlite(
      db,
      db.schema.alterTable('search_state').renameTo('search_state_before'),
      db.schema
        .createTable('search_state')
        .addColumn('account_id', 'bigint', (column) => column.notNull())
        .addColumn('entity', 'text', (column) => column.notNull())
        .addColumn('change', 'bigint', (column) => column.notNull())
        .addColumn('built_to', 'bigint')
        .addPrimaryKeyConstraint('search_state_pk', ['account_id', 'entity'])
        .modifyEnd(sql`without rowid`),
      raw(
        db,
        sql`insert into search_state (account_id, entity, change, built_to)
          select account_id, 'project', change, built_to from search_state_before`,
      ),
      db.schema.dropTable('search_state_before'),
    ),
  ],
}
