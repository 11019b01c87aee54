const WIDTH = 30
const BETWEEN_MS = 1_000

/** A progress bar on a terminal, drawn at most once a second; without a terminal it draws nothing. */
export class Progress {
  readonly #stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>
  #drawn = Number.NEGATIVE_INFINITY

  constructor(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) {
    this.#stream = stream
  }

  show(label: string, done: number, total: number): void {
    if (!this.#stream.isTTY || total === 0) return
    const now = performance.now()
    if (now - this.#drawn < BETWEEN_MS) return
    this.#drawn = now
    const part = Math.min(done / total, 1)
    const bar = '#'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '-')
    const numbers = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
    this.#stream.write(`\r\u001b[K${label} [${bar}] ${Math.floor(part * 100)} % ${numbers}`)
  }

  /** Removes the bar, so that lines can follow. */
  end(): void {
    if (this.#drawn > 0) this.#stream.write('\r\u001b[K')
  }
}
