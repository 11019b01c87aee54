import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Page } from '../../../../src/sdk/index.ts'
import { objectKey, type Row } from '../resource.ts'

/** Shows a change before the server has confirmed it; what it returns takes it back. */
export type Show = (queries: QueryClient) => () => void

/** A page of a list, or how many objects there are on all pages. */
type Listed = Page<Row> | number

/** Shows some fields of an object as changed, wherever it is shown. */
export const showFields =
  (name: string, id: number, fields: object): Show =>
  (queries) => {
    const change = (row: Row): Row => (row.id === id ? { ...row, ...fields } : row)
    const undoLists = replaceAll<Listed>(queries, [name, 'list'], (page) =>
      hasRow(page, id) ? { ...page, data: page.data.map(change) } : page,
    )
    const undoObject = replaceAll<Row>(queries, objectKey(name, id), change)
    return () => {
      undoLists()
      undoObject()
    }
  }

/** Takes an object out of the lists that it is in. */
export const showGone =
  (name: string, id: number): Show =>
  (queries) => {
    const views = new Set(
      queries
        .getQueriesData<Listed>({ queryKey: [name, 'list'] })
        .filter(([, page]) => page !== undefined && hasRow(page, id))
        .map(([[, , view]]) => view),
    )
    return replaceAll<Listed>(queries, [name, 'list'], (page, [, , view]) => {
      if (typeof page === 'number') return views.has(view) ? page - 1 : page
      return hasRow(page, id) ? { ...page, data: page.data.filter((row) => row.id !== id) } : page
    })
  }

const hasRow = (page: Listed, id: number): page is Page<Row> =>
  typeof page === 'object' && page.data.some((row) => row.id === id)

/** Replaces what is remembered under keys that begin so; what has not changed since can be put back. */
function replaceAll<D>(
  queries: QueryClient,
  queryKey: QueryKey,
  replace: (data: D, key: QueryKey) => D,
): () => void {
  const replaced = queries.getQueriesData<D>({ queryKey }).flatMap(([key, before]) => {
    if (before === undefined) return []
    const replaced = replace(before, key)
    if (replaced === before) return []
    // What is kept is not this object, but a copy of it that shares with the one before what is the same.
    return [{ key, before, after: queries.setQueryData<D>(key, replaced as never) }]
  })
  return () => {
    for (const { key, before, after } of replaced)
      if (queries.getQueryData(key) === after) queries.setQueryData(key, before)
  }
}
