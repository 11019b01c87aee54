import { Worker } from 'node:worker_threads'
import { StorageError } from '../storage-fault.ts'

/** A read as it goes to a thread. */
export interface SlowRead {
  readonly sql: string
  readonly values: readonly unknown[]
  /** Whether its rows are the values of its only column. */
  readonly bare: boolean
}

/** What a thread needs to open the database. */
export interface Opening {
  readonly file: string
  readonly pragmas: readonly string[]
  /** How long it waits for a lock, in milliseconds. */
  readonly timeout: number
}

type Answer = { readonly rows: unknown[][] } | { readonly error: { code: string; message: string } }

interface Asked {
  resolve(rows: unknown[][]): void
  reject(error: unknown): void
}

/** A thread with a handle of its own that reads; sqlite-reader.mjs runs in it. */
export class ReaderThread {
  readonly #worker: Worker
  readonly #ended: Promise<void>
  #asked: Asked | undefined

  /** @param onEnd is called where it has ended, be it of itself */
  constructor(opening: Opening, onEnd: () => void) {
    this.#worker = new Worker(new URL('./sqlite-reader.mjs', import.meta.url), {
      workerData: opening,
      // Options that are meant for the process would be refused, or load what is of no use here.
      execArgv: [],
    })
    let failure: unknown = 'a thread that reads has ended'
    this.#worker.on('error', (error) => {
      failure = error
    })
    this.#worker.on('message', (answer: Answer) => this.#settle(answer))
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        onEnd()
        this.#asked?.reject(new StorageError('busy', failure))
        resolve()
      })
    })
  }

  get isIdle(): boolean {
    return this.#asked === undefined
  }

  /** The rows of each read, all of one snapshot. */
  ask(reads: readonly SlowRead[]): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject }
      // The process may not end before it has the answer.
      this.#worker.ref()
      this.#worker.postMessage(reads)
    })
  }

  /** Ends it behind what it reads. */
  close(): Promise<void> {
    this.#worker.ref()
    this.#worker.postMessage(null)
    return this.#ended
  }

  #settle(answer: Answer): void {
    const asked = this.#asked
    this.#asked = undefined
    this.#worker.unref()
    if ('rows' in answer) asked?.resolve(answer.rows)
    else asked?.reject(Object.assign(new Error(answer.error.message), answer.error))
  }
}
