import { call, type Param, query } from '../db/query.ts'
import type { Reader } from '../db/scope.ts'
import type { Tables } from '../db/tables.ts'

export type AuditRow = Omit<Tables['audit'], 'account_id'>

interface KeptChanges {
  /** The oldest and the newest number that is kept; 0 where there is none. */
  readonly oldest: number
  readonly newest: number
}

/** Changes of projects and clients behind a number, oldest first, and what is kept, of one snapshot. */
export async function listChanges(
  reader: Reader,
  after: number,
  most: number,
): Promise<{ rows: AuditRow[]; kept: KeptChanges }> {
  const [rows, [kept]] = await reader.together(call(behind, { after, most }), call(bounds, {}))
  return { rows, kept: { oldest: kept?.oldest ?? 0, newest: kept?.newest ?? 0 } }
}

/** Changes of one project behind a number, oldest first. */
export function listProjectChanges(
  reader: Reader,
  id: number,
  after: number,
  most: number,
): Promise<AuditRow[]> {
  return reader.all(ofProject, { id: String(id), after, most })
}

const behind = query((db, param: Param<{ after: number; most: number }>) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('change', '>', param('after'))
    .where('entity', 'in', ['project', 'client'])
    .orderBy('change')
    .limit(param('most')),
)

const bounds = query((db, param: Param<object>) =>
  db
    .selectFrom('audit')
    .select((eb) => [eb.fn.min('change').as('oldest'), eb.fn.max('change').as('newest')])
    .where('account_id', '=', param('account')),
)

const ofProject = query((db, param: Param<{ id: string; after: number; most: number }>) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('entity', '=', 'project')
    .where('entity_id', '=', param('id'))
    .where('change', '>', param('after'))
    .orderBy('change')
    .limit(param('most')),
)
