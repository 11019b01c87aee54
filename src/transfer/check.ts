import { Refusal } from '../http/errors.ts'
import { type InputReader, inputReader } from '../http/input.ts'
import type { FileKind } from './file-kind.ts'
import type { ReadRows, Row, RowFault } from './row.ts'

/** A row that the server would take, as the server would store it. */
export interface CheckedRow {
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
}

/** Applies the server's own rules to every row, and that no object is there twice. The rows are by identity. */
export function checkRows(
  kind: FileKind,
  { rows, faults }: ReadRows,
): { checked: Map<string, CheckedRow>; faults: RowFault[] } {
  const read = inputReader(kind.kind.schemas.create, 'body')
  const checked = new Map<string, CheckedRow>()
  const all = [...faults]
  for (const row of rows) {
    const outcome = checkRow(read, row)
    if ('faults' in outcome) {
      for (const fault of outcome.faults) all.push(fault)
      continue
    }
    const identity = kind.identityOf(outcome.values)
    const first = checked.get(identity)
    if (first) all.push(twice(kind, row.line, first.line))
    else checked.set(identity, outcome)
  }
  return { checked, faults: all.sort((a, b) => a.line - b.line) }
}

function twice({ kind, identity }: FileKind, line: number, first: number): RowFault {
  const same = identity.map((field) => `same ${field}`).join(', ')
  const detail = `the same ${kind.noun.one} as on line ${first}: ${same}. Remove one of them.`
  return { line, column: kind.identity.name, detail, sameAs: first }
}

function checkRow(read: InputReader, { line, values }: Row): CheckedRow | { faults: RowFault[] } {
  try {
    return { line, values: read(values, false) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return {
      faults: error.faults.map(({ error: { code }, detail, source }) =>
        faultAt(line, source?.pointer ?? '', detail, code),
      ),
    }
  }
}

/** @param pointer JSON pointer to a field of the object */
export function faultAt(line: number, pointer: string, detail: string, code: number): RowFault {
  const column = pointer.slice(1)
  return { line, ...(column !== '' && { column }), detail, code }
}
