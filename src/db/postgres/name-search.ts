import { LARGE, MOST_CANDIDATES, sizeOf } from '../large-account.ts'
import type { Shortcut } from '../listing.ts'
import type { Wanted } from '../open.ts'
import { bareQuery } from '../query.ts'
import type { Scope } from '../scope.ts'

/** What pg_trgm knows are three characters; of a shorter needle it knows nothing. */
const SHORTEST = 3

/** Where a page is read in the order of ids and more match than this, a scan has filled it sooner than a list does. */
const MOST_FOR_PAGE = 1_000

/** The candidates of the index of trigrams, as a list of ids; none where very many match. */
export async function findByTrigrams(
  scope: Scope,
  needle: string,
  { streams }: Wanted,
): Promise<Shortcut | undefined> {
  if ([...needle].length < SHORTEST) return undefined
  const size = await scope.first(sizeOf, {})
  if ((size?.value ?? 0) < LARGE) return undefined
  const most = streams ? MOST_FOR_PAGE : MOST_CANDIDATES
  const ids = await scope.all(candidates, { pattern: patternOf(needle), most })
  return ids.length < most ? { filters: { among: JSON.stringify(ids) } } : undefined
}

const patternOf = (needle: string) => `%${needle.replace(/[\\%_]/g, '\\$&')}%`

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
