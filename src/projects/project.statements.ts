import { type Builder, type Param, query } from '../db/query.ts'
import { contains } from '../db/sql.ts'
import type { Page } from '../http/paging.ts'

/** A project as it is kept. */
export interface ProjectRow {
  readonly id: number
  readonly client_id: number
  readonly name_fold: string
  readonly enabled: number
  readonly version: number
  readonly deleted_at: string | null
  /** The project as the API answers it, JSON text. */
  readonly wire: string
}

export type ShownProject = Pick<ProjectRow, 'id' | 'deleted_at' | 'wire'>

export interface ProjectFilters {
  /** Folded part of the name. */
  readonly name?: string
  /** Folded part of the client's name. */
  readonly client?: string
  readonly enabled?: boolean
}

/** What a reader is shown. */
export const shown = query((db, param: Param<{ id: number }>) =>
  db
    .selectFrom('projects')
    .select(['id', 'deleted_at', 'wire'])
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id')),
)

/** What a change starts from. */
export const kept = query((db, param: Param<{ id: number }>) =>
  db
    .selectFrom('projects')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id')),
)

export const idByName = query((db, param: Param<{ client_id: number; name_fold: string; except: number }>) =>
  db
    .selectFrom('projects')
    .select('id')
    .where('account_id', '=', param('account'))
    .where('client_id', '=', param('client_id'))
    .where('name_fold', '=', param('name_fold'))
    .where('deleted_at', 'is', null)
    .where('id', '!=', param('except')),
)

export const insert = query((db, param: Param<ProjectRow>) =>
  db.insertInto('projects').values({
    account_id: param('account'),
    id: param('id'),
    client_id: param('client_id'),
    name_fold: param('name_fold'),
    enabled: param('enabled'),
    version: param('version'),
    deleted_at: param('deleted_at'),
    wire: param('wire'),
  }),
)

export const update = query((db, param: Param<ProjectRow>) =>
  db
    .updateTable('projects')
    .set({
      client_id: param('client_id'),
      name_fold: param('name_fold'),
      enabled: param('enabled'),
      version: param('version'),
      deleted_at: param('deleted_at'),
      wire: param('wire'),
    })
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id')),
)

type Filled = { name: string; client: string; enabled: number }

type Listing = ReturnType<typeof buildListing>

const listings = new Map<string, Listing>()

/** The statements for one set of filters, built on its first use. */
export function listing(filters: ProjectFilters): Listing {
  const names = (['name', 'client', 'enabled'] as const).filter((name) => filters[name] !== undefined)
  const shape = names.join()
  let built = listings.get(shape)
  if (!built) {
    built = buildListing(new Set(names))
    listings.set(shape, built)
  }
  return built
}

function buildListing(filtered: ReadonlySet<keyof Filled>) {
  const matching = (db: Builder, param: Param<Filled>) => {
    let rows = db
      .selectFrom('projects')
      .where('account_id', '=', param('account'))
      .where('deleted_at', 'is', null)
    if (filtered.has('name')) rows = rows.where(({ ref }) => contains(ref('name_fold'), param('name')))
    if (filtered.has('enabled')) rows = rows.where('enabled', '=', param('enabled'))
    if (!filtered.has('client')) return rows
    const clients = db
      .selectFrom('clients')
      .select('id')
      .where('account_id', '=', param('account'))
      .where(({ ref }) => contains(ref('name_fold'), param('client')))
    return rows.where('client_id', 'in', clients)
  }
  return {
    list: query((db, param: Param<Filled & Page>) =>
      matching(db, param as Param<Filled>)
        .select(['id', 'wire'])
        .where('id', '>', param('after'))
        .orderBy('id')
        .limit(param('take'))
        .offset(param('skip')),
    ),
    count: query((db, param: Param<Filled>) =>
      matching(db, param).select((eb) => eb.fn.countAll<number>().as('total')),
    ),
  }
}
