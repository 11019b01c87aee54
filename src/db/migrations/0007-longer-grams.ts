import { sql } from 'kysely'
import type { Migration } from '../migration.ts'
import { raw } from '../query.ts'
import { onSqlite } from '../sql.ts'

/** Empties the index of names: built anew, it knows runs of four characters, too. */
export const longerGrams: Migration = {
  name: '0007-longer-grams',
  statements: (db) =>
    onSqlite(
      db,
      raw(db, sql`insert into project_grams (project_grams) values ('delete-all')`),
      raw(db, sql`delete from search_state`),
    ),
}
