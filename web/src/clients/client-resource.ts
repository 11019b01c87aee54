import type { Client } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Resource } from '../kit/resource.ts'

export const clients: Resource<Client> = {
  name: 'clients',
  api: api.clients,
  fields: { name: 'name', enabled: 'enabled' },
  search: 'name',
  filters: {},
  sorts: ['name', 'updatedAt'],
  firstSort: 'name',
  related: ['projects'],
}
