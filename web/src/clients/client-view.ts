import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { Query } from '../../../src/sdk/index.ts'
import { closePanel, openedHere } from '../kit/parts/panel-place.ts'

/** What the list of clients shows; all of it is in the address. */
export interface ClientView {
  readonly q: string
  readonly sort: string
  /** `new`, or the id of the client that is edited. */
  readonly panel: string
}

const sorts = ['name', '-name', 'updatedAt', '-updatedAt']

export const queryOf = ({ q, sort }: ClientView): Query => ({ ...(q && { name: q }), sort: sort || 'name' })

export interface ClientControl {
  readonly view: ClientView
  change(part: Partial<ClientView>, options?: { readonly typing?: boolean }): void
  closePanel(): void
}

export function useClientView(): ClientControl {
  const search = useSearch()
  const [path, go] = useLocation()
  return useMemo(() => {
    const sent = new URLSearchParams(search)
    const sort = sent.get('sort') ?? ''
    const view: ClientView = {
      q: sent.get('q') ?? '',
      sort: sorts.includes(sort) ? sort : '',
      panel: sent.get('panel') ?? '',
    }
    const placeOf = (next: ClientView) => {
      const sent = Object.entries(next).filter(([, value]) => value !== '')
      return sent.length > 0 ? `${path}?${new URLSearchParams(sent)}` : path
    }
    return {
      view,
      change: (part, { typing = false } = {}) =>
        go(placeOf({ ...view, ...part }), {
          replace: typing,
          ...(part.panel && { state: openedHere(null) }),
        }),
      closePanel: () => closePanel(() => go(placeOf({ ...view, panel: '' }), { replace: true })),
    }
  }, [search, path, go])
}
