import type { Project } from '../sdk/index.ts'
import { guard } from './csv-guard.ts'

const COLUMNS = [
  'id',
  'projectName',
  'clientName',
  'projectEnabled',
  'notes',
  'hourRate',
  'timeEstimated',
  'budgetEstimated',
  'createdAt',
  'updatedAt',
] as const satisfies (keyof Project)[]

export const csvHeader = `${COLUMNS.join(',')}\r\n`

export const csvLine = (project: Project): string => csvRecord(COLUMNS.map((column) => project[column]))

type Cell = string | number | boolean | null

export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`

/** Null is an empty cell, an empty text is "", so that both come back as they were. */
function cellOf(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return decimal(value)
  if (typeof value === 'boolean') return String(value)
  const text = guard(value)
  return text === '' || /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The API reads no exponents, and its numbers have one only where they are tiny. */
function decimal(value: number): string {
  const [, digits = '', zeros] = /^([\d.]+)e-(\d+)$/.exec(String(value)) ?? []
  return zeros === undefined ? String(value) : `0.${'0'.repeat(Number(zeros) - 1)}${digits.replace('.', '')}`
}
