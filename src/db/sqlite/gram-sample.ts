import type { Database } from '../open.ts'
import { bareQuery } from '../query.ts'
import type { Scope } from '../scope.ts'
import { isAmong } from '../sql.ts'
import { type Frequencies, frequenciesIn } from './grams.ts'

const SAMPLE = 1_000
const MOST_ACCOUNTS = 20

interface Sample {
  /** How many projects there were. */
  readonly size: number
  readonly frequencies: Frequencies
}

const samples = new WeakMap<Database, Map<number, Sample>>()

/**
 * How frequent grams are in an account's names, from a sample that is taken again when the account has doubled.
 * One that is out of date costs time only.
 */
export async function gramFrequencies(scope: Scope, size: number): Promise<Frequencies> {
  const known = samples.get(scope.database) ?? new Map<number, Sample>()
  samples.set(scope.database, known)
  const sample = known.get(scope.account)
  if (sample && size < 2 * sample.size) return sample.frequencies
  const ids = Array.from({ length: SAMPLE }, (_, index) => 1 + Math.floor((index * size) / SAMPLE))
  const frequencies = frequenciesIn(await scope.all(namesOf, { ids: JSON.stringify(ids) }))
  const [oldest] = known.keys()
  if (known.size >= MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest)
  known.delete(scope.account)
  known.set(scope.account, { size, frequencies })
  return frequencies
}

const namesOf = bareQuery<{ ids: string }, string>((db, param) =>
  db
    .selectFrom('projects')
    .select('name_fold')
    .where('account_id', '=', param('account'))
    .where(isAmong(db, 'id', param('ids'))),
)
