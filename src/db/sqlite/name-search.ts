import { setTimeout as sleep } from 'node:timers/promises'
import { latestValue } from '../commit-group.ts'
import type { Database, PageRequest } from '../database.ts'
import { rarestGrams } from '../gram-sample.ts'
import { LARGE, MOST_CANDIDATES } from '../large-account.ts'
import type { Shortcut } from '../listing.ts'
import { call, type Param, query } from '../query.ts'
import { openScope, type Scope, type Tx, write } from '../scope.ts'
import {
  addGrams,
  candidates,
  gramsMatch,
  LONGEST_GRAM,
  longestGrams,
  removeGrams,
  wordsOf,
} from './grams.ts'

/** Changes behind the index that are looked through one by one before it has to catch up. */
const MOST_BEHIND = 500
/** Of two, too much is left that is not wanted; a fourth takes longer than it spares. */
const MOST_GRAMS = 3
const ROWS_AT_ONCE = 200
const REST_MS = 2

/** The index is built by the first search of a large account, in the background. */
export async function findByGrams(
  scope: Scope,
  needle: string,
  { streams, after }: PageRequest,
): Promise<Shortcut | undefined> {
  const [[size], [state], [latest]] = await scope.snapshot(
    call(latestValue, { counter: 'project' }),
    call(stateOf, {}),
    call(latestValue, { counter: 'change' }),
  )
  if ((size?.value ?? 0) < LARGE) return undefined
  if (!state || state.built_to !== null || (latest?.value ?? 0) - state.change > MOST_BEHIND) {
    indexInBackground(scope.database, scope.account)
    if (!state || state.built_to !== null) return undefined
  }
  const asked = { length: LONGEST_GRAM, size: size?.value ?? 0, most: MOST_GRAMS }
  const match = gramsMatch(await rarestGrams(scope, longestGrams(needle), asked))
  const [found, behind] = await scope.snapshot(
    streams ? undefined : call(candidates, { match }),
    call(changedBehind, { change: state.change, most: MOST_CANDIDATES }),
  )
  const changed = [...new Set(behind.map(({ entity_id }) => Number(entity_id)))]
  if (found.length + behind.length >= MOST_CANDIDATES) return undefined
  if (!streams) return { filters: { among: JSON.stringify([...found, ...changed]) } }
  const filters = { grams: match, gramsAfter: after }
  return changed.length > 0 ? { filters, beside: { among: JSON.stringify(changed) } } : { filters }
}

const indexing = new WeakMap<Database, Set<number>>()

function indexInBackground(database: Database, account: number): void {
  const accounts = indexing.get(database) ?? new Set()
  indexing.set(database, accounts.add(account))
  if (accounts.size > 1) return
  void indexAll(database, accounts)
}

/** One account after another. What fails is left for the next search to start again. */
async function indexAll(database: Database, accounts: Set<number>): Promise<void> {
  for (const account of accounts) {
    const scope = openScope(database, account, 'search index', 'write')
    try {
      while (await write(scope, indexSome)) await sleep(REST_MS)
    } catch {
      // The database is busy, closed, or cannot be written, which its health tells.
    }
    accounts.delete(account)
  }
}

/** Takes the index of an account a step further; false where it has caught up. */
async function indexSome(tx: Tx): Promise<boolean> {
  const state = await tx.first(stateOf, {})
  if (!state) return start(tx)
  return state.built_to === null ? catchUp(tx, state.change) : build(tx, state.built_to)
}

/** What changes while the index is built is behind it, and taken in when it catches up. */
async function start(tx: Tx): Promise<boolean> {
  await tx.writeUnaudited(beginState, { change: await tx.latest('change') })
  return true
}

async function build(tx: Tx, builtTo: number): Promise<boolean> {
  const rows = await tx.all(namesAfter, { after: builtTo, most: ROWS_AT_ONCE })
  for (const { id, name_fold } of rows) await tx.writeUnaudited(addGrams, { id, grams: wordsOf(name_fold) })
  await tx.writeUnaudited(setBuilt, {
    built_to: rows.length === ROWS_AT_ONCE ? (rows.at(-1)?.id ?? null) : null,
  })
  return true
}

async function catchUp(tx: Tx, change: number): Promise<boolean> {
  const changed = await tx.all(changedBehind, { change, most: ROWS_AT_ONCE })
  for (const id of new Set(changed.map(({ entity_id }) => Number(entity_id)))) {
    const project = await tx.first(nameOf, { id })
    await tx.writeUnaudited(removeGrams, { id })
    if (project) await tx.writeUnaudited(addGrams, { id, grams: wordsOf(project.name_fold) })
  }
  const isFull = changed.length === ROWS_AT_ONCE
  const last = isFull ? changed.at(-1)?.change : await tx.latest('change')
  await tx.writeUnaudited(setChange, { change: last ?? change })
  return isFull
}

const stateOf = query((db, param: Param<object>) =>
  db.selectFrom('search_state').select(['change', 'built_to']).where('account_id', '=', param('account')),
)

const changedBehind = query((db, param: Param<{ change: number; most: number }>) =>
  db
    .selectFrom('audit')
    .select(['change', 'entity_id'])
    .where('account_id', '=', param('account'))
    .where('change', '>', param('change'))
    .where('entity', '=', 'project')
    .orderBy('change')
    .limit(param('most')),
)

const namesAfter = query((db, param: Param<{ after: number; most: number }>) =>
  db
    .selectFrom('projects')
    .select(['id', 'name_fold'])
    .where('account_id', '=', param('account'))
    .where('id', '>', param('after'))
    .orderBy('id')
    .limit(param('most')),
)

const nameOf = query((db, param: Param<{ id: number }>) =>
  db
    .selectFrom('projects')
    .select('name_fold')
    .where('account_id', '=', param('account'))
    .where('id', '=', param('id')),
)

const beginState = query((db, param: Param<{ change: number }>) =>
  db
    .insertInto('search_state')
    .values({ account_id: param('account'), change: param('change'), built_to: 0 }),
)

const setBuilt = query((db, param: Param<{ built_to: number | null }>) =>
  db
    .updateTable('search_state')
    .set({ built_to: param('built_to') })
    .where('account_id', '=', param('account')),
)

const setChange = query((db, param: Param<{ change: number }>) =>
  db
    .updateTable('search_state')
    .set({ change: param('change') })
    .where('account_id', '=', param('account')),
)
