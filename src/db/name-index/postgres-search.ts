import { type Finder, MOST_CANDIDATES } from '../candidates.ts'
import { latestValue } from '../commit-group.ts'
import type { Database } from '../database.ts'
import { bareQuery, call } from '../query.ts'
import type { Scope } from '../scope.ts'
import { gramsIn } from './grams.ts'
import { LARGE, type NamedTable } from './named-table.ts'
import { hasTrigramIndex, TRIGRAM } from './postgres-trigrams.ts'
import { NameSample } from './sample.ts'

/** Where a page is read in the order of ids and more match than this, a scan has filled it sooner than a list does. */
const MOST_FOR_PAGE = 1_000

/** A gram of more names than this leaves most rows of its long list to be looked at for nothing. */
const RARE = 0.05

const MOST_GRAMS = 4

/** What pg_trgm takes for a part of a word in every locale, so that the gram is a trigram of its index. */
const IN_WORD = /^[\dA-Z]+$/

/** The candidates of the index of trigrams, all of them; none where very many match. */
export function trigramFinder(named: NamedTable): Finder {
  const sample = new NameSample(named, TRIGRAM)
  const candidates = candidatesIn(named)
  const hasIndex = indexChecker(named)
  return async (scope, needle, wanted) => {
    // Of a shorter needle pg_trgm knows nothing.
    if ([...needle].length < TRIGRAM || !(await hasIndex(scope.database))) return undefined
    const [[size], [latest]] = await scope.snapshot(
      call(latestValue, { counter: named.entity }),
      call(latestValue, { counter: 'change' }),
    )
    if (!size || !latest || size.value < LARGE) return undefined
    const most = wanted.most === undefined ? MOST_CANDIDATES : MOST_FOR_PAGE
    const scans = wanted.most === undefined ? named.entity : undefined
    for (const pattern of patternsOf(needle, await rarestOf(scope, needle, size.value, sample))) {
      const [ids] = await scope.snapshot(call(candidates, { pattern, most }, scans))
      if (ids.length < most) return { ids, goesOn: false, change: latest.value }
    }
    return undefined
  }
}

function rarestOf(scope: Scope, needle: string, size: number, sample: NameSample): Promise<string[]> {
  const words = gramsIn(needle, TRIGRAM).filter((gram) => IN_WORD.test(gram))
  return sample.rarest(scope, words, { size, most: MOST_GRAMS, share: RARE })
}

/** The index goes through the list of every trigram that it is asked for: all of them only where the rarest leave too many. */
function patternsOf(needle: string, rarest: readonly string[]): string[] {
  const whole = patternOf(needle, gramsIn(needle, TRIGRAM))
  return rarest.length > 0 ? [patternOf(needle, rarest), whole] : [whole]
}

/** The needle with anything in the place of what is in none of these grams of it. */
function patternOf(needle: string, grams: readonly string[]): string {
  const parts = [...needle].fill('%')
  const asked = new Set(grams)
  for (const [at, gram] of gramsIn(needle, TRIGRAM).entries())
    if (asked.has(gram))
      for (const [offset, character] of [...gram].entries())
        parts[at + offset] = character.replace(/[\\%_]/, '\\$&')
  return `%${parts.join('')}%`
}

const candidatesIn = ({ table }: NamedTable) =>
  bareQuery<{ pattern: string; most: number }, number>(
    (db, param) =>
      db
        .selectFrom(table)
        .select('id')
        .where('account_id', '=', param('account'))
        .where('name_fold', 'like', param('pattern'))
        .limit(param('most')),
    true,
  )

/** Whether a database has the index; asked until it is known. */
function indexChecker({ table }: NamedTable): (database: Database) => Promise<boolean> {
  const query = hasTrigramIndex(table)
  const known = new WeakMap<Database, boolean>()
  return async (database) => {
    const found = known.get(database) ?? (await database.reader.all(0, call(query, {}))).length > 0
    known.set(database, found)
    return found
  }
}
