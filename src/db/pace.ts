/** How long a change works on before others have a turn of the event loop. */
const MOST_MS = 4

/** Divides long work, so that requests which come meanwhile are answered in between. */
export class Pace {
  #since = performance.now()
  #pause: Promise<void> | undefined

  /** The event loop has just turned. */
  begin(): void {
    this.#since = performance.now()
  }

  /** The pause to wait for before the work goes on, where it is time for one. */
  due(): Promise<void> | undefined {
    if (this.#pause || performance.now() - this.#since < MOST_MS) return this.#pause
    this.#pause = new Promise<void>((resolve) => {
      setImmediate(() => {
        this.#pause = undefined
        this.begin()
        resolve()
      })
    })
    return this.#pause
  }
}
