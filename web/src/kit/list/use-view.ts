import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { closePanel, openedHere } from '../edit/panel-place.ts'
import type { Resource, Row } from '../resource.ts'
import { isFiltered, readView, type View, writeView } from './view.ts'

export interface ViewControl<F extends string> {
  readonly view: View<F>
  readonly isFiltered: boolean
  /** Goes to another view: a new place for the back button, unless the step is one of typing. */
  change(
    part: Partial<View<never>> | Partial<Record<F, string>>,
    options?: { readonly typing?: boolean },
  ): void
  closePanel(): void
  /** Takes search and filters away; the order stays. */
  clear(): void
}

export function useView<T extends Row, F extends string>(resource: Resource<T, F>): ViewControl<F> {
  const search = useSearch()
  const [path, go] = useLocation()
  return useMemo(() => {
    const view = readView(resource, search)
    return {
      view,
      isFiltered: isFiltered(resource, view),
      change: (part, { typing = false } = {}) =>
        go(path + writeView({ ...view, ...part }), {
          replace: typing,
          ...('panel' in part && part.panel !== '' && { state: openedHere(null) }),
        }),
      closePanel: () => closePanel(() => go(path + writeView({ ...view, panel: '' }), { replace: true })),
      clear: () => go(path + writeView({ ...readView(resource, ''), sort: view.sort })),
    }
  }, [resource, search, path, go])
}
