import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * The name first: names that are entered together often begin alike, so that they touch few pages of the index, where
 * the clients of new projects are anywhere.
 */
export const uniqueNames: Migration = {
  name: '0005-unique-names',
  statements: (db) => [
    db.schema.dropIndex('projects_name'),
    db.schema
      .createIndex('projects_name')
      .unique()
      .on('projects')
      .columns(['account_id', 'name_fold', 'client_id'])
      .where(sql.ref('deleted_at'), 'is', null),
  ],
}
