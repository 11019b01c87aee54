import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { applyPlan, type Done } from '../transfer/apply.ts'
import { checkRows } from '../transfer/check.ts'
import { readCsvRows } from '../transfer/csv-rows.ts'
import type { FileKind } from '../transfer/file-kind.ts'
import { makePlan, type Plan } from '../transfer/plan.ts'
import { faultText, type ReadRows, type RowFault, UnreadableFile } from '../transfer/row.ts'
import { CommandError } from './command-error.ts'
import { type Connection, connect, explain } from './transfer/connection.ts'
import { fileKindOf } from './transfer/file-kinds.ts'
import { decodeFile } from './transfer/file-text.ts'
import { readJsonRows } from './transfer/json-rows.ts'
import { Progress } from './transfer/progress.ts'

export interface ImportOptions {
  readonly dryRun: boolean
  readonly partial: boolean
}

/** Imports a file of one kind of object. Prints what was refused and a summary; throws if anything was refused. */
export async function importFile(
  many: string,
  file: string,
  connection: Connection,
  { dryRun, partial }: ImportOptions,
): Promise<void> {
  const kind = fileKindOf(many)
  const client = connect(connection)
  const progress = new Progress(process.stderr)
  const { checked, faults } = checkRows(kind, readRows(kind, file))
  const stops = faults.length > 0 && !partial
  try {
    const plan: Plan =
      stops && !dryRun
        ? { steps: [], unchanged: 0, state: '' }
        : await makePlan(client, kind, checked, progress)
    const done: Done =
      stops || dryRun
        ? { created: 0, updated: 0, faults: [] }
        : await applyPlan(client, kind, plan, partial, progress, keyOf)
    progress.end()
    report([...faults, ...done.faults], plan, done, dryRun)
    if (done.stopped !== undefined) throw stoppedError(done, connection.url)
    failIfRefused([...faults, ...done.faults], partial, dryRun)
  } catch (error) {
    progress.end()
    throw error instanceof CommandError ? error : new CommandError(explain(error, connection.url))
  }
}

/**
 * The same for the same batch on the same state, so a run that was killed while its batch was on the way can be
 * repeated; different after any change, so an object deleted since is created again and not answered from the record.
 */
function keyOf(state: string, body: object): string {
  return createHash('sha256')
    .update(`${state}\n${JSON.stringify(body)}`)
    .digest('hex')
}

function readRows(kind: FileKind, file: string): ReadRows {
  try {
    const { text, notice } = decodeFile(readFileSync(file))
    if (notice) console.error(`${file}: ${notice}`)
    return /\.json$/i.test(file) || /^\s*[[{]/.test(text) ? readJsonRows(kind, text) : readCsvRows(kind, text)
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new CommandError(`${file} cannot be read; nothing was imported.\n${error.message}`)
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : error}.`)
  }
}

function report(faults: readonly RowFault[], { steps, unchanged }: Plan, done: Done, dryRun: boolean): void {
  for (const fault of faults) console.log(faultText(fault))
  const planned = steps.filter(({ creates }) => creates).length
  const [created, updated] = dryRun ? [planned, steps.length - planned] : [done.created, done.updated]
  const numbers = `created ${created}, updated ${updated}, unchanged ${unchanged}, refused ${linesOf(faults)}`
  console.log(dryRun ? `Dry run, nothing was written. The import would give: ${numbers}` : numbers)
}

const linesOf = (faults: readonly RowFault[]) => new Set(faults.map(({ line }) => line)).size

function stoppedError({ created, updated, stopped }: Done, url: string): CommandError {
  const done = created + updated
  const state =
    done === 0
      ? 'Nothing was imported.'
      : `Before that ${done} were imported. Run it again to continue from there.`
  return new CommandError(`${explain(stopped, url)}\n${state}`)
}

function failIfRefused(faults: readonly RowFault[], partial: boolean, dryRun: boolean): void {
  if (faults.length === 0) return
  const lines = linesOf(faults)
  const rows = lines === 1 ? '1 row is refused' : `${lines} rows are refused`
  if (partial) throw new CommandError(`${rows}; the others ${dryRun ? 'would be' : 'are'} imported.`)
  throw new CommandError(
    `Nothing ${dryRun ? 'would be' : 'was'} imported: ${rows}. --partial imports the others.`,
  )
}
