import type { Database } from '../database.ts'
import { call } from '../query.ts'
import { indexedTables } from './named-table.ts'
import { makingOf, withoutTrigramIndex } from './postgres-trigrams.ts'

/** What the operator should know about searches, a sentence each. */
export async function noticesOfSearch({ builder, reader }: Database): Promise<string[]> {
  if (builder.engine === 'sqlite') return []
  const all = await reader.all(0, call(withoutTrigramIndex, {}))
  const tables = all.filter(({ name }) => indexedTables.includes(name))
  if (tables.length === 0) return []
  return [
    'searches in large accounts look at every row, since pg_trgm is not installed. Let an administrator run in the ' +
      `database: create extension if not exists pg_trgm; ${makingOf(tables.map(({ name }) => name))}`,
  ]
}
