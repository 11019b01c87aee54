import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { wideColumns } from '../sql.ts'

/**
 * For accounts with very many projects: the projects of a client, and indexes that hold all that is needed to
 * count, to skip to a page far behind, and to search in the order of names, without a look at the rows.
 * (SQLite looks at the row even for deleted_at, which the condition of the index has answered.)
 */
export const largeAccounts: Migration = {
  name: '0003-large-accounts',
  statements: (db) => [
    db.schema.createIndex('projects_client').on('projects').columns(['account_id', 'client_id', 'id']),
    db.schema
      .createIndex('projects_live')
      .on('projects')
      .columns(['account_id', 'id', 'deleted_at'])
      .where(sql.ref('deleted_at'), 'is', null),
    db.schema.dropIndex('projects_name_sort'),
    db.schema
      .createIndex('projects_live_name_sort')
      .on('projects')
      .columns(['account_id', 'name_sort', 'id', 'deleted_at', ...wideColumns(db, 'name_fold'), 'enabled'])
      .where(sql.ref('deleted_at'), 'is', null),
  ],
}
