import { latestValue } from '../commit-group.ts'
import type { PageRequest } from '../database.ts'
import { rarestGrams } from '../gram-sample.ts'
import { gramsIn } from '../grams.ts'
import { LARGE, MOST_CANDIDATES } from '../large-account.ts'
import type { Shortcut } from '../listing.ts'
import { bareQuery } from '../query.ts'
import type { Scope } from '../scope.ts'
import { TRIGRAM } from './trigrams.ts'

/** Where a page is read in the order of ids and more match than this, a scan has filled it sooner than a list does. */
const MOST_FOR_PAGE = 1_000

/** A gram of more names than this leaves most rows of its long list to be looked at for nothing. */
const RARE = 0.05

const MOST_GRAMS = 4

/** What pg_trgm takes for a part of a word in every locale, so that the gram is a trigram of its index. */
const IN_WORD = /^[\dA-Z]+$/

/** The candidates of the index of trigrams, as a list of ids; none where very many match. */
export async function findByTrigrams(
  scope: Scope,
  needle: string,
  { streams }: PageRequest,
): Promise<Shortcut | undefined> {
  // Of a shorter needle pg_trgm knows nothing.
  if ([...needle].length < TRIGRAM) return undefined
  const size = (await scope.first(latestValue, { counter: 'project' }))?.value ?? 0
  if (size < LARGE) return undefined
  const most = streams ? MOST_FOR_PAGE : MOST_CANDIDATES
  const grams = gramsIn(needle, TRIGRAM)
  const words = grams.filter((gram) => IN_WORD.test(gram))
  const rarest = await rarestGrams(scope, words, { length: TRIGRAM, size, most: MOST_GRAMS, share: RARE })
  // The index goes through the list of every trigram that it is asked for: all of them only where the rarest leave too many.
  for (const asked of rarest.length > 0 ? [rarest, grams] : [grams]) {
    const ids = await scope.all(candidates, { pattern: patternOf(needle, asked), most })
    if (ids.length < most) return { filters: { among: JSON.stringify(ids) } }
  }
  return undefined
}

/** The needle with anything in the place of what is in none of these grams of it. */
function patternOf(needle: string, grams: readonly string[]): string {
  const parts = [...needle].fill('%')
  for (const [at, gram] of gramsIn(needle, TRIGRAM).entries())
    if (grams.includes(gram))
      for (const [offset, character] of [...gram].entries())
        parts[at + offset] = character.replace(/[\\%_]/, '\\$&')
  return `%${parts.join('')}%`
}

const candidates = bareQuery<{ pattern: string; most: number }, number>(
  (db, param) =>
    db
      .selectFrom('projects')
      .select('id')
      .where('account_id', '=', param('account'))
      .where('name_fold', 'like', param('pattern'))
      .limit(param('most')),
  true,
)
