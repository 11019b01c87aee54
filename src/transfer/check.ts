import { fold } from '../domain/fold.ts'
import { Refusal } from '../http/errors.ts'
import { inputReader } from '../http/input.ts'
import { ProjectCreate } from '../resources/projects/project.schema.ts'
import type { ReadRows, Row, RowFault } from './row.ts'

/** A row that the server would take, as the server would keep it. */
export interface CheckedRow {
  readonly line: number
  readonly project: ProjectCreate
}

const read = inputReader(ProjectCreate, 'body')

/** By what the server tells projects apart; names hold no line breaks. */
export const identityOf = ({
  clientName,
  projectName,
}: {
  clientName: string
  projectName: string
}): string => `${fold(clientName)}\n${fold(projectName)}`

/** Applies the server's own rules to every row, and that no project is there twice. */
export function checkRows({ rows, faults }: ReadRows): {
  checked: Map<string, CheckedRow>
  faults: RowFault[]
} {
  const checked = new Map<string, CheckedRow>()
  const all = [...faults]
  for (const row of rows) {
    const outcome = checkRow(row)
    if (!('project' in outcome)) {
      for (const fault of outcome.faults) all.push(fault)
      continue
    }
    const identity = identityOf(outcome.project)
    const first = checked.get(identity)
    if (first) {
      const detail = `the same project as on line ${first.line}: same client, same name. Remove one of them.`
      all.push({ line: row.line, column: 'projectName', detail })
    } else checked.set(identity, outcome)
  }
  return { checked, faults: all.sort((a, b) => a.line - b.line) }
}

function checkRow({ line, values }: Row): CheckedRow | { faults: RowFault[] } {
  try {
    return { line, project: read(values, false) as ProjectCreate }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const faults = error.faults.map(({ error: name, detail, source }) =>
      faultAt(line, source?.pointer ?? '', detail, name.code),
    )
    return { faults }
  }
}

/** @param pointer JSON pointer to a field of the project */
export function faultAt(line: number, pointer: string, detail: string, code: number): RowFault {
  const column = pointer.slice(1)
  return { line, ...(column !== '' && { column }), detail, code }
}
