/** A byte order mark, by which spreadsheets know that the text is UTF-8. */
const MARK = '\u{feff}'

/** Gives the reader a CSV file. */
export function downloadCsv(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([MARK, ...parts], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export const today = (): string => new Date().toISOString().slice(0, 10)
