import type { Migration } from '../migration.ts'
import { nameIndex } from '../sql.ts'

/** Substring search for accounts with very many projects; see src/resources/projects/project.search.ts. */
export const search: Migration = { name: '0002-search', statements: nameIndex }
