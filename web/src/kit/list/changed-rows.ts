import type { QueryClient } from '@tanstack/react-query'
import type { Page } from '../../../../src/sdk/index.ts'

/** Shows a change in every page that is remembered, before the server has confirmed it. */
export function showRow<T extends { id: number }>(
  queries: QueryClient,
  name: string,
  id: number,
  change: Partial<T>,
) {
  queries.setQueriesData<Page<T> | number>({ queryKey: [name, 'list'] }, (page) =>
    typeof page === 'object' && page.data.some((row) => row.id === id)
      ? { ...page, data: page.data.map((row) => (row.id === id ? { ...row, ...change } : row)) }
      : page,
  )
}
