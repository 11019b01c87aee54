import { Resources } from './resources.ts'
import { type ChangeOptions, type QueryOf, type ReadOptions, type Settings, Transport } from './transport.ts'
import type { KeyCreate, KeyUpdate } from './types.ts'

type ChangeQuery = QueryOf<'listChanges'>

/**
 * A client of the TimeTrack API. Every method resolves to `{ data, etag }`, a list also to `next` and `total`, and
 * rejects with a `TimeTrackError`. Requests that got no answer, or 429, 502, 503 or 504, are retried after growing
 * pauses; changes carry an Idempotency-Key, so that none is made twice.
 */
export class TimeTrack extends Resources {
  readonly changes: Changes
  /** For admins who are signed in to the web app; not available with a key. */
  readonly keys: Keys
  /** Those of the user who is signed in to the web app. */
  readonly sessions: Sessions

  constructor(settings: Settings) {
    const transport = new Transport(settings)
    super(transport)
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

class Changes extends Resource {
  /** A page of the changes after the cursor `after`, oldest first. */
  list(query?: ChangeQuery, options?: ReadOptions) {
    return this.transport.page('listChanges', { query, options })
  }

  /** Every change after the cursor `after`, up to now; keep the `cursor` of the last one to continue later. */
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

  /** The answer contains the secret, which is not shown again. */
  create(body: KeyCreate, options?: ChangeOptions) {
    return this.transport.answer('createKey', { body, options })
  }

  update(id: number, body: KeyUpdate, options?: ChangeOptions) {
    return this.transport.answer('updateKey', { id, body, options })
  }

  /** The answer contains the new secret, which is not shown again; the old one stays valid for 24 hours. */
  renewSecret(id: number, options?: ChangeOptions) {
    return this.transport.answer('renewKeySecret', { id, options })
  }

  /** Ends the old secret at once. */
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
