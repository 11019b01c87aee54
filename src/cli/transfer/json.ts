import { UnreadableFile } from '../../transfer/row.ts'

const SPACE = /[ \t\r\n]*/y
const WORD = /-?\d[\d.eE+-]*|true|false|null/y
/** Deeper than any project; a file of a million brackets must not exhaust the stack. */
const MOST_DEPTH = 50

/** JSON with positions: JSON.parse tells neither where an element is nor, for some errors, where it stopped. */
export class JsonReader {
  readonly #text: string
  #at = 0
  #line = 1
  #lineStart = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The elements of the array that the whole text is, each with the line on which it starts. */
  *elements(): Generator<{ line: number; value: unknown }> {
    if (this.#next() !== '[') this.#fail('a JSON file has to be an array of objects: expected [.')
    this.#at++
    if (this.#next() === ']') this.#at++
    else
      do {
        this.#next()
        const line = this.#line
        yield { line, value: this.#value(1) }
      } while (this.#goesOn(']'))
    if (this.#next() !== undefined) this.#fail('something follows the end of the array.')
  }

  #value(depth: number): unknown {
    if (depth > MOST_DEPTH) this.#fail('this is nested too deeply.')
    const next = this.#next()
    if (next === '{') return this.#object(depth)
    if (next === '[') return this.#array(depth)
    return this.#scalar('a value')
  }

  #object(depth: number): unknown {
    const entries: [string, unknown][] = []
    this.#at++
    if (this.#next() === '}') this.#at++
    else
      do {
        if (this.#next() !== '"') this.#fail('expected a name in double quotes.')
        const name = String(this.#scalar('a name'))
        if (this.#next() !== ':') this.#fail('expected : after the name.')
        this.#at++
        entries.push([name, this.#value(depth + 1)])
      } while (this.#goesOn('}'))
    // Unlike assignment, this makes __proto__ a name like any other.
    return Object.fromEntries(entries)
  }

  #array(depth: number): unknown[] {
    const values: unknown[] = []
    this.#at++
    if (this.#next() === ']') this.#at++
    else
      do values.push(this.#value(depth + 1))
      while (this.#goesOn(']'))
    return values
  }

  /** Moves past a comma (true) or the closing bracket (false). */
  #goesOn(close: string): boolean {
    const next = this.#next()
    if (next !== ',' && next !== close) this.#fail(`expected , or ${close}.`)
    this.#at++
    return next === ','
  }

  #scalar(expected: string): unknown {
    const token = this.#text[this.#at] === '"' ? this.#stringToken() : this.#word()
    try {
      const value: unknown = JSON.parse(token)
      this.#at += token.length
      return value
    } catch {
      this.#fail(`expected ${expected}: check the quotes and commas here.`)
    }
  }

  #word(): string {
    WORD.lastIndex = this.#at
    return WORD.exec(this.#text)?.[0] ?? ''
  }

  /** Up to the first quote without an odd number of backslashes before it; empty if there is none. */
  #stringToken(): string {
    for (let end = this.#at; ; ) {
      end = this.#text.indexOf('"', end + 1)
      if (end < 0) return ''
      let slash = end
      while (this.#text[slash - 1] === '\\') slash--
      if ((end - slash) % 2 === 0) return this.#text.slice(this.#at, end + 1)
    }
  }

  /** The next character that is not space; undefined at the end. */
  #next(): string | undefined {
    SPACE.lastIndex = this.#at
    const end = this.#at + (SPACE.exec(this.#text)?.[0].length ?? 0)
    for (; this.#at < end; this.#at++)
      if (this.#text[this.#at] === '\n') {
        this.#line++
        this.#lineStart = this.#at + 1
      }
    return this.#text[this.#at]
  }

  #fail(detail: string): never {
    throw new UnreadableFile([{ line: this.#line, column: this.#at - this.#lineStart + 1, detail }])
  }
}
