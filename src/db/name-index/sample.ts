import type { Database } from '../database.ts'
import { bareQuery, call, type Query } from '../query.ts'
import type { Scope } from '../scope.ts'
import { isAmong } from '../sql.ts'
import type { Counter } from '../tables.ts'
import { gramsIn } from './grams.ts'
import type { NamedTable } from './named-table.ts'

const SAMPLE = 1_000
const MOST_ACCOUNTS = 20

/** In how many names of a sample a gram is; those that are in one or none are left out. */
type Frequencies = ReadonlyMap<string, number>

interface Sample {
  /** How many rows there had been. */
  readonly size: number
  readonly frequencies: Frequencies
}

interface Rarest {
  /** How many rows the account has. */
  readonly size: number
  /** How many grams to give at most. */
  readonly most: number
  /** The part of the names above which a gram is not rare at all, and left out. */
  readonly share?: number
}

/** Which grams are rare in the names of an account, by a sample of them. One that is out of date costs time only. */
export class NameSample {
  readonly #length: number
  readonly #counter: Counter
  readonly #namesOf: Query<{ ids: string }, string>
  readonly #samples = new WeakMap<Database, Map<number, Sample>>()

  /** @param length of the grams by which the index looks long needles up */
  constructor({ table, entity }: NamedTable, length: number) {
    this.#length = length
    this.#counter = entity
    this.#namesOf = bareQuery((db, param) =>
      db
        .selectFrom(table)
        .select('name_fold')
        .where('account_id', '=', param('account'))
        .where(isAmong(db, 'id', param('ids'))),
    )
  }

  /** The rarest of some grams: few of them leave next to nothing that is not wanted, and each more one takes its time. */
  async rarest(scope: Scope, grams: readonly string[], { size, most, share = 1 }: Rarest): Promise<string[]> {
    const frequencies = await this.#frequencies(scope, size)
    const frequency = (gram: string) => frequencies.get(gram) ?? 0
    return [...new Set(grams)]
      .filter((gram) => frequency(gram) <= share * SAMPLE)
      .sort((one, other) => frequency(one) - frequency(other))
      .slice(0, most)
  }

  /** The sample is taken again when the account has doubled. */
  async #frequencies(scope: Scope, size: number): Promise<Frequencies> {
    const known = this.#samples.get(scope.database) ?? new Map<number, Sample>()
    this.#samples.set(scope.database, known)
    const sample = known.get(scope.account)
    if (sample && size < 2 * sample.size) return sample.frequencies
    // Not in even steps: names that were made by a program may repeat in the same.
    const ids = Array.from(
      { length: SAMPLE },
      (_, index) => 1 + Math.floor(((index + Math.random()) * size) / SAMPLE),
    )
    const given = { ids: JSON.stringify(ids) }
    const [names] = await scope.snapshot(call(this.#namesOf, given, this.#counter))
    const frequencies = frequenciesIn(names, this.#length)
    const [oldest] = known.keys()
    if (known.size >= MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest)
    known.delete(scope.account)
    known.set(scope.account, { size, frequencies })
    return frequencies
  }
}

function frequenciesIn(names: readonly string[], length: number): Frequencies {
  const counts = new Map<string, number>()
  for (const name of names)
    for (const gram of new Set(gramsIn(name, length))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count > 1))
}
