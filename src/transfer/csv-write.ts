import { decimalText } from '../domain/decimal.ts'
import { guard } from './csv-guard.ts'
import type { FileKind } from './file-kind.ts'

export const csvHeader = ({ columns }: FileKind): string => csvRecord(columns)

export const csvLine = ({ columns }: FileKind, object: object): string =>
  csvRecord(columns.map((column) => object[column as keyof object] as Cell))

type Cell = string | number | boolean | null

export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`

/** Null is an empty cell, an empty text is "", so that both come back as they were. */
function cellOf(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return decimalText(value)
  if (typeof value === 'boolean') return String(value)
  const text = guard(value)
  return text === '' || /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
