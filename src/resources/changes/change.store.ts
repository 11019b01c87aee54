import { latestValue } from '../../db/commit-group.ts'
import { type Call, call, type Param, query } from '../../db/query.ts'
import type { Reader } from '../../db/scope.ts'
import type { Tables } from '../../db/tables.ts'

export type AuditRow = Omit<Tables['audit'], 'account_id'>

export interface Changes {
  /** Oldest first. */
  readonly rows: AuditRow[]
  /** The number of the account's latest change, of whatever kind; 0 where there is none. */
  readonly latest: number
  /** The number of the oldest change that is kept; one more than the latest where none is. */
  readonly oldest: number
}

/** Changes of projects and clients behind a number, and what is kept, of one snapshot. */
export function listChanges(reader: Reader, after: number, most: number): Promise<Changes> {
  return withBounds(reader, call(behind, { after, most }))
}

/** Changes of one project behind a number, and what is kept, of one snapshot. */
export function listProjectChanges(
  reader: Reader,
  id: number,
  after: number,
  most: number,
): Promise<Changes> {
  return withBounds(reader, call(ofProject, { id: String(id), after, most }))
}

async function withBounds(reader: Reader, list: Call<AuditRow>): Promise<Changes> {
  const [rows, [last], [first]] = await reader.snapshot(
    list,
    call(latestValue, { counter: 'change' }),
    call(oldestKept, {}),
  )
  const latest = last?.value ?? 0
  return { rows, latest, oldest: first?.change ?? latest + 1 }
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
