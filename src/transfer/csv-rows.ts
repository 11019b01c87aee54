import { readDecimal } from '../domain/decimal.ts'
import { type CsvRecord, detectSeparator, readCsv, type Separator } from './csv.ts'
import { unguard } from './csv-guard.ts'
import type { FileKind } from './file-kind.ts'
import { type ReadRows, type RowFault, UnreadableFile } from './row.ts'

const BOOLEANS: Readonly<Record<string, string>> = {
  wahr: 'true',
  falsch: 'false',
  ja: 'true',
  nein: 'false',
  yes: 'true',
  no: 'false',
}

const EXAMPLES = 3
const MOST_LOOKED_AT = 50

/** A value, or why there is none; undefined where the cell leaves the field alone. */
type CellOutcome = { readonly value: unknown } | { readonly detail: string } | undefined

/**
 * Reads a CSV file. Throws UnreadableFile where nothing can be made of it.
 * @param fields the field of each column, undefined for one that is read past; without it the first line names them
 */
export function readCsvRows(
  kind: FileKind,
  text: string,
  fields?: readonly (string | undefined)[],
): ReadRows {
  const separator = detectSeparator(text)
  const records = readCsv(text, separator)
  const header = readFirst(records)
  const columns = fields ?? readHeader(kind, header)
  const read: ReadRows = { rows: [], faults: [] }
  for (const record of records) readRecord(kind, record, columns, separator, read)
  return read
}

/** A column as a file has it. */
export interface CsvColumn {
  readonly name: string
  /** The first cells below that are not empty. */
  readonly examples: readonly string[]
}

/** The columns of a CSV file, for somebody to say what each of them is. Throws UnreadableFile as `readCsvRows`. */
export function readCsvColumns(text: string): CsvColumn[] {
  const records = readCsv(text, detectSeparator(text))
  const { cells } = readFirst(records)
  const columns = cells.map((cell) => ({ name: cell ?? '', examples: [] as string[] }))
  for (let seen = 0; seen < MOST_LOOKED_AT; seen++) {
    const { value } = records.next()
    if (!value) break
    for (const [index, { examples }] of columns.entries()) {
      const cell = value.cells[index]
      if (cell && examples.length < EXAMPLES) examples.push(cell)
    }
  }
  return columns
}

function readFirst(records: Generator<CsvRecord, void>): CsvRecord {
  const { value } = records.next()
  if (!value) throw new UnreadableFile([{ line: 1, detail: 'the file is empty.' }])
  const cells = value.cells.slice(0, value.cells.findLastIndex((cell) => cell !== null) + 1)
  return { line: value.line, cells }
}

/** The field of each column; undefined for one that is read past. */
function readHeader(kind: FileKind, { line, cells }: CsvRecord): (string | undefined)[] {
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const columns = cells.map((cell) => {
    const column = cell ?? ''
    const field = kind.fieldNamed(column)
    if (!field) faults.push({ line, column, detail: `no field has this name. ${kind.known}` })
    else if (seen.has(field.name) && !field.ignored)
      faults.push({ line, column, detail: 'is there twice. Remove one of them.' })
    else seen.add(field.name)
    return field?.ignored ? undefined : field?.name
  })
  for (const name of kind.required.filter((required) => !seen.has(required)))
    faults.push({
      line,
      column: name,
      detail: 'is missing. The first line names the fields, separated by commas, semicolons or tabs.',
    })
  if (faults.length > 0) throw new UnreadableFile(faults)
  return columns
}

function readRecord(
  kind: FileKind,
  { line, cells }: CsvRecord,
  columns: readonly (string | undefined)[],
  separator: Separator,
  { rows, faults }: ReadRows,
): void {
  const surplus = cells.slice(columns.length).some((cell) => cell !== null)
  if (surplus || cells.length < columns.length) {
    const detail = `has ${cells.length} cells, but the first line names ${columns.length}. Check its separators and quotes.`
    faults.push({ line, detail })
    return
  }
  const values: Record<string, unknown> = {}
  const before = faults.length
  for (const [index, name] of columns.entries()) {
    const outcome = name === undefined ? undefined : readCell(kind, name, cells[index] ?? null, separator)
    if (!outcome || name === undefined) continue
    if ('value' in outcome) values[name] = outcome.value
    else faults.push({ line, column: name, detail: outcome.detail })
  }
  if (faults.length === before) rows.push({ line, values })
}

function readCell(kind: FileKind, name: string, cell: string | null, separator: Separator): CellOutcome {
  const type = kind.fields.get(name)
  if (type === 'text' && cell !== null) return { value: unguard(cell) }
  const text = cell?.trim() ?? ''
  if (text === '') return type === 'boolean' || kind.required.includes(name) ? undefined : { value: null }
  if (type === 'number') return readNumber(text, separator)
  const word = text.toLowerCase()
  return { value: BOOLEANS[word] ?? word }
}

/** What is not a number in any notation is left to the check of the row. */
function readNumber(text: string, separator: Separator): CellOutcome {
  const read = readDecimal(text, separator !== ',')
  if (read === 'comma')
    return { detail: 'a decimal comma is read only where the separator is not a comma. Write a point.' }
  if (read === 'groups')
    return {
      detail: `${text} can be read in two ways. Write no thousands separators, and decimals with a comma.`,
    }
  return { value: read.text }
}
