import { type Expression, type SqlBool, sql } from 'kysely'
import { type Builder, bareQuery, type Param, query, raw, type Statement } from '../query.ts'

/**
 * An index from the characters, pairs and triples of characters of a folded name to its project. It keeps no
 * text: what it finds is a candidate, to be checked against the row. (FTS5's own trigram tokenizer knows
 * nothing shorter.)
 */
export const createGramIndex = (db: Builder): Statement<unknown>[] => [
  raw(
    db,
    sql`create virtual table project_grams using fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`,
  ),
  db.schema
    .createTable('search_state')
    .addColumn('account_id', 'bigint', (column) => column.primaryKey())
    .addColumn('change', 'bigint', (column) => column.notNull())
    .addColumn('built_to', 'bigint')
    .modifyEnd(sql`without rowid`),
]

/** The rows of one account are neighbours, so that a search skips those of others. */
const ROWS_PER_ACCOUNT = 2 ** 32

const LONGEST = 3

/** The distinct grams of a text, of one to three characters, as words that the index takes. */
export function gramsOf(text: string): string {
  const words = new Set<string>()
  for (let length = 1; length <= LONGEST; length++) for (const word of wordsOf(text, length)) words.add(word)
  return [...words].join(' ')
}

/** Four grams that are rare leave next to nothing that is not wanted, and each more one has to be gone through. */
const MOST_MATCHED = 4

/** The expression that finds texts with the grams of a needle, or with the rarest of them where it has many. */
export function gramsMatch(needle: string, frequencies: Frequencies): string {
  const words = new Set(wordsOf(needle, Math.min([...needle].length, LONGEST)))
  const frequency = (word: string) => frequencies.get(word) ?? 0
  return [...words]
    .sort((one, other) => frequency(one) - frequency(other))
    .slice(0, MOST_MATCHED)
    .map((word) => `"${word}"`)
    .join(' AND ')
}

/** In how many of some texts a gram is; those that are in one or none are left out. */
export type Frequencies = ReadonlyMap<string, number>

/** The frequencies of the longest grams, those that long needles are looked up by. */
export function frequenciesIn(texts: readonly string[]): Frequencies {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const word of new Set(wordsOf(text, LONGEST))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count > 1))
}

function wordsOf(text: string, length: number): string[] {
  const points = [...text].map((character) => character.codePointAt(0)?.toString(16))
  return points.slice(length - 1).map((_, at) => points.slice(at, at + length).join('x'))
}

const row = (account: unknown, id: unknown) =>
  sql<number>`(${account} * ${sql.lit(ROWS_PER_ACCOUNT)} + ${id})`

/** Whether a row of the index, and the project beside it, are of one that may have what is matched. */
export function hasGrams(account: number, match: string, after: number): Expression<SqlBool> {
  return sql<SqlBool>`project_grams match ${match} and rowid > ${row(account, after)}
    and rowid < ${row(account, ROWS_PER_ACCOUNT)} and id = rowid - ${row(account, 0)}`
}

/** The ids of projects that may have what is matched, ascending. */
export const candidates = bareQuery<{ match: string; most: number }, number>((db, param) =>
  raw(
    db,
    sql<{ id: number }>`select rowid - ${row(param('account'), 0)} as id from project_grams
      where project_grams match ${param('match')}
        and rowid > ${row(param('account'), 0)} and rowid < ${row(param('account'), ROWS_PER_ACCOUNT)}
      order by rowid limit ${param('most')}`,
  ),
)

export const removeGrams = query((db, param: Param<{ id: number }>) =>
  raw(db, sql`delete from project_grams where rowid = ${row(param('account'), param('id'))}`),
)

export const addGrams = query((db, param: Param<{ id: number; grams: string }>) =>
  raw(
    db,
    sql`insert into project_grams (rowid, grams) values (${row(param('account'), param('id'))}, ${param('grams')})`,
  ),
)
