import type { Connection, RowsOf } from '../connection.ts'
import type { Call } from '../query.ts'
import type { Transaction } from '../queue.ts'
import { sentOf, templateOf } from './template.ts'
import { type Opening, type Sent, Thread } from './thread.ts'

/** Changes that go to the thread together. */
const MOST_HELD = 100

const command = (sql: string): Sent => ({ sql, values: [], bare: false })

const BEGIN = command('begin immediate')
const COMMIT = command('commit')
const ROLLBACK = command('rollback')
const SAVEPOINT = command('savepoint part')
const RELEASE = command('release part')
const UNDO = command('rollback to part')

/** Runs changes that take long in a thread: neither their statements nor their commit hold up others. */
export class LongChanges {
  readonly #opening: Opening
  readonly #committed: () => void
  #thread: Thread | undefined

  /** @param committed is called behind each commit */
  constructor(opening: Opening, committed: () => void) {
    this.#opening = opening
    this.#committed = committed
  }

  async begin(): Promise<Transaction> {
    this.#thread ??= new Thread(this.#opening, () => {
      this.#thread = undefined
    })
    const thread = this.#thread
    if (thread.inTransaction) await thread.run([ROLLBACK])
    await thread.run([BEGIN])
    return new ThreadTransaction(thread, this.#committed)
  }

  async close(): Promise<void> {
    await this.#thread?.close()
  }
}

class ThreadTransaction implements Transaction {
  readonly connection: ThreadConnection
  readonly #thread: Thread
  readonly #committed: () => void

  constructor(thread: Thread, committed: () => void) {
    this.connection = new ThreadConnection(thread)
    this.#thread = thread
    this.#committed = committed
  }

  async commit(): Promise<void> {
    await this.connection.settle()
    await this.#thread.run([COMMIT])
    this.#committed()
  }

  async rollback(): Promise<void> {
    if (this.#thread.inTransaction) await this.#thread.run([ROLLBACK])
  }

  isEndedBy(): boolean {
    return !this.#thread.inTransaction
  }
}

/** Inside of a transaction in a thread. Nobody waits for a change that answers nothing: it goes along with the next question. */
class ThreadConnection implements Connection {
  /** How many statements so far change something. */
  writes = 0
  readonly #thread: Thread
  #held: Sent[] = []
  #last: Promise<unknown> = Promise.resolve()
  /** The first error since the transaction, or its open part, began. */
  #failure: { readonly error: unknown } | undefined

  constructor(thread: Thread) {
    this.#thread = thread
  }

  async all<R>(account: number, call: Call<R>): Promise<R[]> {
    const { changes, answers } = templateOf(call.query)
    if (changes) this.writes++
    if (answers) return (await this.#run([sentOf(account, call)]))[0] as R[]
    this.#held.push(sentOf(account, call))
    if (this.#held.length >= MOST_HELD) await this.settle()
    return []
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    return (await this.all(account, call))[0]
  }

  async snapshot<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
    const rows = await this.#run(calls.flatMap((call) => (call ? [sentOf(account, call)] : [])))
    return calls.map((call) => (call ? rows.shift() : [])) as RowsOf<C>
  }

  async attempt<T>(part: () => Promise<T>): Promise<T> {
    this.#held.push(SAVEPOINT)
    try {
      const result = await part()
      await this.settle()
      this.#held.push(RELEASE)
      return result
    } catch (error) {
      await this.#undoPart()
      throw error
    }
  }

  /** Sends what is held; throws the first error. */
  async settle(): Promise<void> {
    await this.#run([])
  }

  /** Where a part cannot be taken back, the whole transaction goes. */
  async #undoPart(): Promise<void> {
    const begin = this.#held.indexOf(SAVEPOINT)
    if (begin >= 0) {
      this.#held.length = begin
      return
    }
    this.#held = []
    this.#failure = undefined
    if (this.#thread.inTransaction) await this.#run([UNDO, RELEASE])
  }

  /** Sends statements behind what is held, when all before them is done. */
  #run(statements: readonly Sent[]): Promise<unknown[][]> {
    const sent = [...this.#held, ...statements]
    this.#held = []
    const rows = this.#last.then(() => this.#send(sent))
    this.#last = rows.catch(() => {})
    return rows.then((all) => all.slice(sent.length - statements.length))
  }

  async #send(statements: readonly Sent[]): Promise<unknown[][]> {
    if (this.#failure) throw this.#failure.error
    try {
      return statements.length > 0 ? await this.#thread.run(statements) : []
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }
}
