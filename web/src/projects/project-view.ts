import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { closePanel, openedHere } from '../kit/parts/panel-place.ts'
import { emptyView, type ProjectView, readView } from './project-query.ts'

function writeView(view: ProjectView): string {
  const search = new URLSearchParams(Object.entries(view).filter(([, value]) => value !== ''))
  return search.size > 0 ? `?${search}` : ''
}

export const isFiltered = ({ q, client, enabled }: ProjectView): boolean =>
  q !== '' || client !== '' || enabled !== ''

export interface ViewControl {
  readonly view: ProjectView
  /** Goes to another view: a new place for the back button, unless the step is one of typing. */
  change(part: Partial<ProjectView>, options?: { readonly typing?: boolean }): void
  closePanel(): void
  clear(): void
}

export function useProjectView(): ViewControl {
  const search = useSearch()
  const [path, go] = useLocation()
  return useMemo(() => {
    const view = readView(search)
    return {
      view,
      change: (part, { typing = false } = {}) =>
        go(path + writeView({ ...view, ...part }), {
          replace: typing,
          ...(part.panel && { state: openedHere(null) }),
        }),
      closePanel: () => closePanel(() => go(path + writeView({ ...view, panel: '' }), { replace: true })),
      clear: () => go(path + writeView({ ...emptyView, sort: view.sort })),
    }
  }, [search, path, go])
}
