import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database.ts'
import { openScope, type Tx, write } from '../scope.ts'
import { wordsOf } from './sqlite-grams.ts'
import type { GramStatements } from './sqlite-statements.ts'

const ROWS_AT_ONCE = 200
const REST_MS = 2

/** An index that is behind with an account. */
interface Job {
  readonly account: number
  readonly statements: GramStatements
}

const indexing = new WeakMap<Database, Map<string, Job>>()

/** Has an index catch up with an account, behind those that already wait for that. */
export function indexInBackground(database: Database, account: number, statements: GramStatements): void {
  const jobs = indexing.get(database) ?? new Map<string, Job>()
  indexing.set(database, jobs.set(`${statements.counter} ${account}`, { account, statements }))
  if (jobs.size === 1) void indexAll(database, jobs)
}

/** One after another. What fails is left for the next search to start again. */
async function indexAll(database: Database, jobs: Map<string, Job>): Promise<void> {
  for (const [name, { account, statements }] of jobs) {
    const scope = openScope(database, account, 'search index', 'write')
    try {
      while (await write(scope, (tx) => indexSome(tx, statements), true)) await sleep(REST_MS)
    } catch {
      // The database is busy, closed, or cannot be written, which its health tells.
    }
    jobs.delete(name)
  }
}

/** Takes the index of an account a step further; false where it has caught up. */
async function indexSome(tx: Tx, statements: GramStatements): Promise<boolean> {
  const state = await tx.first(statements.state, {})
  if (!state) return false
  const { change, built_to, latest } = state
  // What changes while the index is built is behind it, and taken in when it catches up.
  if (change === null) await tx.writeUnaudited(statements.begin, { change: latest })
  else if (built_to === null) return catchUp(tx, statements, change)
  else await build(tx, statements, built_to)
  return true
}

async function build(tx: Tx, statements: GramStatements, builtTo: number): Promise<void> {
  const rows = await tx.all(statements.namesAfter, { after: builtTo, most: ROWS_AT_ONCE })
  for (const { id, name_fold } of rows)
    await tx.writeUnaudited(statements.add, { id, grams: wordsOf(name_fold) })
  await tx.writeUnaudited(statements.setBuilt, {
    built_to: rows.length === ROWS_AT_ONCE ? (rows.at(-1)?.id ?? null) : null,
  })
}

async function catchUp(tx: Tx, statements: GramStatements, change: number): Promise<boolean> {
  const changed = await tx.all(statements.changedBehind, { change, most: ROWS_AT_ONCE })
  for (const id of new Set(changed.map(({ entity_id }) => Number(entity_id)))) {
    const row = await tx.first(statements.nameOf, { id })
    await tx.writeUnaudited(statements.remove, { id })
    if (row) await tx.writeUnaudited(statements.add, { id, grams: wordsOf(row.name_fold) })
  }
  const isFull = changed.length === ROWS_AT_ONCE
  const last = isFull ? changed.at(-1)?.change : await tx.latest('change')
  await tx.writeUnaudited(statements.setChange, { change: last ?? change })
  return isFull
}
