import type { Project } from '../../../src/sdk/index.ts'
import { type CheckedRow, checkRows } from '../../../src/transfer/check.ts'
import { readCsvRows } from '../../../src/transfer/csv-rows.ts'
import { csvRecord } from '../../../src/transfer/csv-write.ts'
import { makePlan, type Plan, type Watcher } from '../../../src/transfer/plan.ts'
import type { ReadRows, RowFault } from '../../../src/transfer/row.ts'
import { api } from '../api/api.ts'
import { projectFile } from './project-file.ts'

export type RowAction = 'create' | 'update' | 'unchanged' | 'refused'

/** What would become of one row of the file. */
export interface PreviewRow {
  readonly line: number
  readonly action: RowAction
  readonly project: Partial<Pick<Project, 'projectName' | 'clientName'>>
  readonly faults: readonly RowFault[]
}

export interface Preview {
  readonly plan: Plan
  readonly rows: readonly PreviewRow[]
  readonly counts: Readonly<Record<RowAction, number>>
}

/** Checks every row by the server's own rules and compares it with what the server has; nothing is written. */
export async function makePreview(
  text: string,
  fields: readonly (string | undefined)[],
  watcher: Watcher,
): Promise<Preview> {
  const read = readCsvRows(projectFile, text, fields)
  const { checked, faults } = checkRows(projectFile, read)
  const plan = await makePlan(api, projectFile, checked, watcher)
  const rows = rowsOf(read, checked, plan, faults)
  return { plan, rows, counts: countOf(rows) }
}

function rowsOf(
  read: ReadRows,
  checked: ReadonlyMap<string, CheckedRow>,
  plan: Plan,
  faults: readonly RowFault[],
): readonly PreviewRow[] {
  const planned = new Map(plan.steps.map(({ line, creates }) => [line, creates ? 'create' : 'update']))
  const sent = new Map(read.rows.map(({ line, values }) => [line, values as PreviewRow['project']]))
  const rows = new Map<number, PreviewRow>()
  for (const { line, values } of checked.values()) {
    const action = planned.get(line) === 'create' ? 'create' : planned.has(line) ? 'update' : 'unchanged'
    rows.set(line, { line, action, project: values as PreviewRow['project'], faults: [] })
  }
  for (const [line, ofLine] of byLine(faults))
    rows.set(line, { line, action: 'refused', project: sent.get(line) ?? {}, faults: ofLine })
  return [...rows.values()].sort((a, b) => a.line - b.line)
}

export function countOf(rows: readonly PreviewRow[]): Record<RowAction, number> {
  const counts = { create: 0, update: 0, unchanged: 0, refused: 0 }
  for (const { action } of rows) counts[action]++
  return counts
}

function byLine(faults: readonly RowFault[]): ReadonlyMap<number, readonly RowFault[]> {
  const lines = new Map<number, RowFault[]>()
  for (const fault of faults) {
    const known = lines.get(fault.line)
    if (known) known.push(fault)
    else lines.set(fault.line, [fault])
  }
  return lines
}

/** The rows after the work: what was refused then is no longer new or changed. */
export function withFaults(rows: readonly PreviewRow[], faults: readonly RowFault[]): readonly PreviewRow[] {
  const refusals = byLine(faults)
  return rows.map((row) => {
    const refused = refusals.get(row.line)
    return refused ? { ...row, action: 'refused', faults: [...row.faults, ...refused] } : row
  })
}

/** A report as CSV, one line for each row of the file. */
export const reportOf = (rows: readonly PreviewRow[], sentence: (fault: RowFault) => string): string[] => [
  csvRecord(['line', 'result', 'projectName', 'clientName', 'reason']),
  ...rows.map(({ line, action, project, faults }) =>
    csvRecord([
      line,
      action,
      project.projectName ?? null,
      project.clientName ?? null,
      faults.length > 0 ? faults.map(sentence).join(' ') : null,
    ]),
  ),
]
