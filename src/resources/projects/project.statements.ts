import { sql } from 'kysely'
import { type Filters, Listing } from '../../db/listing.ts'
import { type Builder, bareQuery, type Param, query, raw } from '../../db/query.ts'
import { contains, isAmong, isIn, jsonText, projectsOf } from '../../db/sql.ts'
import { rangeColumns, rangeOperators } from './project.schema.ts'

export const idByName = query((db, param: Param<{ client_id: number; name_fold: string }>) =>
  db
    .selectFrom('projects')
    .select('id')
    .where('account_id', '=', param('account'))
    .where('client_id', '=', param('client_id'))
    .where('name_fold', '=', param('name_fold'))
    .where('deleted_at', 'is', null),
)

/** The client of a name as it spells it, and its project that has a name already. */
export const placeFor = query((db, param: Param<{ client_fold: string; name_fold: string }>) =>
  db
    .selectFrom('clients')
    .select(['id as clientId', jsonText(db, 'clients.wire', 'name').as('clientName')])
    .select(({ selectFrom }) =>
      selectFrom('projects')
        .select('projects.id')
        .where('projects.account_id', '=', param('account'))
        .whereRef('projects.client_id', '=', 'clients.id')
        .where('projects.name_fold', '=', param('name_fold'))
        .where('projects.deleted_at', 'is', null)
        .as('taken'),
    )
    .where('clients.account_id', '=', param('account'))
    .where('clients.name_fold', '=', param('client_fold'))
    .where('clients.deleted_at', 'is', null),
)

/** The ids of the projects of some clients, deleted ones too, ascending. */
export const idsOfClients = bareQuery<{ clients: string }, number>((db, param) =>
  raw(
    db,
    sql<{ id: number }>`select id from ${projectsOf(db, param('account'), param('clients'))} order by id`,
  ),
)

export const countOfClients = query((db, param: Param<{ clients: string }>) =>
  raw(
    db,
    sql<{ count: number }>`select count(*) as count
      from ${projectsOf(db, param('account'), param('clients'))} and deleted_at is null`,
  ),
)

const rangeFilters = Object.fromEntries(
  Object.entries(rangeColumns).flatMap(([name, column]) =>
    Object.entries(rangeOperators).map(([operator, sign]): [string, Filters[string]] => [
      `${name}[${operator}]`,
      ({ eb }, param) =>
        eb.and([eb(`${column}_missing`, '=', 0), eb(column, sign, param(`${name}[${operator}]`))]),
    ]),
  ),
)

/** The ids of clients whose folded name has a part. */
export const clientsNamed = (builder: Builder, account: number, needle: string) =>
  builder
    .selectFrom('clients')
    .select('id')
    .where('account_id', '=', account)
    .where(contains(builder, 'name_fold', needle))

export const listing = new Listing(
  'projects',
  {
    projectName: ({ builder }, param) => contains(builder, 'name_fold', param('projectName')),
    among: ({ builder }, param) => isAmong(builder, 'id', param('among')),
    clientName: ({ builder }, param) =>
      isIn(builder, 'client_id', clientsNamed(builder, param('account'), param('clientName'))),
    projectEnabled: ({ eb }, param) => eb('enabled', '=', param('projectEnabled')),
    ...rangeFilters,
    updatedSince: ({ eb }, param) => eb('updated_at', '>=', param('updatedSince')),
  },
  { folded: ['projectName', 'clientName'], inNameIndex: ['projectName', 'projectEnabled'] },
)
