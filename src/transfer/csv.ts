import { UnreadableFile } from './row.ts'

/** A record of a CSV file. A cell that is empty and not in quotes is null. */
export interface CsvRecord {
  readonly line: number
  readonly cells: (string | null)[]
}

export type Separator = ',' | ';' | '\t'

const BARE = { ',': /[^,"\r\n]*/y, ';': /[^;"\r\n]*/y, '\t': /[^\t"\r\n]*/y }

/** A first line is not longer than this; a file that has no lines at all is not looked through. */
const MOST_HEADER = 10_000

/** The separator that the first line has most of, outside quotes. */
export function detectSeparator(text: string): Separator {
  const header = (/^(?:"[^"]*"|[^"\r\n])*/.exec(text.slice(0, MOST_HEADER))?.[0] ?? '').replace(
    /"[^"]*"/g,
    '',
  )
  const count = (separator: string) => header.split(separator).length
  const separators: readonly Separator[] = [',', ';', '\t']
  return separators.reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** Reads RFC 4180, with any line ends; blank records are left out. Throws UnreadableFile where quotes do not fit. */
export function* readCsv(text: string, separator: Separator): Generator<CsvRecord, void> {
  const reader = new CsvReader(text, separator)
  while (!reader.atEnd) {
    const record = reader.record()
    if (record.cells.some((cell) => cell !== null)) yield record
  }
}

class CsvReader {
  readonly #text: string
  readonly #separator: Separator
  #at = 0
  #line = 1
  #lineStart = 0

  constructor(text: string, separator: Separator) {
    this.#text = text
    this.#separator = separator
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  record(): CsvRecord {
    const line = this.#line
    const cells = [this.#cell()]
    while (this.#text[this.#at] === this.#separator) {
      this.#at++
      cells.push(this.#cell())
    }
    if (!this.atEnd) this.#newLine()
    return { line, cells }
  }

  #cell(): string | null {
    if (this.#text[this.#at] === '"') return this.#quoted()
    const bare = BARE[this.#separator]
    bare.lastIndex = this.#at
    const cell = bare.exec(this.#text)?.[0] ?? ''
    this.#at += cell.length
    if (this.#text[this.#at] === '"')
      this.#fail('a quote inside a cell. Put the whole cell in quotes, and write each quote in it twice.')
    return cell === '' ? null : cell
  }

  #quoted(): string {
    let cell = ''
    for (let from = this.#at + 1; ; ) {
      const quote = this.#text.indexOf('"', from)
      if (quote < 0) this.#fail('the quote that opens here is never closed.')
      cell += this.#text.slice(from, quote)
      from = quote + 2
      if (this.#text[quote + 1] !== '"') break
      cell += '"'
    }
    this.#skipQuoted(cell)
    const next = this.#text[this.#at]
    if (next !== undefined && next !== this.#separator && next !== '\r' && next !== '\n')
      this.#fail('text behind a closing quote. Write each quote inside a cell twice.')
    return cell
  }

  /** Goes behind the closing quote, counting the lines inside. */
  #skipQuoted(cell: string): void {
    const start = this.#at
    const length = cell.length + cell.split('"').length + 1
    if (/[\r\n]/.test(cell)) {
      const raw = this.#text.slice(start, start + length)
      for (const { 0: newLine, index } of raw.matchAll(/\r\n|\r|\n/g)) {
        this.#line++
        this.#lineStart = start + index + newLine.length
      }
    }
    this.#at = start + length
  }

  #newLine(): void {
    this.#at += this.#text.startsWith('\r\n', this.#at) ? 2 : 1
    this.#line++
    this.#lineStart = this.#at
  }

  #fail(detail: string): never {
    throw new UnreadableFile([{ line: this.#line, column: this.#at - this.#lineStart + 1, detail }])
  }
}
