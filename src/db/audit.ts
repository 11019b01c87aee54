import { latestValue } from './commit-group.ts'
import { type Call, call, type Param, query } from './query.ts'
import type { Reader } from './reader.ts'
import { withoutIndex } from './sql.ts'
import { type Entity, type Tables, tables } from './tables.ts'

export type AuditRow = Omit<Tables['audit'], 'account_id'>

/** A change of one object, with the object before it: JSON text, null if there was none. */
export interface HistoryRow extends AuditRow {
  readonly before: string | null
}

export interface Changes<R extends AuditRow> {
  /** Oldest first. */
  readonly rows: readonly R[]
  /** The number of the account's latest change, of any kind; 0 if there is none. */
  readonly latest: number
  /** The number of the oldest change that is stored; one more than the latest if none is. */
  readonly oldest: number
}

/** The changes in the change feed after a number, and which changes are stored, from one snapshot. */
export function listChanges(reader: Reader, after: number, most: number): Promise<Changes<AuditRow>> {
  return withBounds(reader, call(behind, { after, most }))
}

/**
 * The changes of one object after a number, each with the object before it, and which changes are stored.
 * @param after 0 to begin with the first
 */
export async function listHistory(
  reader: Reader,
  entity: string,
  id: number,
  after: number,
  most: number,
): Promise<Changes<HistoryRow>> {
  const of = { entity, id: String(id) }
  const [[previous], changes] = await Promise.all([
    after === 0 ? [] : reader.all(latestOf, { ...of, upTo: after }),
    withBounds(reader, call(ofObject, { ...of, after, most })),
  ])
  let before = previous?.after ?? null
  const rows = changes.rows.map((row) => {
    const withBefore = { ...row, before }
    before = row.after
    return withBefore
  })
  return { ...changes, rows }
}

async function withBounds(reader: Reader, list: Call<AuditRow>): Promise<Changes<AuditRow>> {
  const [rows, [last], [first]] = await reader.snapshot(
    list,
    call(latestValue, { counter: 'change' }),
    call(oldestStored, {}),
  )
  const latest = last?.value ?? 0
  return { rows, latest, oldest: first?.change ?? latest + 1 }
}

const entitiesInFeed = () => Object.values(tables).flatMap(({ inFeed, entity }) => (inFeed ? [entity] : []))

const behind = query((db, param: Param<{ after: number; most: number }>) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('change', '>', param('after'))
    // Nearly all changes are in the feed: scanning them in order is the quickest way to a page.
    .where(withoutIndex(db, 'entity'), 'in', entitiesInFeed())
    .orderBy('change')
    .limit(param('most')),
)

const oldestStored = query((db, param: Param<object>) =>
  db
    .selectFrom('audit')
    .select((eb) => eb.fn.min('change').as('change'))
    .where('account_id', '=', param('account')),
)

const ofObject = query((db, param: Param<{ entity: string; id: string; after: number; most: number }>) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('account_id', '=', param('account'))
    .where('entity', '=', param('entity'))
    .where('entity_id', '=', param('id'))
    .where('change', '>', param('after'))
    .orderBy('change')
    .limit(param('most')),
)

const latestOf = query((db, param: Param<{ entity: string; id: string; upTo: number }>) =>
  db
    .selectFrom('audit')
    .select('after')
    .where('account_id', '=', param('account'))
    .where('entity', '=', param('entity'))
    .where('entity_id', '=', param('id'))
    .where('change', '<=', param('upTo'))
    .orderBy('change', 'desc')
    .limit(1),
)

/** The number of the latest change of an entity's objects; null if there was none. */
export const latestChangeOf = query((db, param: Param<{ entity: Entity }>) =>
  db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('change').as('value'))
    .where('account_id', '=', param('account'))
    .where('entity', '=', param('entity')),
)

export const addAuditRow = query((db, param: Param<Omit<Tables['audit'], 'account_id'>>) =>
  db.insertInto('audit').values({
    account_id: param('account'),
    change: param('change'),
    at: param('at'),
    actor: param('actor'),
    action: param('action'),
    entity: param('entity'),
    entity_id: param('entity_id'),
    after: param('after'),
  }),
)
