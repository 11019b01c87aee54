import type { Query } from '../../../../src/sdk/index.ts'

/** Rows of one page. */
export const PAGE = 100

/** How a query is told apart from others. */
export const viewOf = (query: Query): string => JSON.stringify(query)

/** Under what a page of a list is remembered. */
export const pageKey = (list: string, view: string, page: number) => [list, 'list', view, page]

/** Under what is remembered how many objects a list has on all pages. */
export const countKey = (list: string, view: string) => [list, 'list', view, 'total']

export const firstPageOf = (query: Query): Query => ({ ...query, limit: PAGE })

/** No rows: they are counted beside the first page, which is not to wait for it. */
export const countOf = (query: Query): Query => ({ ...query, limit: 0 })
