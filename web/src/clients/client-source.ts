import type { Client } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { ListSource } from '../kit/list/use-list-window.ts'

export const clientSource: ListSource<Client> = {
  name: 'clients',
  list: (query, options) => api.clients.list(query, options),
}
