import type { Migration } from '../migration.ts'

/**
 * A change costs its size once: what an object was before a change is what it was after the one before. The index finds
 * the latest change of each kind.
 */
export const audit: Migration = {
  name: '0008-audit',
  statements: (db) => [
    db.schema.alterTable('audit').dropColumn('before'),
    db.schema.createIndex('audit_kind').on('audit').columns(['account_id', 'entity', 'change']),
  ],
}
