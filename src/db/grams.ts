import { sql } from 'kysely'
import { type Param, query, raw } from './query.ts'

/**
 * An index from pairs and triples of characters to the projects whose folded name has them. It keeps no text:
 * what it finds is a candidate, to be checked against the row. (FTS5's own trigram tokenizer knows no pairs.)
 */
export const createGramIndex = raw(
  sql`create virtual table project_grams using fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`,
)

/** The rows of one account are neighbours, so that a search skips those of others. */
const ROWS_PER_ACCOUNT = 2 ** 32

/** The distinct pairs and triples of characters of a text, as words that the index takes. */
export function gramsOf(text: string): string {
  const points = [...text].map((character) => character.codePointAt(0)?.toString(16))
  const words = new Set<string>()
  for (let at = 0; at + 2 <= points.length; at++) {
    words.add(points.slice(at, at + 2).join('x'))
    if (at + 3 <= points.length) words.add(points.slice(at, at + 3).join('x'))
  }
  return [...words].join(' ')
}

/** The expression that finds texts with all grams of a needle; undefined for one that is too short. */
export function gramsMatch(needle: string): string | undefined {
  const points = [...needle]
  if (points.length < 2) return undefined
  const words = gramsOf(needle).split(' ')
  const longest = points.length === 2 ? words : words.filter((word) => word.split('x').length === 3)
  return longest.map((word) => `"${word}"`).join(' AND ')
}

const row = (account: unknown, id: unknown) =>
  sql<number>`(${account} * ${sql.lit(ROWS_PER_ACCOUNT)} + ${id})`

/** The ids of projects that may have what is matched, ascending. */
export const candidates = query((_, param: Param<{ match: string; most: number }>) =>
  raw(
    sql<{ id: number }>`select rowid - ${row(param('account'), 0)} as id from project_grams
      where project_grams match ${param('match')}
        and rowid > ${row(param('account'), 0)} and rowid < ${row(param('account'), ROWS_PER_ACCOUNT)}
      order by rowid limit ${param('most')}`,
  ),
)

export const removeGrams = query((_, param: Param<{ id: number }>) =>
  raw(sql`delete from project_grams where rowid = ${row(param('account'), param('id'))}`),
)

export const addGrams = query((_, param: Param<{ id: number; grams: string }>) =>
  raw(
    sql`insert into project_grams (rowid, grams) values (${row(param('account'), param('id'))}, ${param('grams')})`,
  ),
)
