import type { Migration } from '../migration.ts'
import { onSqlite } from '../sql.ts'

/** The projects of each client, with all that is needed to list and to count them. PostgreSQL keeps the index that it has. */
export const projectsOfClients: Migration = {
  name: '0010-projects-of-clients',
  statements: (db) =>
    onSqlite(
      db,
      db.schema.dropIndex('projects_client'),
      db.schema
        .createIndex('projects_client')
        .on('projects')
        .columns(['account_id', 'client_id', 'id', 'deleted_at']),
    ),
}
