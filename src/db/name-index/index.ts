import type { Finder } from '../candidates.ts'
import type { NamedTable } from './named-table.ts'
import { trigramFinder } from './postgres-search.ts'
import { gramFinder } from './sqlite-search.ts'

/**
 * Finds the rows of a table in which a folded needle is part of the folded name, in large accounts without looking at
 * each of them. A migration makes what it rests on; see schema.ts.
 */
export function nameIndex(table: NamedTable['table'], entity: NamedTable['entity']): Finder {
  const named = { table, entity }
  const finders = { sqlite: gramFinder(named), postgres: trigramFinder(named) }
  return (scope, needle, wanted) => finders[scope.database.builder.engine](scope, needle, wanted)
}
