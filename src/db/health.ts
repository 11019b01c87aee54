import { storageFault } from './sql.ts'
import type { StorageFault } from './storage-fault.ts'

/** How long after a failure the storage is tried, again and again until it works. */
const TRY_AGAIN_MS = 1_000

/** Faults of a moment, a page or a right, and not of the whole storage. */
const ofStatement: ReadonlySet<StorageFault> = new Set(['busy', 'damaged', 'forbidden'])

/**
 * Knows whether the storage works. After a failure it finds out by itself when the cause has gone, so that this is
 * known also where nobody sends a change.
 */
export class Health {
  readonly #checkFile: () => void
  readonly #tryChange: () => Promise<void>
  #trouble: unknown
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #listener: (trouble: unknown) => void = () => {}

  /** @param tryChange a change that leaves everything as it is, and has to become durable */
  constructor(checkFile: () => void, tryChange: () => Promise<void>) {
    this.#checkFile = checkFile
    this.#tryChange = tryChange
  }

  /** The listener is told when trouble begins and, with undefined, when it is over. */
  watch(listener: (trouble: unknown) => void): void {
    this.#listener = listener
  }

  /** The error that the storage has now; undefined where it works. */
  check(): unknown {
    try {
      this.#checkFile()
    } catch (error) {
      this.report(error)
    }
    return this.#trouble
  }

  /** Takes note of an error where it is one of the whole storage. */
  report(error: unknown): void {
    const fault = storageFault(error)
    if (fault === undefined || ofStatement.has(fault)) return
    const isKnown = fault === storageFault(this.#trouble)
    this.#trouble = error
    this.#tryLater()
    if (!isKnown) this.#listener(error)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #tryLater(): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => this.#tryAgain(), TRY_AGAIN_MS).unref()
  }

  async #tryAgain(): Promise<void> {
    try {
      await this.#tryChange()
      this.#trouble = undefined
      this.#listener(undefined)
    } catch {
      // It has been reported.
    }
    this.#timer = undefined
    if (this.#trouble !== undefined) this.#tryLater()
  }
}
