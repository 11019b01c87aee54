import { readById } from '../../db/by-id.ts'
import { type Filters, Listing } from '../../db/listing.ts'
import { bareQuery, type Param, query } from '../../db/query.ts'
import { contains, jsonText } from '../../db/sql.ts'
import type { Tables } from '../../db/tables.ts'
import { rangeColumns, rangeOperators } from './project.schema.ts'
import { isOfClientNamed, projectFinders } from './project.search.ts'

/** A project as it is kept. */
export type ProjectRow = Omit<Tables['projects'], 'account_id'>

/** What a reader is shown. */
export const shown = readById((db, param, wanted) =>
  db
    .selectFrom('projects')
    .select(['id', 'version', 'deleted_at', 'wire'])
    .where('account_id', '=', param('account'))
    .where(wanted),
)

/** What a change starts from. */
export const byId = readById((db, param, wanted) =>
  db
    .selectFrom('projects')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where(wanted)
    .orderBy('id'),
)

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

export const countOfClient = query((db, param: Param<{ client_id: number }>) =>
  db
    .selectFrom('projects')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', param('account'))
    .where('client_id', '=', param('client_id'))
    .where('deleted_at', 'is', null),
)

/** What decides where a project is in the indexes, but for the time of its latest change. */
export const placeColumns = ['client_id', 'name_fold', 'name_sort', 'enabled', 'deleted_at'] as const

const contentColumns = [
  'client_sort',
  'hour_rate',
  'hour_rate_missing',
  'time_estimated',
  'time_estimated_missing',
  'budget_estimated',
  'budget_estimated_missing',
  'version',
  'updated_at',
  'wire',
] as const

/** The columns, each with the value of its name. */
const values = (param: Param<ProjectRow>, columns: readonly (keyof ProjectRow)[]) =>
  Object.fromEntries(columns.map((column) => [column, param(column)])) as Partial<ProjectRow> as ProjectRow

export const insert = query((db, param: Param<ProjectRow>) =>
  db.insertInto('projects').values({
    account_id: param('account'),
    ...values(param, ['id', 'created_at', ...placeColumns, ...contentColumns]),
  }),
)

const updateOf = (columns: readonly (keyof ProjectRow)[]) =>
  query((db, param: Param<ProjectRow>) =>
    db
      .updateTable('projects')
      .set(values(param, columns))
      .where('account_id', '=', param('account'))
      .where('id', '=', param('id')),
  )

export const update = updateOf([...placeColumns, ...contentColumns])

/** For a project that keeps its place: SQLite writes each index anew that has a column which is set, even to what it is. */
export const updateContent = updateOf(contentColumns)

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
    counter: 'project',
    folded: ['projectName', 'clientName'],
    indexed: ['name_sort', 'updated_at'],
    inNameIndex: ['projectName', 'projectEnabled'],
    finders: projectFinders,
  },
)
