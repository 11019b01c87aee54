/** What one row of a file says, by the API's field names. */
export interface Row {
  /** The line of the file on which it starts, from 1. */
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
}

/** Why a row, or the file, is refused. */
export interface RowFault {
  readonly line: number
  /** The name of a field, or the number of a character in the line. */
  readonly column?: string | number
  readonly detail: string
  /** The line that names the same object, where the file names it twice. */
  readonly sameAs?: number
  /** The error's code in the API, where it has one. */
  readonly code?: number
}

export interface ReadRows {
  readonly rows: Row[]
  readonly faults: RowFault[]
}

/** A file that cannot be read as rows at all. */
export class UnreadableFile extends Error {
  readonly faults: readonly RowFault[]

  constructor(faults: readonly RowFault[]) {
    super(faults.map(faultText).join('\n'))
    this.faults = faults
  }
}

export const faultText = ({ line, column, detail }: RowFault): string =>
  `line ${line}${column === undefined ? '' : `, column ${shown(column)}`}: ${detail}`

/** A name comes from the file, which may be anything: no control characters for the terminal, and an end. */
const shown = (column: string | number) =>
  String(column)
    .slice(0, 100)
    .replace(/\p{Cc}/gu, '?')
