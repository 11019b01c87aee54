import { createGramIndex } from '../grams.ts'
import type { Migration } from '../migrate.ts'
import { clustered } from '../sql.ts'

/** Substring search for accounts with very many projects; see src/projects/project.search.ts. */
export const search: Migration = {
  name: '0002-search',
  statements: ({ schema }) => [
    createGramIndex,
    schema
      .createTable('search_state')
      .addColumn('account_id', 'bigint', (column) => column.primaryKey())
      .addColumn('change', 'bigint', (column) => column.notNull())
      .addColumn('built_to', 'bigint')
      .modifyEnd(clustered),
  ],
}
