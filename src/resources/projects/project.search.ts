import { sql } from 'kysely'
import { MOST_CANDIDATES, MOST_CLIENTS } from '../../db/large-account.ts'
import type { Shortcut } from '../../db/listing.ts'
import { bareQuery, raw } from '../../db/query.ts'
import type { Scope } from '../../db/scope.ts'
import { projectsOf } from '../../db/sql.ts'
import type { FindShortcut } from '../../http/list.ts'
import { clientsNamed } from './project.statements.ts'

/**
 * The quicker way to projects of which a part of the name, or of their client's name, is asked for; none where
 * a plain scan is the better way: where very many match, and in accounts that are not large.
 */
export function findShortcut(scope: Scope): FindShortcut {
  return async ({ projectName, clientName }, wanted) => {
    const ofClients = clientName === undefined ? undefined : await findOfClients(scope, String(clientName))
    if (ofClients || projectName === undefined) return ofClients
    return scope.database.findByName(scope, String(projectName), wanted)
  }
}

async function findOfClients(scope: Scope, needle: string): Promise<Shortcut | undefined> {
  const clients = await scope.all(clientsWith, { needle, most: MOST_CLIENTS })
  if (clients.length === MOST_CLIENTS) return undefined
  const ids = await scope.all(someOfClients, { clients: JSON.stringify(clients) })
  return ids.length < MOST_CANDIDATES ? { filters: { among: JSON.stringify(ids) } } : undefined
}

const clientsWith = bareQuery<{ needle: string; most: number }, number>((db, param) =>
  clientsNamed(db, param('account'), param('needle')).limit(param('most')),
)

const someOfClients = bareQuery<{ clients: string }, number>(
  (db, param) =>
    raw(
      db,
      sql<{ id: number }>`select id from ${projectsOf(db, param('account'), param('clients'))}
        limit ${sql.lit(MOST_CANDIDATES)}`,
    ),
  true,
)
