import { type Expression, type SqlBool, sql } from 'kysely'
import { type Finder, MOST_CANDIDATES } from '../../db/candidates.ts'
import { latestValue } from '../../db/commit-group.ts'
import { nameIndex } from '../../db/name-index/index.ts'
import { type Builder, bareQuery, call } from '../../db/query.ts'
import { contains, isAmong, isIn } from '../../db/sql.ts'
import { clientNames } from '../clients/client.store.ts'

/** Where so many clients match, going through all projects soon has its page. */
const MOST_CLIENTS = 2_000

/** The clients of few projects are looked up one by one; for many, those of the name are looked for once. */
export function isOfClientNamed(
  db: Builder,
  account: number,
  needle: string,
  ofFew: boolean,
): Expression<SqlBool> {
  if (!ofFew) return isIn(db, 'client_id', clientsNamed(db, account, needle))
  return sql`exists (select 1 from clients where clients.account_id = ${account}
    and clients.id = projects.client_id and ${contains(db, 'clients.name_fold', needle)})`
}

/** The ids of clients whose folded name has a part. */
const clientsNamed = (db: Builder, account: number, needle: string) =>
  db
    .selectFrom('clients')
    .select('id')
    .where('account_id', '=', account)
    .where(contains(db, 'name_fold', needle))

/** The projects of clients by a part of their names; none where very many match. */
const findByClientName: Finder = async (scope, needle) => {
  const named = await clientNames(scope, needle, { after: 0 })
  const [[latest], clients] = await scope.snapshot(
    call(latestValue, { counter: 'change' }),
    named
      ? call(clientsAmong, { needle, among: JSON.stringify(named.ids), most: MOST_CLIENTS })
      : call(clientsWith, { needle, most: MOST_CLIENTS }, 'client'),
  )
  if (clients.length === MOST_CLIENTS) return undefined
  const ids = await scope.all(someOfClients, {
    clients: JSON.stringify(clients),
    most: MOST_CANDIDATES,
  })
  const change = named?.change ?? latest?.value ?? 0
  return ids.length < MOST_CANDIDATES ? { ids, goesOn: false, change } : undefined
}

export const projectFinders: Readonly<Record<string, Finder>> = {
  clientName: findByClientName,
  projectName: nameIndex('projects', 'project'),
}

const clientsWith = bareQuery<{ needle: string; most: number }, number>((db, param) =>
  clientsNamed(db, param('account'), param('needle')).limit(param('most')),
)

const clientsAmong = bareQuery<{ needle: string; among: string; most: number }, number>((db, param) =>
  clientsNamed(db, param('account'), param('needle'))
    .where(isAmong(db, 'id', param('among')))
    .limit(param('most')),
)

const someOfClients = bareQuery<{ clients: string; most: number }, number>(
  (db, param) =>
    db
      .selectFrom('projects')
      .select('id')
      .where('account_id', '=', param('account'))
      .where(isAmong(db, 'client_id', param('clients')))
      .limit(param('most')),
  true,
)
