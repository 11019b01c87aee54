import { type Candidates, type Finder, MOST_CANDIDATES, type Wanted } from '../candidates.ts'
import { call } from '../query.ts'
import type { Scope } from '../scope.ts'
import type { Counter } from '../tables.ts'
import { LARGE, type NamedTable } from './named-table.ts'
import { NameSample } from './sample.ts'
import { indexInBackground } from './sqlite-build.ts'
import { gramsMatch, LONGEST_GRAM, longestGrams } from './sqlite-grams.ts'
import { type GramStatements, gramStatements } from './sqlite-statements.ts'

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
    const { size, latest, change, built_to } = state
    const isBuilt = change !== null && built_to === null
    const behind = isBuilt ? latest - change : Number.POSITIVE_INFINITY
    if (behind > MOST_BEHIND) indexInBackground(scope.database, scope.account, named.entity, statements)
    if (!isBuilt || behind >= MOST_CANDIDATES) return undefined
    const rarest = await sample.rarest(scope, longestGrams(needle), { size, most: MOST_GRAMS })
    const match = gramsMatch(rarest)
    const isLong = wanted.most === undefined || wanted.after > FAR || behind > MOST_BEHIND
    const scans = isLong ? named.entity : undefined
    const found = await candidatesFor(scope, statements, { match, change, scans }, wanted)
    return found && { ...found, change: latest }
  }
}

/** What the index gives, and what has been changed since `change`. */
async function candidatesFor(
  scope: Scope,
  statements: GramStatements,
  { match, change, scans }: { match: string; change: number; scans: Counter | undefined },
  { after, most = MOST_CANDIDATES }: Wanted,
): Promise<Omit<Candidates, 'change'> | undefined> {
  if (most > MOST_CANDIDATES) return undefined
  const [indexed, behind] = await scope.snapshot(
    call(statements.candidates, { match, after, most }, scans),
    call(statements.changedBehind, { change, most: MOST_CANDIDATES }),
  )
  if (indexed.length + behind.length >= MOST_CANDIDATES) return undefined
  const goesOn = indexed.length === most
  if (behind.length === 0) return { ids: indexed, goesOn }
  const last = goesOn ? (indexed.at(-1) ?? after) : Number.POSITIVE_INFINITY
  const changed = behind.map(({ entity_id }) => Number(entity_id)).filter((id) => id > after && id <= last)
  return { ids: [...new Set([...indexed, ...changed])].sort((one, other) => one - other), goesOn }
}
