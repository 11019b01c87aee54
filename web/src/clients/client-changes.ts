import type { Client } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { type Changed, type RowChanges, useRowChanges } from '../kit/edit/use-row-changes.ts'

export type ClientChanges = RowChanges<Client, Client>

const changed: Changed<Client, Client> = {
  list: 'clients',
  // Projects show the names of their clients.
  outOfDate: ['clients', 'client', 'projects', 'project'],
  nameOf: ({ name }) => name,
  enabled: (enabled) => ({ enabled }),
  setEnabled: (id, enabled) => (enabled ? api.clients.enable(id) : api.clients.disable(id)),
  delete: (id) => api.clients.delete(id),
  restore: (id) => api.clients.restore(id),
}

export const useClientChanges = (): ClientChanges => useRowChanges(changed)
