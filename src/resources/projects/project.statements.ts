import { type Filters, Listing } from '../../db/listing.ts'
import { bareQuery, type Param, query } from '../../db/query.ts'
import { contains, jsonText } from '../../db/sql.ts'
import { rangeColumns, rangeOperators } from './project.schema.ts'
import { isOfClientNamed, projectFinders } from './project.search.ts'

export const idByName = query((db, param: Param<{ client_id: number; name_fold: string }>) =>
  db
    .selectFrom('projects')
    .select('id')
    .where('account_id', '=', param('account'))
    .where('client_id', '=', param('client_id'))
    .where('name_fold', '=', param('name_fold'))
    .where('deleted_at', 'is', null),
)

/** The client with a name, as it spells it, and the id of its project that already has the name of the new one. */
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

/** The ids of a client's projects behind one, deleted ones too, ascending. */
export const idsOfClient = bareQuery<{ client_id: number; after: number; most: number }, number>(
  (db, param) =>
    db
      .selectFrom('projects')
      .select('id')
      .where('account_id', '=', param('account'))
      .where('client_id', '=', param('client_id'))
      .where('id', '>', param('after'))
      .orderBy('id')
      .limit(param('most')),
)

/** How many projects a client has, counted no further than `most`. */
export const countOfClient = query((db, param: Param<{ client_id: number; most: number }>) =>
  db
    .selectFrom(
      db
        .selectFrom('projects')
        .select('id')
        .where('account_id', '=', param('account'))
        .where('client_id', '=', param('client_id'))
        .where('deleted_at', 'is', null)
        .limit(param('most'))
        .as('some'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
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

export const listing = new Listing(
  'projects',
  {
    projectName: ({ builder }, param) => contains(builder, 'name_fold', param('projectName')),
    clientName: ({ builder, narrowed }, param) =>
      isOfClientNamed(builder, param('account'), param('clientName'), narrowed),
    projectEnabled: ({ eb }, param) => eb('enabled', '=', param('projectEnabled')),
    ...rangeFilters,
    updatedSince: ({ eb }, param) => eb('updated_at', '>=', param('updatedSince')),
  },
  {
    folded: ['projectName', 'clientName'],
    indexed: ['id', 'name_sort'],
    inNameIndex: ['projectName', 'projectEnabled'],
    finders: projectFinders,
  },
)
