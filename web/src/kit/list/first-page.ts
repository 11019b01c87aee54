import type { ListOptions, Page, Query } from '../../../../src/sdk/index.ts'
import type { Resource, Row } from '../resource.ts'
import { queryOf, readView } from './view.ts'

/** Rows of one page. */
export const PAGE = 100

/** How a query is told apart from others. */
export const viewKeyOf = (query: Query): string => JSON.stringify(query)

/** Under what a page of a list is remembered. */
export const pageKey = (list: string, view: string, page: number) => [list, 'list', view, page]

/** Under what is remembered how many objects a list has on all pages. */
export const countKey = (list: string, view: string) => [list, 'list', view, 'total']

/** A list of the API. */
export interface ListSource<T> {
  readonly name: string
  readonly api: { list(query: Query, options: ListOptions): Promise<Page<T>> }
}

export const fetchFirst = <T>({ api }: ListSource<T>, query: Query, options: ListOptions = {}) =>
  api.list({ ...query, limit: PAGE }, options)

/** Without rows: the first page is not to wait until all are counted. */
export const fetchTotal = async <T>({ api }: ListSource<T>, query: Query, options: ListOptions = {}) =>
  (await api.list({ ...query, limit: 0 }, { ...options, count: true })).total

/** What a page begins with, and under what each answer is remembered. */
export interface FirstQuery {
  readonly queryKey: readonly unknown[]
  queryFn(): Promise<unknown>
}

/** What a list that is opened with this address asks for. */
export function firstQueries<T extends Row, F extends string>(
  resource: Resource<T, F>,
  search: string,
): readonly FirstQuery[] {
  const query = queryOf(resource, readView(resource, search))
  const view = viewKeyOf(query)
  return [
    { queryKey: pageKey(resource.name, view, 0), queryFn: () => fetchFirst(resource, query) },
    { queryKey: countKey(resource.name, view), queryFn: () => fetchTotal(resource, query) },
  ]
}
