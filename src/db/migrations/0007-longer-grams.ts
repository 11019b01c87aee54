import type { Migration } from '../migration.ts'
import { emptyNameIndex } from '../sql.ts'

/** The index of names knows runs of four characters, too; see docs/adr/0015-large-accounts.md. */
export const longerGrams: Migration = { name: '0007-longer-grams', statements: emptyNameIndex }
