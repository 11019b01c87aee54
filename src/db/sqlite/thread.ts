import { Worker } from 'node:worker_threads'
import { StorageError } from '../storage-fault.ts'

/** A statement as it goes to a thread. */
export interface Sent {
  readonly sql: string
  readonly values: readonly unknown[]
  /** Whether its rows are the values of its only column. */
  readonly bare: boolean
}

/** What a thread needs to open the database. */
export interface Opening {
  readonly file: string
  readonly readonly: boolean
  readonly pragmas: readonly string[]
  /** How long it waits for a lock, in milliseconds. */
  readonly timeout: number
}

type Answer = { readonly inTransaction: boolean } & (
  | { readonly rows: unknown[][] }
  | { readonly error: { code: string; message: string } }
)

interface Asked {
  resolve(rows: unknown[][]): void
  reject(error: unknown): void
}

/** A thread with a handle of its own: sqlite-thread.mjs runs in it. It is asked one thing after another. */
export class Thread {
  readonly #worker: Worker
  readonly #ended: Promise<void>
  #asked: Asked | undefined
  #failure: StorageError | undefined
  /** Whether a transaction was open behind the last answer. */
  inTransaction = false

  /** @param onEnd is called where it has ended, be it of itself */
  constructor(opening: Opening, onEnd: () => void) {
    this.#worker = new Worker(new URL('./sqlite-thread.mjs', import.meta.url), {
      workerData: opening,
      // Options that are meant for the process would be refused, or load what is of no use here.
      execArgv: [],
    })
    let reason: unknown = 'a thread with a handle of the database has ended'
    this.#worker.on('error', (error) => {
      reason = error
    })
    this.#worker.on('message', (answer: Answer) => this.#settle(answer))
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#failure = new StorageError('busy', reason)
        this.inTransaction = false
        onEnd()
        this.#asked?.reject(this.#failure)
        resolve()
      })
    })
  }

  get isIdle(): boolean {
    return this.#asked === undefined
  }

  /** The rows of each statement. Throws the first error as a handle does; nothing behind it is done. */
  run(statements: readonly Sent[]): Promise<unknown[][]> {
    return this.#ask({ statements, isSnapshot: false })
  }

  /** The rows of each read, all of one snapshot. */
  read(statements: readonly Sent[]): Promise<unknown[][]> {
    return this.#ask({ statements, isSnapshot: true })
  }

  /** Ends it behind what it does. */
  close(): Promise<void> {
    this.#worker.ref()
    this.#worker.postMessage(null)
    return this.#ended
  }

  #ask(task: object): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure)
      this.#worker.postMessage(task)
      this.#asked = { resolve, reject }
      // The process may not end before it has the answer.
      this.#worker.ref()
    })
  }

  #settle(answer: Answer): void {
    const asked = this.#asked
    this.#asked = undefined
    this.#worker.unref()
    this.inTransaction = answer.inTransaction
    if ('rows' in answer) asked?.resolve(answer.rows)
    else asked?.reject(Object.assign(new Error(answer.error.message), answer.error))
  }
}
