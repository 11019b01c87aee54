import { type Expression, type SqlBool, sql } from 'kysely'
import { gramsIn } from '../grams.ts'
import { MOST_CANDIDATES } from '../large-account.ts'
import { type Builder, bareQuery, type Param, query, raw, type Statement } from '../query.ts'

/** Of four characters: of a million names each gram of three is in some 4,000, where one of four is in 300. */
export const LONGEST_GRAM = 4

/**
 * An index from the runs of one to four characters of a folded name to its project. It keeps no
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

/** Empties the index, so that the next search of each large account has it built anew. */
export const emptyGramIndex = (db: Builder): Statement<unknown>[] => [
  raw(db, sql`insert into project_grams (project_grams) values ('delete-all')`),
  db.deleteFrom('search_state'),
]

/** The rows of one account are neighbours, so that a search skips those of others. */
const ROWS_PER_ACCOUNT = 2 ** 32

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

const row = (account: unknown, id: unknown) =>
  sql<number>`(${account} * ${sql.lit(ROWS_PER_ACCOUNT)} + ${id})`

/** Whether a row of the index, and the project beside it, are of one that may have what is matched. */
export function hasGrams(account: number, match: string, after: number): Expression<SqlBool> {
  return sql<SqlBool>`project_grams match ${match} and rowid > ${row(account, after)}
    and rowid < ${row(account, ROWS_PER_ACCOUNT)} and id = rowid - ${row(account, 0)}`
}

/** The ids of projects that may have what is matched, ascending. */
export const candidates = bareQuery<{ match: string }, number>((db, param) =>
  raw(
    db,
    sql<{ id: number }>`select rowid - ${row(param('account'), 0)} as id from project_grams
      where project_grams match ${param('match')}
        and rowid > ${row(param('account'), 0)} and rowid < ${row(param('account'), ROWS_PER_ACCOUNT)}
      order by rowid limit ${sql.lit(MOST_CANDIDATES)}`,
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
