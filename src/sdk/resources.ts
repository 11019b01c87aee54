/** Made by `npm run gen`: not to be edited. */

import { NamedObjects, Objects } from './objects.ts'
import type { Transport } from './transport.ts'

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
