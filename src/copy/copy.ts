import { createMark, findMark, type Mark, moveMark, removeMark } from './mark.ts'
import { countOf, insertRows, type Page, pagesOf } from './rows.ts'
import { CopyError, type Side, SpoiltCopyError } from './side.ts'
import type { RowKey } from './statements.ts'
import { type CopiedTable, copiedTables } from './tables.ts'
import { type Comparison, compare, sumOf } from './verify.ts'

/** Is notified of the progress of the work, in rows. */
export interface Watcher {
  show(label: string, done: number, total: number): void
  copied(table: CopiedTable, rows: number): void
}

/**
 * Copies every row from one database to the other, or resumes an earlier run, and compares both. Both have the tables
 * of this version. Returns which tables are the same. Throws CopyError.
 */
export async function copyAll(from: Side, to: Side, watcher: Watcher): Promise<Comparison[]> {
  const mark = await begin(from, to)
  const total = (await Promise.all(copiedTables().map((table) => countOf(from, table)))).reduce(
    (a, b) => a + b,
  )
  await copyTables(from, to, mark, total, watcher)
  let checked = 0
  const comparisons = await compare(from, to, (table, rows) => {
    checked += rows
    watcher.show(`Checking ${table}`, checked, 2 * total)
  })
  await refuseChanged(from, mark)
  if (comparisons.every(({ same }) => same)) await removeMark(to)
  return comparisons
}

/** Finds where to resume, or begins in an empty database. */
async function begin(from: Side, to: Side): Promise<Mark> {
  if (await findMark(from))
    throw new CopyError(`${from.name} is itself an unfinished copy. Complete that one first.`)
  const mark = await findMark(to)
  if (!mark) return beginInEmpty(from, to)
  if (mark.source !== from.name)
    throw new CopyError(
      `${to.name} holds the beginning of a copy of ${mark.source}. Copy from that one, or name an empty database with --to.`,
    )
  await refuseChanged(from, mark)
  return mark
}

async function beginInEmpty(from: Side, to: Side): Promise<Mark> {
  for (const table of copiedTables())
    if ((await countOf(to, table)) > 0)
      throw new CopyError(
        `${to.name} is not empty, and is never overwritten. Name an empty database with --to.`,
      )
  const mark: Mark = {
    source: from.name,
    counters: await countersOf(from),
    table_name: 'accounts',
    last_key: '',
    copied: 0,
  }
  await createMark(to, mark)
  return mark
}

async function copyTables(from: Side, to: Side, begun: Mark, total: number, watcher: Watcher): Promise<void> {
  let mark = begun
  const all = copiedTables()
  for (const table of all.slice(all.indexOf(begun.table_name))) {
    const before = mark.copied
    for await (const page of pagesOf(from, table, lastKeyIn(table, mark))) {
      mark = await addPage(from, to, table, page, mark)
      watcher.show(`Copying ${table}`, mark.copied, total)
    }
    await refuseChanged(from, mark)
    watcher.copied(table, mark.copied - before)
  }
}

const lastKeyIn = (table: CopiedTable, { table_name, last_key }: Mark): RowKey | undefined =>
  table === table_name && last_key !== '' ? JSON.parse(last_key) : undefined

/** The rows of a page and the mark become durable together, or not at all. */
async function addPage(
  from: Side,
  to: Side,
  table: CopiedTable,
  { rows, lastKey }: Page,
  mark: Mark,
): Promise<Mark> {
  const next: Mark = {
    ...mark,
    table_name: table,
    last_key: JSON.stringify(lastKey),
    copied: mark.copied + rows.length,
  }
  try {
    await to.change(async (connection) => {
      if (!(await moveMark(connection, mark, next)))
        throw new CopyError(`Another copy into ${to.name} is running. Wait until it has ended.`)
      await insertRows(connection, table, rows)
    })
    return next
  } catch (error) {
    if (error instanceof CopyError) throw error
    // A row may lack the one that it refers to, or collide with one of the same name.
    await refuseChanged(from, mark)
    const reason = error instanceof Error ? error.message : String(error)
    throw new CopyError(`${to.name} does not accept the rows of ${table}: ${reason}`)
  }
}

async function refuseChanged(from: Side, { counters }: Mark): Promise<void> {
  if ((await countersOf(from)) === counters) return
  throw new SpoiltCopyError(`${from.name} was changed since the copy began: stop all servers that use it.`)
}

const countersOf = async (from: Side) => (await sumOf(from, 'counters')).sha256
