import type { FileKind } from '../../transfer/file-kind.ts'
import type { ReadRows, RowFault } from '../../transfer/row.ts'
import { JsonReader } from './json.ts'

/** Reads a JSON file, which has to be an array of objects. Throws UnreadableFile if it is not. */
export function readJsonRows(kind: FileKind, text: string): ReadRows {
  const read: ReadRows = { rows: [], faults: [] }
  for (const { line, value } of new JsonReader(text).elements()) readElement(kind, line, value, read)
  return read
}

function readElement(kind: FileKind, line: number, element: unknown, { rows, faults }: ReadRows): void {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    faults.push({ line, detail: `is not an object. Write one object for each ${kind.kind.noun.one}.` })
    return
  }
  const values: Record<string, unknown> = {}
  const wrong: RowFault[] = []
  for (const [column, value] of Object.entries(element)) {
    const field = kind.fieldNamed(column)
    if (!field) wrong.push({ line, column, detail: `no field has this name. ${kind.known}` })
    else if (Object.hasOwn(values, field.name))
      wrong.push({ line, column, detail: 'is given twice. Remove one of them.' })
    else if (!field.ignored) values[field.name] = value
  }
  if (wrong.length > 0) faults.push(...wrong)
  else rows.push({ line, values })
}
