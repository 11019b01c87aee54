import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { Query } from '../../../src/sdk/index.ts'
import { closePanel, openedHere } from '../parts/panel-place.ts'

/** What the list shows, and which panel is open: all of it is in the address, so it can be shared and gone back to. */
export interface ProjectView {
  readonly q: string
  readonly client: string
  readonly enabled: '' | 'true' | 'false'
  readonly sort: string
  /** `new`, or the id of the project that is edited. */
  readonly panel: string
}

export const projectSorts = [
  'projectName',
  'clientName',
  'timeEstimated',
  'budgetEstimated',
  'hourRate',
  'updatedAt',
] as const

/** What was made last stands on top; the API calls it so. */
const NEWEST_FIRST = '-id'

const empty: ProjectView = { q: '', client: '', enabled: '', sort: '', panel: '' }

function readView(search: string): ProjectView {
  const sent = new URLSearchParams(search)
  const enabled = sent.get('enabled')
  const sort = sent.get('sort') ?? ''
  return {
    q: sent.get('q') ?? '',
    client: sent.get('client') ?? '',
    enabled: enabled === 'true' || enabled === 'false' ? enabled : '',
    sort: projectSorts.some((name) => sort === name || sort === `-${name}`) ? sort : '',
    panel: sent.get('panel') ?? '',
  }
}

function writeView(view: ProjectView): string {
  const search = new URLSearchParams(Object.entries(view).filter(([, value]) => value !== ''))
  return search.size > 0 ? `?${search}` : ''
}

/** The query of the API that a view means. */
export const queryOf = ({ q, client, enabled, sort }: ProjectView): Query => ({
  ...(q && { projectName: q }),
  ...(client && { clientName: client }),
  ...(enabled && { projectEnabled: enabled === 'true' }),
  sort: sort || NEWEST_FIRST,
})

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
      clear: () => go(path + writeView({ ...empty, sort: view.sort })),
    }
  }, [search, path, go])
}
