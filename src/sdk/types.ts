/** Generated from openapi.json by `npm run gen`: do not edit. */

/** Every fault of the first part of the request that fails: path, query, headers, body. */
export interface Errors {
  /** One element for each fault. */
  errors: {
    /** What is wrong, in general. */
    title: string
    /** The HTTP status. */
    status: number
    /** Stable number of the error; its meaning never changes. */
    code: number
    /** A sentence that says what to do. */
    detail: string
    /** What the fault is about. */
    source?: {
      /** JSON pointer to the field of the body. */
      pointer?: string
      /** Name of the query parameter. */
      parameter?: string
      /** Name of the header. */
      header?: string
    }
    /** The request, as it is in the log. */
    requestId: string
  }[]
}

/** A project of a client, with its estimates. */
export interface Project {
  /** Identifier: counts from 1 in each account and is never used again. */
  ID: number
  /** The same identifier. */
  id: number
  /** Name, unique among the projects of its client that are not deleted; case does not count. */
  projectName: string
  /** Name of its client, as the client spells it. */
  clientName: string
  /** Whether the project is enabled. */
  projectEnabled: boolean
  /** Notes. */
  notes: string | null
  /** Hourly rate, in the currency of the account. */
  hourRate: number | null
  /** Planned duration in minutes; fractions are allowed. */
  timeEstimated: number | null
  /** Planned budget, in the currency of the account. */
  budgetEstimated: number | null
  /** When it was created; UTC, milliseconds. */
  readonly createdAt: string
  /** When it was last changed; UTC, milliseconds. */
  readonly updatedAt: string
  /** When it was deleted; only in the trash; UTC, milliseconds. */
  readonly deletedAt?: string
}

/** A new project. What is not sent is null, and the project enabled. */
export interface ProjectCreate {
  /** Name, unique among the projects of its client that are not deleted; case does not count. */
  projectName: string
  /** Name of its client. Where no client has it, one is created. */
  clientName: string
  /** Whether the project is enabled. */
  projectEnabled?: boolean
  /** Notes. */
  notes?: string | null
  /** Hourly rate, in the currency of the account. */
  hourRate?: number | null
  /** Planned duration in minutes; fractions are allowed. */
  timeEstimated?: number | null
  /** Planned budget, in the currency of the account. */
  budgetEstimated?: number | null
}

/** The fields to change. null clears a field that may be null. */
export interface ProjectUpdate {
  /** May only repeat the id of the path. */
  ID?: number
  /** May only repeat the id of the path. */
  id?: number
  /** Name, unique among the projects of its client that are not deleted; case does not count. */
  projectName?: string
  /** Name of its client. It has to match an existing client. */
  clientName?: string
  /** Whether the project is enabled. */
  projectEnabled?: boolean
  /** Notes. */
  notes?: string | null
  /** Hourly rate, in the currency of the account. */
  hourRate?: number | null
  /** Planned duration in minutes; fractions are allowed. */
  timeEstimated?: number | null
  /** Planned budget, in the currency of the account. */
  budgetEstimated?: number | null
}

/** Changes of projects. */
export interface ProjectBatch {
  /** true: all operations are done, or none. false: each is done or refused for itself. */
  atomic?: boolean
  /** What to do, in this order; 1 to 1,000. */
  operations: {
    /** What to do. */
    method: 'create' | 'update' | 'delete'
    /** Which project to update or delete. */
    id?: number
    /** As the If-Match header: the ETag that the project has to have. */
    ifMatch?: string
    /** The fields to create it with, or to change. */
    project?: ProjectCreate | ProjectUpdate
  }[]
}

/** What became of one operation. */
export interface ProjectBatchResult {
  /** The HTTP status that the operation alone would have been answered with. */
  status: number
  /** ETag of the project after it. */
  etag?: string
  project?: Project
  /** Why it was refused. */
  errors?: {
    /** What is wrong, in general. */
    title: string
    /** HTTP status. */
    status: number
    /** Stable error code. */
    code: number
    /** What to do about it. */
    detail: string
    /** Where the fault is. */
    source?: {
      /** JSON pointer into the body. */
      pointer?: string
    }
  }[]
}

/** One change of one project. */
export interface ProjectChange {
  /** Send it as `after` to go on behind this change. */
  cursor: string
  /** Number of the change in the account; numbers rise and may have gaps. */
  change: number
  /** When it was made; UTC, milliseconds. */
  readonly at: string
  /** Who made it: the text of a key, or the command line. */
  actor: string
  /** What was done. */
  action: string
  /** The project before this change; null before it was created. */
  before: Project | null
  /** The project after this change. */
  after: Project | null
}

/** Whom the work is for. */
export interface Client {
  /** Identifier: counts from 1 in each account and is never used again. */
  ID: number
  /** The same identifier. */
  id: number
  /** Name, unique among the clients that are not deleted; case does not count. */
  name: string
  /** Whether the client is enabled. */
  enabled: boolean
  /** Colour, as #RRGGBB. */
  color: string | null
  /** Notes. */
  notes: string | null
  /** E-mail address. */
  email: string | null
  /** Telephone number. */
  phone: string | null
  /** Street and number. */
  address: string | null
  /** Addition to the address. */
  address2: string | null
  /** Postcode. */
  addressZipCode: string | null
  /** City. */
  addressCity: string | null
  /** Country, as its ISO 3166-1 code of two capital letters. */
  addressCountry: string | null
  /** Whom to ask for. */
  contactPerson: string | null
  /** Free field. */
  field1: string | null
  /** Free field. */
  field2: string | null
  /** Free field. */
  field3: string | null
  /** When it was created; UTC, milliseconds. */
  readonly createdAt: string
  /** When it was last changed; UTC, milliseconds. */
  readonly updatedAt: string
  /** When it was deleted; only in the trash; UTC, milliseconds. */
  readonly deletedAt?: string
}

/** A new client. What is not sent is null. */
export interface ClientCreate {
  /** Name, unique among the clients that are not deleted; case does not count. */
  name: string
  /** Whether the client is enabled. */
  enabled?: boolean
  /** Colour, as #RRGGBB. */
  color?: string | null
  /** Notes. */
  notes?: string | null
  /** E-mail address. */
  email?: string | null
  /** Telephone number. */
  phone?: string | null
  /** Street and number. */
  address?: string | null
  /** Addition to the address. */
  address2?: string | null
  /** Postcode. */
  addressZipCode?: string | null
  /** City. */
  addressCity?: string | null
  /** Country, as its ISO 3166-1 code of two capital letters. */
  addressCountry?: string | null
  /** Whom to ask for. */
  contactPerson?: string | null
  /** Free field. */
  field1?: string | null
  /** Free field. */
  field2?: string | null
  /** Free field. */
  field3?: string | null
}

/** The fields to change. null clears one. */
export interface ClientUpdate {
  /** May only repeat the id of the path. */
  ID?: number
  /** May only repeat the id of the path. */
  id?: number
  /** Colour, as #RRGGBB. */
  color?: string | null
  /** Notes. */
  notes?: string | null
  /** E-mail address. */
  email?: string | null
  /** Telephone number. */
  phone?: string | null
  /** Street and number. */
  address?: string | null
  /** Addition to the address. */
  address2?: string | null
  /** Postcode. */
  addressZipCode?: string | null
  /** City. */
  addressCity?: string | null
  /** Country, as its ISO 3166-1 code of two capital letters. */
  addressCountry?: string | null
  /** Whom to ask for. */
  contactPerson?: string | null
  /** Free field. */
  field1?: string | null
  /** Free field. */
  field2?: string | null
  /** Free field. */
  field3?: string | null
}

/** The new name. */
export interface ClientRename {
  /** Name, unique among the clients that are not deleted; case does not count. */
  name: string
}

/** Changes of clients. */
export interface ClientBatch {
  /** true: all operations are done, or none. false: each is done or refused for itself. */
  atomic?: boolean
  /** What to do, in this order; 1 to 1,000. */
  operations: {
    /** What to do. */
    method: 'create' | 'update' | 'delete' | 'rename' | 'enable' | 'disable'
    /** Which client to update or delete. */
    id?: number
    /** As the If-Match header: the ETag that the client has to have. */
    ifMatch?: string
    /** The fields to create it with, or to change. */
    client?: ClientCreate | ClientUpdate | ClientRename
  }[]
}

/** What became of one operation. */
export interface ClientBatchResult {
  /** The HTTP status that the operation alone would have been answered with. */
  status: number
  /** ETag of the client after it. */
  etag?: string
  client?: Client
  /** Why it was refused. */
  errors?: {
    /** What is wrong, in general. */
    title: string
    /** HTTP status. */
    status: number
    /** Stable error code. */
    code: number
    /** What to do about it. */
    detail: string
    /** Where the fault is. */
    source?: {
      /** JSON pointer into the body. */
      pointer?: string
    }
  }[]
}

/** One change of one client. */
export interface ClientChange {
  /** Send it as `after` to go on behind this change. */
  cursor: string
  /** Number of the change in the account; numbers rise and may have gaps. */
  change: number
  /** When it was made; UTC, milliseconds. */
  readonly at: string
  /** Who made it: the text of a key, or the command line. */
  actor: string
  /** What was done. */
  action: string
  /** The client before this change; null before it was created. */
  before: Client | null
  /** The client after this change. */
  after: Client | null
}

/** A kind of work, such as development; it does not belong to a project. */
export interface Task {
  /** Identifier: counts from 1 in each account and is never used again. */
  ID: number
  /** The same identifier. */
  id: number
  /** Name, unique among the tasks that are not deleted; case does not count. */
  name: string
  /** Whether the task is enabled. */
  enabled: boolean
  /** Notes. */
  notes: string | null
  /** Hourly rate, in the currency of the account. */
  hourRate: number | null
  /** When it was created; UTC, milliseconds. */
  readonly createdAt: string
  /** When it was last changed; UTC, milliseconds. */
  readonly updatedAt: string
  /** When it was deleted; only in the trash; UTC, milliseconds. */
  readonly deletedAt?: string
}

/** A new task. What is not sent is null. */
export interface TaskCreate {
  /** Name, unique among the tasks that are not deleted; case does not count. */
  name: string
  /** Whether the task is enabled. */
  enabled?: boolean
  /** Notes. */
  notes?: string | null
  /** Hourly rate, in the currency of the account. */
  hourRate?: number | null
}

/** The fields to change. null clears one. */
export interface TaskUpdate {
  /** May only repeat the id of the path. */
  ID?: number
  /** May only repeat the id of the path. */
  id?: number
  /** Notes. */
  notes?: string | null
  /** Hourly rate, in the currency of the account. */
  hourRate?: number | null
}

/** The new name. */
export interface TaskRename {
  /** Name, unique among the tasks that are not deleted; case does not count. */
  name: string
}

/** Changes of tasks. */
export interface TaskBatch {
  /** true: all operations are done, or none. false: each is done or refused for itself. */
  atomic?: boolean
  /** What to do, in this order; 1 to 1,000. */
  operations: {
    /** What to do. */
    method: 'create' | 'update' | 'delete' | 'rename' | 'enable' | 'disable'
    /** Which task to update or delete. */
    id?: number
    /** As the If-Match header: the ETag that the task has to have. */
    ifMatch?: string
    /** The fields to create it with, or to change. */
    task?: TaskCreate | TaskUpdate | TaskRename
  }[]
}

/** What became of one operation. */
export interface TaskBatchResult {
  /** The HTTP status that the operation alone would have been answered with. */
  status: number
  /** ETag of the task after it. */
  etag?: string
  task?: Task
  /** Why it was refused. */
  errors?: {
    /** What is wrong, in general. */
    title: string
    /** HTTP status. */
    status: number
    /** Stable error code. */
    code: number
    /** What to do about it. */
    detail: string
    /** Where the fault is. */
    source?: {
      /** JSON pointer into the body. */
      pointer?: string
    }
  }[]
}

/** One change of one task. */
export interface TaskChange {
  /** Send it as `after` to go on behind this change. */
  cursor: string
  /** Number of the change in the account; numbers rise and may have gaps. */
  change: number
  /** When it was made; UTC, milliseconds. */
  readonly at: string
  /** Who made it: the text of a key, or the command line. */
  actor: string
  /** What was done. */
  action: string
  /** The task before this change; null before it was created. */
  before: Task | null
  /** The task after this change. */
  after: Task | null
}

/** One change of one object. */
export interface Change {
  /** Send it as `after` to go on behind this change. */
  cursor: string
  /** Number of the change in the account; numbers rise and may have gaps. */
  change: number
  /** When it was made; UTC, milliseconds. */
  readonly at: string
  /** Who made it: the text of a key, or the command line. */
  actor: string
  /** What was done. */
  action: string
  /** The kind of object that was changed. */
  entity: 'project' | 'client' | 'task'
  /** The identifier of the object. */
  id: number
  /** Whether the object is deleted after this change. */
  deleted: boolean
  /** The object after this change, as its own resource shows it. */
  object: Project | Client | Task
}

/** A key of the API. Its secret is shown when it is created, and never again. */
export interface Key {
  /** Identifier: counts from 1 in each account and is never reused. */
  id: number
  /** What goes into the header X-TimeTrack-Api-Key. */
  key: string
  /** A name to tell keys apart. */
  name: string
  /** Whether the key may only read, or change as well. */
  access: 'read' | 'write'
  /** When it was created; UTC, milliseconds. */
  readonly createdAt: string
  /** When it was last used, to the minute or so; null for never; UTC, milliseconds. */
  readonly lastUsedAt: string | null
  /** When the key expires, UTC; null for never. */
  expiresAt: string | null
  /** Until when the previous secret stays valid; null if it is not; UTC, milliseconds. */
  readonly previousSecretUntil: string | null
}

/** A new key. */
export interface KeyCreate {
  /** A name to tell keys apart. */
  name: string
  /** Whether the key may only read, or change as well. */
  access?: 'read' | 'write'
  /** When the key expires, UTC; null for never. */
  expiresAt?: string | null
}

/** A key with its new secret. */
export interface KeyWithSecret {
  /** Identifier: counts from 1 in each account and is never reused. */
  id: number
  /** What goes into the header X-TimeTrack-Api-Key. */
  key: string
  /** A name to tell keys apart. */
  name: string
  /** Whether the key may only read, or change as well. */
  access: 'read' | 'write'
  /** When it was created; UTC, milliseconds. */
  readonly createdAt: string
  /** When it was last used, to the minute or so; null for never; UTC, milliseconds. */
  readonly lastUsedAt: string | null
  /** When the key expires, UTC; null for never. */
  expiresAt: string | null
  /** Until when the previous secret stays valid; null if it is not; UTC, milliseconds. */
  readonly previousSecretUntil: string | null
  /** What goes into the header X-TimeTrack-Api-Secret. It is not shown again, and is null in the answer to a repeat under the same Idempotency-Key. */
  secret: string | null
}

/** The fields to change. With null the key never expires. */
export interface KeyUpdate {
  /** A name to tell keys apart. */
  name?: string
  /** When the key expires, UTC; null for never. */
  expiresAt?: string | null
}

/** A browser in which a user is signed in to the web app. */
export interface Session {
  /** Identifier: counts from 1 in each account. */
  id: number
  /** When the user signed in; UTC, milliseconds. */
  readonly createdAt: string
  /** When it was last used, to the minute or so; UTC, milliseconds. */
  readonly lastUsedAt: string
  /** When it ends unless it is used before: 14 days after its last use; UTC, milliseconds. */
  readonly expiresAt: string
  /** What the browser calls itself; empty if it sends nothing. */
  userAgent: string
  /** The network address that the user signed in from. */
  address: string
  /** Whether it is the session of this request. */
  current: boolean
}

/** What each operation takes and answers. */
export interface Operations {
  /** List projects, or search them by part of their name. */
  listProjects: {
    query: {
      /** Part of the project name; case does not count. */
      projectName?: string
      /** Part of the client name; case does not count. */
      clientName?: string
      /** Only enabled, or only disabled projects. */
      projectEnabled?: boolean
      /** Only projects whose hourRate is >= this number; null is in no range. */
      'hourRate[gte]'?: number
      /** Only projects whose hourRate is > this number; null is in no range. */
      'hourRate[gt]'?: number
      /** Only projects whose hourRate is <= this number; null is in no range. */
      'hourRate[lte]'?: number
      /** Only projects whose hourRate is < this number; null is in no range. */
      'hourRate[lt]'?: number
      /** Only projects whose timeEstimated is >= this number; null is in no range. */
      'timeEstimated[gte]'?: number
      /** Only projects whose timeEstimated is > this number; null is in no range. */
      'timeEstimated[gt]'?: number
      /** Only projects whose timeEstimated is <= this number; null is in no range. */
      'timeEstimated[lte]'?: number
      /** Only projects whose timeEstimated is < this number; null is in no range. */
      'timeEstimated[lt]'?: number
      /** Only projects whose budgetEstimated is >= this number; null is in no range. */
      'budgetEstimated[gte]'?: number
      /** Only projects whose budgetEstimated is > this number; null is in no range. */
      'budgetEstimated[gt]'?: number
      /** Only projects whose budgetEstimated is <= this number; null is in no range. */
      'budgetEstimated[lte]'?: number
      /** Only projects whose budgetEstimated is < this number; null is in no range. */
      'budgetEstimated[lt]'?: number
      /** Only projects changed at or after this time, UTC. */
      updatedSince?: string
      /** true lists the trash: the deleted objects instead of the others. */
      deleted?: boolean
      /** What to sort by, separated by commas, each with - in front for descending: id, projectName, clientName, projectEnabled, hourRate, timeEstimated, budgetEstimated, createdAt, updatedAt. Nulls come last in both directions. The id decides between equals, and alone if sort is not sent. */
      sort?: string
      /** The only fields to send, separated by commas: ID, id, projectName, clientName, projectEnabled, notes, hourRate, timeEstimated, budgetEstimated, createdAt, updatedAt, deletedAt. */
      fields?: string
      /** Number of the page, from 0. Past the end, the list is empty. */
      page_number?: number
      /** Maximum number of objects on a page. */
      limit?: number
      /** Where to continue, as given in the next link. Excludes page_number. */
      cursor?: string
    }
    result: Project[]
  }
  /** Create a project, and its client where there is none of that name. */
  createProject: {
    body: ProjectCreate
    result: Project
  }
  /** Get a project. */
  getProject: {
    path: { id: number }
    result: Project
  }
  /** Change the fields that are sent. */
  updateProject: {
    path: { id: number }
    body: ProjectUpdate
    result: Project
  }
  /** Put a project into the trash. */
  deleteProject: {
    path: { id: number }
    result: Project
  }
  /** Take a project out of the trash. */
  restoreProject: {
    path: { id: number }
    result: Project
  }
  /** Create, update and delete up to 1,000 projects at once. */
  batchProjects: {
    body: ProjectBatch
    result: ProjectBatchResult[]
  }
  /** List the changes of a project, oldest first. */
  listProjectHistory: {
    path: { id: number }
    query: {
      /** Where to go on: the cursor of the last change known. Without it, from the first. */
      after?: string
      /** Most changes to send. */
      limit?: number
    }
    result: ProjectChange[]
  }
  /** List clients, or search them by part of their name. */
  listClients: {
    query: {
      /** Part of the name; case does not count. */
      name?: string
      /** Only enabled, or only disabled clients. */
      enabled?: boolean
      /** Only clients changed at or after this time, UTC. */
      updatedSince?: string
      /** true lists the trash: the deleted objects instead of the others. */
      deleted?: boolean
      /** What to sort by, separated by commas, each with - in front for descending: id, name, createdAt, updatedAt. Nulls come last in both directions. The id decides between equals, and alone if sort is not sent. */
      sort?: string
      /** The only fields to send, separated by commas: ID, id, name, enabled, color, notes, email, phone, address, address2, addressZipCode, addressCity, addressCountry, contactPerson, field1, field2, field3, createdAt, updatedAt, deletedAt. */
      fields?: string
      /** Number of the page, from 0. Past the end, the list is empty. */
      page_number?: number
      /** Maximum number of objects on a page. */
      limit?: number
      /** Where to continue, as given in the next link. Excludes page_number. */
      cursor?: string
    }
    result: Client[]
  }
  /** Create a client. */
  createClient: {
    body: ClientCreate
    result: Client
  }
  /** Get a client. */
  getClient: {
    path: { id: number }
    result: Client
  }
  /** Change the fields that are sent, but not the name nor whether it is enabled. */
  updateClient: {
    path: { id: number }
    body: ClientUpdate
    result: Client
  }
  /** Put a client that has no projects into the trash. */
  deleteClient: {
    path: { id: number }
    result: Client
  }
  /** Rename a client. */
  renameClient: {
    path: { id: number }
    body: ClientRename
    result: Client
  }
  /** Enable a client. */
  enableClient: {
    path: { id: number }
    result: Client
  }
  /** Disable a client. */
  disableClient: {
    path: { id: number }
    result: Client
  }
  /** Take a client out of the trash. */
  restoreClient: {
    path: { id: number }
    result: Client
  }
  /** Create, update and delete up to 1,000 clients at once. */
  batchClients: {
    body: ClientBatch
    result: ClientBatchResult[]
  }
  /** List the changes of a client, oldest first. */
  listClientHistory: {
    path: { id: number }
    query: {
      /** Where to go on: the cursor of the last change known. Without it, from the first. */
      after?: string
      /** Most changes to send. */
      limit?: number
    }
    result: ClientChange[]
  }
  /** List tasks, or search them by part of their name. */
  listTasks: {
    query: {
      /** Part of the name; case does not count. */
      name?: string
      /** Only enabled, or only disabled tasks. */
      enabled?: boolean
      /** Only tasks changed at or after this time, UTC. */
      updatedSince?: string
      /** true lists the trash: the deleted objects instead of the others. */
      deleted?: boolean
      /** What to sort by, separated by commas, each with - in front for descending: id, name, hourRate, createdAt, updatedAt. Nulls come last in both directions. The id decides between equals, and alone if sort is not sent. */
      sort?: string
      /** The only fields to send, separated by commas: ID, id, name, enabled, notes, hourRate, createdAt, updatedAt, deletedAt. */
      fields?: string
      /** Number of the page, from 0. Past the end, the list is empty. */
      page_number?: number
      /** Maximum number of objects on a page. */
      limit?: number
      /** Where to continue, as given in the next link. Excludes page_number. */
      cursor?: string
    }
    result: Task[]
  }
  /** Create a task. */
  createTask: {
    body: TaskCreate
    result: Task
  }
  /** Get a task. */
  getTask: {
    path: { id: number }
    result: Task
  }
  /** Change the fields that are sent, but not the name nor whether it is enabled. */
  updateTask: {
    path: { id: number }
    body: TaskUpdate
    result: Task
  }
  /** Put a task into the trash. */
  deleteTask: {
    path: { id: number }
    result: Task
  }
  /** Rename a task. */
  renameTask: {
    path: { id: number }
    body: TaskRename
    result: Task
  }
  /** Enable a task. */
  enableTask: {
    path: { id: number }
    result: Task
  }
  /** Disable a task. */
  disableTask: {
    path: { id: number }
    result: Task
  }
  /** Take a task out of the trash. */
  restoreTask: {
    path: { id: number }
    result: Task
  }
  /** Create, update and delete up to 1,000 tasks at once. */
  batchTasks: {
    body: TaskBatch
    result: TaskBatchResult[]
  }
  /** List the changes of a task, oldest first. */
  listTaskHistory: {
    path: { id: number }
    query: {
      /** Where to go on: the cursor of the last change known. Without it, from the first. */
      after?: string
      /** Most changes to send. */
      limit?: number
    }
    result: TaskChange[]
  }
  /** List changes of projects, clients and tasks, oldest first. */
  listChanges: {
    query: {
      /** Where to go on: the cursor of the last change known. Without it, from the first. */
      after?: string
      /** Most changes to send. */
      limit?: number
    }
    result: Change[]
  }
  /** List the keys of the account, oldest first. */
  listKeys: {
    result: Key[]
  }
  /** Create a key. */
  createKey: {
    body: KeyCreate
    result: KeyWithSecret
  }
  /** Get a key. */
  getKey: {
    path: { id: number }
    result: Key
  }
  /** Change the name or the expiry of a key. */
  updateKey: {
    path: { id: number }
    body: KeyUpdate
    result: Key
  }
  /** Revoke a key for good. */
  revokeKey: {
    path: { id: number }
    result: Key
  }
  /** Give a key a new secret. */
  renewKeySecret: {
    path: { id: number }
    result: KeyWithSecret
  }
  /** End the old secret of a key now. */
  endKeyGrace: {
    path: { id: number }
    result: Key
  }
  /** List your sessions in the web app, oldest first. */
  listSessions: {
    result: Session[]
  }
  /** End one of your sessions in the web app. */
  deleteSession: {
    path: { id: number }
    result: Session
  }
}

/** The method and path of each operation. */
export const routes = {
  listProjects: ['GET', '/api/v2/ext/projects'],
  createProject: ['POST', '/api/v2/ext/projects'],
  getProject: ['GET', '/api/v2/ext/projects/{id}'],
  updateProject: ['PUT', '/api/v2/ext/projects/{id}'],
  deleteProject: ['DELETE', '/api/v2/ext/projects/{id}'],
  restoreProject: ['POST', '/api/v2/ext/projects/{id}/restore'],
  batchProjects: ['POST', '/api/v2/ext/projects/batch'],
  listProjectHistory: ['GET', '/api/v2/ext/projects/{id}/history'],
  listClients: ['GET', '/api/v2/ext/clients'],
  createClient: ['POST', '/api/v2/ext/clients'],
  getClient: ['GET', '/api/v2/ext/clients/{id}'],
  updateClient: ['PUT', '/api/v2/ext/clients/{id}'],
  deleteClient: ['DELETE', '/api/v2/ext/clients/{id}'],
  renameClient: ['POST', '/api/v2/ext/clients/{id}/rename'],
  enableClient: ['POST', '/api/v2/ext/clients/{id}/enable'],
  disableClient: ['POST', '/api/v2/ext/clients/{id}/disable'],
  restoreClient: ['POST', '/api/v2/ext/clients/{id}/restore'],
  batchClients: ['POST', '/api/v2/ext/clients/batch'],
  listClientHistory: ['GET', '/api/v2/ext/clients/{id}/history'],
  listTasks: ['GET', '/api/v2/ext/tasks'],
  createTask: ['POST', '/api/v2/ext/tasks'],
  getTask: ['GET', '/api/v2/ext/tasks/{id}'],
  updateTask: ['PUT', '/api/v2/ext/tasks/{id}'],
  deleteTask: ['DELETE', '/api/v2/ext/tasks/{id}'],
  renameTask: ['POST', '/api/v2/ext/tasks/{id}/rename'],
  enableTask: ['POST', '/api/v2/ext/tasks/{id}/enable'],
  disableTask: ['POST', '/api/v2/ext/tasks/{id}/disable'],
  restoreTask: ['POST', '/api/v2/ext/tasks/{id}/restore'],
  batchTasks: ['POST', '/api/v2/ext/tasks/batch'],
  listTaskHistory: ['GET', '/api/v2/ext/tasks/{id}/history'],
  listChanges: ['GET', '/api/v2/ext/changes'],
  listKeys: ['GET', '/api/v2/ext/keys'],
  createKey: ['POST', '/api/v2/ext/keys'],
  getKey: ['GET', '/api/v2/ext/keys/{id}'],
  updateKey: ['PUT', '/api/v2/ext/keys/{id}'],
  revokeKey: ['DELETE', '/api/v2/ext/keys/{id}'],
  renewKeySecret: ['POST', '/api/v2/ext/keys/{id}/secret'],
  endKeyGrace: ['POST', '/api/v2/ext/keys/{id}/end-grace'],
  listSessions: ['GET', '/api/v2/ext/sessions'],
  deleteSession: ['DELETE', '/api/v2/ext/sessions/{id}'],
} as const satisfies Record<keyof Operations, readonly [string, string]>
