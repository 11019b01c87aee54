import type { ById } from '../by-id.ts'
import { gather } from '../gather.ts'
import { type Call, call, type Query } from '../query.ts'

/** The ids of a statement are read before any of them is answered. */
const MOST_IDS = 64

export const isById = <R>(query: Query<never, R>): query is ById<never, R> => query.many !== undefined

interface Batch {
  readonly ids: Set<number>
  readonly rows: Promise<Map<number, unknown>>
}

/**
 * Runs the reads by id that arrive together as one statement for each query and account: for 64 callers that costs both
 * ends a fraction of 64 statements.
 */
export class GatheredReads {
  readonly #all: <R>(account: number, call: Call<R>) => Promise<R[]>
  readonly #batches = new Map<Query<never, unknown>, Map<number, Batch>>()

  /** @param all runs one statement */
  constructor(all: <R>(account: number, call: Call<R>) => Promise<R[]>) {
    this.#all = all
  }

  async first<R>(account: number, query: ById<never, R>, id: number): Promise<R | undefined> {
    const { rows } = this.#join(account, query, id)
    return (await rows).get(id) as R | undefined
  }

  #join<R>(account: number, query: ById<never, R>, id: number): Batch {
    const ofQuery = this.#batches.get(query) ?? new Map<number, Batch>()
    this.#batches.set(query, ofQuery)
    const open = ofQuery.get(account)
    if (open && open.ids.size < MOST_IDS) {
      open.ids.add(id)
      return open
    }
    const ids = new Set([id])
    const rows = gather(() => ids.size, MOST_IDS).then(() => {
      if (ofQuery.get(account) === batch) ofQuery.delete(account)
      return this.#read(account, query, [...ids])
    })
    const batch = { ids, rows }
    ofQuery.set(account, batch)
    return batch
  }

  async #read<R>(account: number, query: ById<never, R>, ids: number[]): Promise<Map<number, unknown>> {
    const [id] = ids
    const rows =
      ids.length === 1
        ? await this.#all(account, call(query as Query<{ id: number }, R & { id: number }>, { id: id ?? 0 }))
        : await this.#all(account, call(query.many, { ids: JSON.stringify(ids) }))
    return new Map(rows.map((row) => [row.id, row]))
  }
}
