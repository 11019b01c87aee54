import { call, type Param, query } from '../db/query.ts'
import { latestChange, type Reader } from '../db/scope.ts'
import type { Tables } from '../db/tables.ts'

export type AuditRow = Omit<Tables['audit'], 'account_id'>

export interface Changes {
  /** Oldest first. */
  readonly rows: AuditRow[]
  /** The number of the account's latest change, of whatever kind; 0 where there is none. */
  readonly latest: number
}

/** Changes of projects and clients behind a number, and the oldest number that is kept, of one snapshot. */
export async function listChanges(
  reader: Reader,
  after: number,
  most: number,
): Promise<Changes & { readonly oldest: number }> {
  const [rows, [latest], [oldest]] = await reader.together(
    call(behind, { after, most }),
    call(latestChange, {}),
    call(oldestKept, {}),
  )
  return { rows, latest: latest?.value ?? 0, oldest: oldest?.change ?? 0 }
}

/** Changes of one project behind a number. */
export async function listProjectChanges(
  reader: Reader,
  id: number,
  after: number,
  most: number,
): Promise<Changes> {
  const [rows, [latest]] = await reader.together(
    call(ofProject, { id: String(id), after, most }),
    call(latestChange, {}),
  )
  return { rows, latest: latest?.value ?? 0 }
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

const oldestKept = query((db, param: Param<object>) =>
  db
    .selectFrom('audit')
    .select((eb) => eb.fn.min('change').as('change'))
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
