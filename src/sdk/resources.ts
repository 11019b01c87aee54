/** Made by `npm run gen`: not to be edited. */

import { NamedObjects, Objects } from './objects.ts'
import type { Transport } from './transport.ts'

/** The names of the kinds of objects, as in paths. */
export const resourceNames = ['projects', 'clients', 'tasks'] as const

/** The kinds of objects. */
export class Resources {
  readonly projects: Objects<'Project', 'Projects'>
  readonly clients: NamedObjects<'Client', 'Clients'>
  readonly tasks: NamedObjects<'Task', 'Tasks'>

  constructor(transport: Transport) {
    this.projects = new Objects(transport, 'Project', 'Projects')
    this.clients = new NamedObjects(transport, 'Client', 'Clients')
    this.tasks = new NamedObjects(transport, 'Task', 'Tasks')
  }
}
