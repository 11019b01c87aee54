import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { raw } from '../query.ts'
import { onSqlite } from '../sql.ts'

/** The projects of each client, in blocks of consecutive ids. */
export const clientsInBlocks: Migration = {
  name: '0006-clients-in-blocks',
  statements: (db) =>
    onSqlite(
      db,
      db.schema.dropIndex('projects_client'),
      raw(db, sql`create index projects_client on projects (account_id, id / 4096, client_id, id)`),
    ),
}
