import type { Candidates } from './candidates.ts'
import type { Listing, ListRow, ListValues, SortColumn } from './listing.ts'
import { type Call, call } from './query.ts'
import type { Scope } from './scope.ts'

/** How many candidates for each row of a page are looked at first, and how many times more where they do not fill it. */
const FIRST = 1.25
const WIDER = 8

/** To look at so many rows, or to skip them, takes about a millisecond. */
const FEW = 1_000

export interface PageRequest {
  /** The values of the filters. */
  readonly values: ListValues
  /** Ends with the id, so that it is total. */
  readonly order: readonly SortColumn[]
  readonly trash: boolean
  /** Where it goes on: the place of the row before it, as `after0`, `after1`, …. */
  readonly place: ListValues | undefined
  readonly take: number
  readonly skip: number
  /** Whether all rows of the list are counted. */
  readonly counts: boolean
}

export interface Page {
  readonly rows: readonly ListRow[]
  /** What `latest` gives: of the snapshot of the rows, or of a little before where an index was asked first. */
  readonly change: number
  readonly total: number | undefined
}

const isById = ([first]: readonly SortColumn[]) => first?.column === 'id' && !first.descending

/**
 * Reads a page of a list.
 * @param latest reads the number of the latest change, for the tag of the page
 */
export async function readPage(
  scope: Scope,
  listing: Listing,
  request: PageRequest,
  latest: Call<{ value: number }>,
): Promise<Page> {
  const { values, order, place, take, skip, counts } = request
  const isRun = isById(order) && skip === 0 && !counts
  const after = isRun ? Number(place?.after0 ?? 0) : 0
  for (let most = Math.ceil(FIRST * take); ; most *= WIDER) {
    const found = await listing.find(scope, values, isRun ? { after, most } : { after })
    const page = await readAmong(scope, listing, request, latest, found)
    if (!found?.goesOn || page.rows.length === take) return page
  }
}

async function readAmong(
  scope: Scope,
  listing: Listing,
  { values, order, trash, place, take, skip, counts }: PageRequest,
  latest: Call<{ value: number }>,
  found: Candidates | undefined,
): Promise<Page> {
  const shape = {
    filters: Object.keys(values),
    narrowed: found !== undefined,
    order,
    goesOn: place !== undefined,
    skips: skip > 0,
    trash,
  }
  const statements = listing.statements(shape)
  const given = { ...values, ...place, take, skip, ...(found && { among: JSON.stringify(found.ids) }) }
  const isShort = found ? found.ids.length <= FEW : !counts && skip <= FEW && listing.hasRun(shape)
  const scans = isShort ? undefined : listing.counter
  const [rows, [change], totals] = await scope.snapshot(
    call(statements.rows, given, scans),
    latest,
    counts ? call(statements.count, given, scans) : undefined,
  )
  // Rows that were changed since the index was asked may be missing here: the tag of then fits no later answer.
  const of = Math.min(change?.value ?? 0, found?.change ?? Number.POSITIVE_INFINITY)
  return { rows, change: of, total: counts ? (totals[0]?.total ?? 0) : undefined }
}
