import type { Builder, Statement } from '../query.ts'
import type { NamedTable } from './named-table.ts'
import { createTrigramIndex } from './postgres-trigrams.ts'
import { createGramTable } from './sqlite-grams.ts'

/** What the index of a table's names rests on. Part of released migrations: it takes another one to change it. */
export function createNameIndex(db: Builder, { table, entity }: NamedTable): Statement<unknown>[] {
  return [db.engine === 'sqlite' ? createGramTable(db, entity) : createTrigramIndex(db, table)]
}
