import { type Candidates, type Finder, MOST_CANDIDATES, type Wanted } from '../candidates.ts'
import { call } from '../query.ts'
import type { Scope } from '../scope.ts'
import { LARGE, type NamedTable } from './named-table.ts'
import { NameSample } from './sample.ts'
import { indexInBackground } from './sqlite-build.ts'
import { gramsMatch, LONGEST_GRAM, longestGrams } from './sqlite-grams.ts'
import { type GramStatements, gramStatements, type State } from './sqlite-statements.ts'

/** Changes behind the index that are looked through one by one before it has to catch up. */
const MOST_BEHIND = 500
/** Of two, too much is left that is not wanted; a fourth takes longer than it spares. */
const MOST_GRAMS = 3
/** FTS5 goes through all that it leaves out: behind a hundred thousand ids for up to 10 ms. */
const FAR = 100_000

/** The index is built by the first search of a large account, in the background. */
export function gramFinder(named: NamedTable): Finder {
  const statements = gramStatements(named)
  const sample = new NameSample(named, LONGEST_GRAM)
  return async (scope, needle, wanted) => {
    const state = await scope.first(statements.state, {})
    if (!state || state.size < LARGE) return undefined
    const behind = changesBehind(state)
    if (behind > MOST_BEHIND) indexInBackground(scope.database, scope.account, statements)
    if (behind >= MOST_CANDIDATES) return undefined
    const rarest = await sample.rarest(scope, longestGrams(needle), { size: state.size, most: MOST_GRAMS })
    const asked = { match: gramsMatch(rarest), change: state.change ?? 0, behind }
    const found = await candidatesFor(scope, statements, asked, wanted)
    return found && { ...found, change: state.latest }
  }
}

/** How many changes the index does not know; not finite while it is not complete. */
function changesBehind({ latest, change, built_to }: State): number {
  return change === null || built_to !== null ? Number.POSITIVE_INFINITY : latest - change
}

interface Asked {
  readonly match: string
  /** The last change that the index knows, and how many it does not. */
  readonly change: number
  readonly behind: number
}

/** What the index gives, and what has been changed since. */
async function candidatesFor(
  scope: Scope,
  { counter, candidates, changedBehind }: GramStatements,
  { match, change, behind }: Asked,
  { after, most = MOST_CANDIDATES }: Wanted,
): Promise<Omit<Candidates, 'change'> | undefined> {
  if (most > MOST_CANDIDATES) return undefined
  const isLong = most === MOST_CANDIDATES || after > FAR || behind > MOST_BEHIND
  const [indexed, since] = await scope.snapshot(
    call(candidates, { match, after, most }, isLong ? counter : undefined),
    behind > 0 ? call(changedBehind, { change, most: MOST_CANDIDATES }) : undefined,
  )
  if (indexed.length + since.length >= MOST_CANDIDATES) return undefined
  const goesOn = indexed.length === most
  if (since.length === 0) return { ids: indexed, goesOn }
  const last = goesOn ? (indexed.at(-1) ?? after) : Number.POSITIVE_INFINITY
  const changed = since.map(({ entity_id }) => Number(entity_id)).filter((id) => id > after && id <= last)
  return { ids: [...new Set([...indexed, ...changed])].sort((one, other) => one - other), goesOn }
}
