import type { Migration } from '../migration.ts'
import { namedTable, uniqueName } from './account-table.ts'

export const tasks: Migration = {
  name: '0011-tasks',
  statements: (db) => [
    namedTable(db, 'tasks')
      .addColumn('hour_rate', 'double precision', (column) => column.notNull())
      .addColumn('hour_rate_missing', 'integer', (column) => column.notNull()),
    uniqueName(db, 'tasks'),
  ],
}
