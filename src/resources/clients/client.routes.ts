import { namedList } from '../../resource/named-list.ts'
import { namedResource } from '../../resource/operations.ts'
import { projects } from '../projects/project.store.ts'
import { clientErrors } from './client.errors.ts'
import { clientKind } from './client.schema.ts'
import { clientNames, clients } from './client.store.ts'

const { filter, list } = namedList(clientKind, 'clients', { finder: clientNames })

export const clientResource = namedResource({
  ...clientKind,
  description: 'Clients, whom projects are for.',
  filter,
  list,
  errors: clientErrors,
  store: clients,
  instead: {
    async rename(tx, id, name, ifMatch) {
      const renamed = await clients.rename(tx, id, name, ifMatch)
      await projects.followClientName(tx, renamed)
      return renamed
    },
    async delete(tx, id, ifMatch) {
      const deleted = await clients.delete(tx, id, ifMatch)
      await projects.refuseClientWithProjects(tx, id)
      return deleted
    },
  },
  special: {
    create: { example: { name: 'Client Test', field1: 'VAT ID: 123455678' } },
    update: { example: { email: 'test@example.com', field2: 'Test' } },
    rename: {
      description: 'Its projects show the new name at once, and count as changed.',
      example: { name: 'Client Test GmbH' },
    },
    delete: {
      summary: 'Put a client that has no projects into the trash',
      errors: [clientErrors.hasProjects],
    },
  },
})
