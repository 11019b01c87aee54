import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Page, Query } from '../../../../src/sdk/index.ts'
import { countKey, fetchFirst, fetchTotal, type ListSource, PAGE, pageKey, viewKeyOf } from './first-page.ts'

/** After this, what is shown is not a step of somebody's typing any more. */
const CALM_MS = 120
/** Browsers cannot draw an element much higher than this many rows. */
const MOST_ROWS = 300_000

export interface ListWindow<T> {
  /** How many rows the table has, those that are not loaded included. */
  readonly rowCount: number
  /** How many objects there are on all pages; undefined until it is known. */
  readonly total: number | undefined
  /** The loaded rows around the window, in their order, and the place of the first. */
  readonly rows: readonly T[]
  readonly offset: number
  /** The view that the rows belong to. */
  readonly view: string
  /** Nothing was ever loaded yet. */
  readonly isFirstLoad: boolean
  /** The rows are those of the view before, until those of this one arrive. */
  readonly isStale: boolean
  readonly error: Error | null
  retry(): void
}

/**
 * The part of a list that is in sight. Pages are 100 rows; one is asked for by the cursor that the page before it
 * told, so that going on costs the same everywhere, and only a jump far ahead asks by number. Rows of the view before
 * stay until the first page of a new view is there.
 */
export function useListWindow<T>(
  source: ListSource<T>,
  query: Query,
  range: { readonly first: number; readonly last: number },
): ListWindow<T> {
  const queries = useQueryClient()
  const view = viewKeyOf(query)
  const [shownView, setShownView] = useState(view)
  const first = useQuery(pageOptions<T>(source, view, 0))
  if (first.data && shownView !== view) setShownView(view)

  const shown = queries.getQueryData<Page<T>>(pageKey(source.name, shownView, 0))
  const hasMore = shown?.next !== undefined
  const isCalm = useCalm(shownView)
  const { data: counted } = useQuery({
    queryKey: countKey(source.name, shownView),
    queryFn: ({ signal }) => fetchTotal(source, JSON.parse(shownView) as Query, { signal }),
    enabled: hasMore && isCalm,
  })
  const total = hasMore ? counted : shown?.data.length
  const rowCount = Math.min(total ?? shown?.data.length ?? 0, MOST_ROWS)

  const lastPage = Math.max(0, Math.ceil(rowCount / PAGE) - 1)
  const from = Math.min(Math.floor(Math.max(0, range.first) / PAGE), lastPage)
  // One page ahead, so that slow scrolling never meets an empty row.
  const to = Math.min(Math.floor(range.last / PAGE) + (isCalm ? 1 : 0), lastPage)
  const pages = useQueries({
    queries: Array.from({ length: to - from + 1 }, (_, index) => ({
      ...pageOptions<T>(source, shownView, from + index),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchPage(source, shownView, from + index, signal, (page) =>
          queries.getQueryState<Page<T>>(pageKey(source.name, shownView, page)),
        ),
    })),
    combine: joinPages<T>,
  })
  return useMemo(
    () => ({
      rowCount,
      total,
      view: shownView,
      rows: pages.rows,
      offset: (from + pages.skipped) * PAGE,
      isFirstLoad: !shown && !first.error,
      isStale: shownView !== view && !first.error,
      error: first.error ?? (pages.rows.length === 0 ? pages.error : null),
      retry: () => void queries.invalidateQueries({ queryKey: [source.name, 'list'] }),
    }),
    [rowCount, total, pages, from, shown, first.error, shownView, view, queries, source.name],
  )
}

const pageOptions = <T>(source: ListSource<T>, view: string, page: number) => ({
  queryKey: pageKey(source.name, view, page),
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage<T>(source, view, page, signal),
})

interface PageState<T> {
  readonly data: Page<T> | undefined
  readonly isInvalidated: boolean
}

/** Whether a view has been shown for a moment: what is fetched beside its rows would keep the next search waiting. */
function useCalm(view: string): boolean {
  const [calm, setCalm] = useState(view)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(view), CALM_MS)
    return () => clearTimeout(timer)
  }, [view])
  return calm === view
}

/** A page before that may be out of date tells no place to go on from: its rows may have moved. */
function fetchPage<T>(
  source: ListSource<T>,
  view: string,
  page: number,
  signal: AbortSignal,
  stateOf?: (page: number) => PageState<T> | undefined,
): Promise<Page<T>> {
  const before = page > 0 ? stateOf?.(page - 1) : undefined
  const next = before && !before.isInvalidated ? before.data?.next : undefined
  if (next) return source.api.list(next, { signal })
  const query = JSON.parse(view) as Query
  return fetchFirst(source, page > 0 ? { ...query, page_number: page } : query, { signal })
}

interface Joined<T> {
  readonly rows: readonly T[]
  /** How many pages in front are not loaded. */
  readonly skipped: number
  readonly error: Error | null
}

/** The pages up to the first that is missing, from the first that is there. */
function joinPages<T>(
  pages: readonly { readonly data: Page<T> | undefined; readonly error: Error | null }[],
): Joined<T> {
  const skipped = Math.max(
    0,
    pages.findIndex(({ data }) => data !== undefined),
  )
  const rows: T[] = []
  for (const { data } of pages.slice(skipped)) {
    if (!data) break
    for (const row of data.data) rows.push(row)
  }
  return { rows, skipped, error: pages.find(({ error }) => error)?.error ?? null }
}
