import { sql } from 'kysely'
import { type Builder, raw, type Statement } from '../query.ts'
import { gramsIn } from './grams.ts'
import type { NamedTable } from './named-table.ts'

/** Of four characters: of a million names each gram of three is in some 4,000, where one of four is in 300. */
export const LONGEST_GRAM = 4

export const gramTable = (entity: NamedTable['entity']) => sql.table(`${entity}_grams`)

/**
 * An index from the runs of one to four characters of a folded name to its row. It keeps no text: what it finds is a
 * candidate, to be checked against the row. (FTS5's own trigram tokenizer knows nothing shorter.)
 */
export function createGramTable(db: Builder, entity: NamedTable['entity']): Statement<unknown> {
  return raw(
    db,
    sql`create virtual table ${gramTable(entity)} using fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`,
  )
}

/** The distinct grams of a text, of one to four characters, as words that the index takes. */
export function wordsOf(text: string): string {
  const words = new Set<string>()
  for (let length = 1; length <= LONGEST_GRAM; length++)
    for (const gram of gramsIn(text, length)) words.add(wordOf(gram))
  return [...words].join(' ')
}

/** The grams by which a needle is looked up. */
export const longestGrams = (needle: string) => gramsIn(needle, Math.min([...needle].length, LONGEST_GRAM))

/** The expression that finds texts with all of some grams. */
export const gramsMatch = (grams: readonly string[]) => grams.map((gram) => `"${wordOf(gram)}"`).join(' AND ')

const wordOf = (gram: string) =>
  [...gram].map((character) => character.codePointAt(0)?.toString(16)).join('x')
