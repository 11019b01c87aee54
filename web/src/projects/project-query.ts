import type { Query } from '../../../src/sdk/index.ts'

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

export const emptyView: ProjectView = { q: '', client: '', enabled: '', sort: '', panel: '' }

export function readView(search: string): ProjectView {
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

/** The query of the API that a view means. */
export const queryOf = ({ q, client, enabled, sort }: ProjectView): Query => ({
  ...(q && { projectName: q }),
  ...(client && { clientName: client }),
  ...(enabled && { projectEnabled: enabled === 'true' }),
  sort: sort || NEWEST_FIRST,
})
