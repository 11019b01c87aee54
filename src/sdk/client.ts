import {
  type ChangeOptions,
  type ListOptions,
  type QueryOf,
  type ReadOptions,
  type Settings,
  Transport,
  type UpdateOptions,
} from './transport.ts'
import type {
  ClientCreate,
  ClientRename,
  ClientUpdate,
  KeyCreate,
  KeyUpdate,
  ProjectBatch,
  ProjectCreate,
  ProjectUpdate,
} from './types.ts'

type ProjectQuery = QueryOf<'listProjects'>
type ClientQuery = QueryOf<'listClients'>
type ChangeQuery = QueryOf<'listChanges'>

/**
 * A client of the TimeTrack API. Every method resolves to `{ data, etag }`, a list also to `next` and `total`, and
 * rejects with a `TimeTrackError`. Requests that got no answer, or 429, 502, 503 or 504, are sent again after growing
 * pauses; changes carry an Idempotency-Key, so that none is done twice.
 */
export class TimeTrack {
  readonly projects: Projects
  readonly clients: Clients
  readonly changes: Changes
  /** For admins, under a session of the web app; a key may not. */
  readonly keys: Keys
  /** Of the user who is signed in to the web app. */
  readonly sessions: Sessions

  constructor(settings: Settings) {
    const transport = new Transport(settings)
    this.projects = new Projects(transport)
    this.clients = new Clients(transport)
    this.changes = new Changes(transport)
    this.keys = new Keys(transport)
    this.sessions = new Sessions(transport)
  }
}

class Resource {
  protected readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }
}

class Projects extends Resource {
  /** One page. With `fields` in the query the objects have no other fields, whatever their type says. */
  list(query?: ProjectQuery, options?: ListOptions) {
    return this.transport.page('listProjects', { query, options })
  }

  /** The projects of every page, fetched as they are used. */
  all(query?: ProjectQuery, options?: ReadOptions) {
    return this.transport.all('listProjects', query, options)
  }

  get(id: number, options?: ReadOptions) {
    return this.transport.answer('getProject', { id, options })
  }

  /** A client of a new name is created with it. */
  create(body: ProjectCreate, options?: ChangeOptions) {
    return this.transport.answer('createProject', { body, options })
  }

  update(id: number, body: ProjectUpdate, options?: UpdateOptions) {
    return this.transport.answer('updateProject', { id, body, options })
  }

  delete(id: number, options?: UpdateOptions) {
    return this.transport.answer('deleteProject', { id, options })
  }

  restore(id: number, options?: UpdateOptions) {
    return this.transport.answer('restoreProject', { id, options })
  }

  /** Up to 1,000 changes; see `atomic` for whether one that is refused stops the others. */
  batch(body: ProjectBatch, options?: ChangeOptions) {
    return this.transport.answer('batchProjects', { body, options })
  }

  /** A page of its changes, oldest first; deleted projects have them, too. */
  history(id: number, query?: ChangeQuery, options?: ReadOptions) {
    return this.transport.page('listProjectHistory', { id, query, options })
  }
}

class Clients extends Resource {
  /** One page. With `fields` in the query the objects have no other fields, whatever their type says. */
  list(query?: ClientQuery, options?: ListOptions) {
    return this.transport.page('listClients', { query, options })
  }

  /** The clients of every page, fetched as they are used. */
  all(query?: ClientQuery, options?: ReadOptions) {
    return this.transport.all('listClients', query, options)
  }

  get(id: number, options?: ReadOptions) {
    return this.transport.answer('getClient', { id, options })
  }

  create(body: ClientCreate, options?: ChangeOptions) {
    return this.transport.answer('createClient', { body, options })
  }

  update(id: number, body: ClientUpdate, options?: UpdateOptions) {
    return this.transport.answer('updateClient', { id, body, options })
  }

  /** Its projects show the new name at once. */
  rename(id: number, body: ClientRename, options?: UpdateOptions) {
    return this.transport.answer('renameClient', { id, body, options })
  }

  enable(id: number, options?: UpdateOptions) {
    return this.transport.answer('enableClient', { id, options })
  }

  disable(id: number, options?: UpdateOptions) {
    return this.transport.answer('disableClient', { id, options })
  }

  delete(id: number, options?: UpdateOptions) {
    return this.transport.answer('deleteClient', { id, options })
  }

  restore(id: number, options?: UpdateOptions) {
    return this.transport.answer('restoreClient', { id, options })
  }
}

class Changes extends Resource {
  /** A page of changes behind the cursor `after`, oldest first. */
  list(query?: ChangeQuery, options?: ReadOptions) {
    return this.transport.page('listChanges', { query, options })
  }

  /** Every change behind the cursor `after`, up to now; keep the `cursor` of the last one to go on later. */
  all(query?: ChangeQuery, options?: ReadOptions) {
    return this.transport.all('listChanges', query, options)
  }
}

class Keys extends Resource {
  /** Those that are not revoked, oldest first. */
  list(options?: ReadOptions) {
    return this.transport.answer('listKeys', { options })
  }

  get(id: number, options?: ReadOptions) {
    return this.transport.answer('getKey', { id, options })
  }

  /** The answer has the secret, this once. */
  create(body: KeyCreate, options?: ChangeOptions) {
    return this.transport.answer('createKey', { body, options })
  }

  update(id: number, body: KeyUpdate, options?: ChangeOptions) {
    return this.transport.answer('updateKey', { id, body, options })
  }

  /** The answer has the new secret, this once; the old one stays good for 24 hours. */
  renewSecret(id: number, options?: ChangeOptions) {
    return this.transport.answer('renewKeySecret', { id, options })
  }

  /** The old secret is good no longer. */
  endGrace(id: number, options?: ChangeOptions) {
    return this.transport.answer('endKeyGrace', { id, options })
  }

  revoke(id: number, options?: ChangeOptions) {
    return this.transport.answer('revokeKey', { id, options })
  }
}

class Sessions extends Resource {
  /** Oldest first. */
  list(options?: ReadOptions) {
    return this.transport.answer('listSessions', { options })
  }

  end(id: number, options?: ChangeOptions) {
    return this.transport.answer('deleteSession', { id, options })
  }
}
