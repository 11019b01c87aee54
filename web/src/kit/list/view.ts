import type { Query } from '../../../../src/sdk/index.ts'
import type { Resource, Row } from '../resource.ts'

type Common = 'q' | 'enabled' | 'sort' | 'panel'

/**
 * What a list shows, and which panel is open: all of it is in the address, so it can be shared and gone back to.
 * `panel` is `new`, or the id of the object that is edited. What is empty is left out.
 */
export type View<F extends string> = Readonly<Record<Common | F, string>>

/** The part of a resource that its view and query follow from. */
type Listed<F extends string> = Pick<Resource<Row, F>, 'search' | 'filters' | 'sorts' | 'firstSort'> & {
  readonly fields: { readonly enabled: string }
}

const filterNames = <F extends string>({ filters }: Pick<Listed<F>, 'filters'>): readonly F[] =>
  Object.keys(filters) as F[]

export function readView<F extends string>(resource: Listed<F>, search: string): View<F> {
  const sent = new URLSearchParams(search)
  const read = (name: string, allowed?: readonly string[]) => {
    const value = sent.get(name) ?? ''
    return !allowed || allowed.includes(value) ? value : ''
  }
  const common: Record<Common, string> = {
    q: read('q'),
    enabled: read('enabled', ['true', 'false']),
    sort: read(
      'sort',
      resource.sorts.flatMap((field) => [field, `-${field}`]),
    ),
    panel: read('panel'),
  }
  const filters = filterNames(resource).map((name) => [name, read(name)])
  return { ...(Object.fromEntries(filters) as Record<F, string>), ...common }
}

export function writeView(view: View<string>): string {
  const search = new URLSearchParams(Object.entries(view).filter(([, value]) => value !== ''))
  return search.size > 0 ? `?${search}` : ''
}

/** Whether it leaves out objects that there are. */
export const isFiltered = <F extends string>(resource: Listed<F>, view: View<F>): boolean =>
  ['q' as const, 'enabled' as const, ...filterNames(resource)].some((name) => view[name] !== '')

/** The query of the API that a view means. */
export function queryOf<F extends string>(resource: Listed<F>, view: View<F>): Query {
  const { search, filters, fields, firstSort } = resource
  const given = [
    [search, view.q],
    ...filterNames(resource).map((name) => [filters[name], view[name]]),
    [fields.enabled, view.enabled],
  ].filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), sort: view.sort || firstSort }
}
