import type { Database } from './database.ts'
import { gramsIn } from './grams.ts'
import { bareQuery } from './query.ts'
import type { Scope } from './scope.ts'
import { isAmong } from './sql.ts'

const SAMPLE = 1_000
const MOST_ACCOUNTS = 20

/** In how many names of a sample a gram is; those that are in one or none are left out. */
type Frequencies = ReadonlyMap<string, number>

interface Sample {
  /** How many projects there were. */
  readonly size: number
  readonly frequencies: Frequencies
}

interface Rarest {
  /** Of the grams that the index looks long needles up by. */
  readonly length: number
  /** How many projects the account has. */
  readonly size: number
  /** How many grams to give at most. */
  readonly most: number
  /** The part of the names above which a gram is not rare at all, and left out. */
  readonly share?: number
}

const samples = new WeakMap<Database, Map<number, Sample>>()

/**
 * The rarest of some grams, as far as a sample of the account's names tells: few of them leave next to nothing that is
 * not wanted, and each more one has to be gone through. A sample that is out of date costs time only.
 */
export async function rarestGrams(
  scope: Scope,
  grams: readonly string[],
  { length, size, most, share = 1 }: Rarest,
): Promise<string[]> {
  const frequencies = await frequenciesOf(scope, length, size)
  const frequency = (gram: string) => frequencies.get(gram) ?? 0
  return [...new Set(grams)]
    .filter((gram) => frequency(gram) <= share * SAMPLE)
    .sort((one, other) => frequency(one) - frequency(other))
    .slice(0, most)
}

/** The sample is taken again when the account has doubled. */
async function frequenciesOf(scope: Scope, length: number, size: number): Promise<Frequencies> {
  const known = samples.get(scope.database) ?? new Map<number, Sample>()
  samples.set(scope.database, known)
  const sample = known.get(scope.account)
  if (sample && size < 2 * sample.size) return sample.frequencies
  // Not in even steps: names that were made by a program may repeat in the same.
  const ids = Array.from(
    { length: SAMPLE },
    (_, index) => 1 + Math.floor(((index + Math.random()) * size) / SAMPLE),
  )
  const frequencies = frequenciesIn(await scope.all(namesOf, { ids: JSON.stringify(ids) }), length)
  const [oldest] = known.keys()
  if (known.size >= MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest)
  known.delete(scope.account)
  known.set(scope.account, { size, frequencies })
  return frequencies
}

function frequenciesIn(names: readonly string[], length: number): Frequencies {
  const counts = new Map<string, number>()
  for (const name of names)
    for (const gram of new Set(gramsIn(name, length))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count > 1))
}

const namesOf = bareQuery<{ ids: string }, string>((db, param) =>
  db
    .selectFrom('projects')
    .select('name_fold')
    .where('account_id', '=', param('account'))
    .where(isAmong(db, 'id', param('ids'))),
)
