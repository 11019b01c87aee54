import type { Connection, RowsOf } from '../connection.ts'
import { type Call, compile, type Query, type Template } from '../query.ts'
import { RowCounts } from '../row-counts.ts'
import { builder } from './builder.ts'
import { onGoodConnection } from './fault.ts'
import { GatheredReads, isById } from './gathered-reads.ts'
import type { Pool } from './pool.ts'
import type { Session, Statement } from './session.ts'
import type { SlowReads } from './slow-reads.ts'

const templates = new WeakMap<Query<never, unknown>, Template>()

/** A statement and what its template tells. */
interface Compiled extends Statement, Pick<Template, 'changes' | 'answers'> {}

function statementOf(account: number, { query, params }: Call<unknown>): Compiled {
  let template = templates.get(query)
  if (!template) {
    template = compile(query, builder)
    templates.set(query, template)
  }
  const { sql, changes, answers } = template
  return {
    sql,
    changes,
    answers,
    values: template.values(account, params),
    bare: query.bare === true,
    replanned: query.replanned === true,
  }
}

/** What a list of calls is once those that are left out are gone, and its rows with those in their places. */
function statementsOf(account: number, calls: readonly (Call<unknown> | undefined)[]) {
  const statements = calls.flatMap((call) => (call ? [statementOf(account, call)] : []))
  const placed = <C>(rows: unknown[][]) => {
    let next = 0
    return calls.map((call) => (call ? (rows[next++] ?? []) : [])) as C
  }
  return { statements, placed }
}

async function runAlone<R>(session: Session, statement: Statement): Promise<R[]> {
  return statement.replanned ? ((await session.snapshot([statement]))[0] as R[]) : session.run<R>(statement)
}

/** The ways of reads outside of transactions. */
interface Ways {
  readonly pool: Pool
  readonly slow: SlowReads
  /** Takes note of an error and gives the one to throw. */
  noted(error: unknown): unknown
}

/** Reads outside of transactions. */
export class PooledConnection implements Connection {
  readonly #ways: Ways
  readonly #rowCounts = new RowCounts(this)
  readonly #gathered = new GatheredReads((account, call) => this.all(account, call))

  constructor(ways: Ways) {
    this.#ways = ways
  }

  all<R>(account: number, call: Call<R>): Promise<R[]> {
    const statement = statementOf(account, call)
    return this.#read(account, [call], (session) => runAlone<R>(session, statement))
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    const { query, params } = call
    if (isById(query)) return this.#gathered.first(account, query, (params as { id: number }).id)
    return (await this.all(account, call))[0]
  }

  async snapshot<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
    const { statements, placed } = statementsOf(account, calls)
    const [only, ...others] = statements
    if (!only) return placed([])
    return placed(
      await this.#read(account, calls, async (session) =>
        others.length > 0 ? session.snapshot(statements) : [await runAlone(session, only)],
      ),
    )
  }

  attempt<T>(): Promise<T> {
    throw new Error('a part needs a transaction')
  }

  async #read<T>(
    account: number,
    calls: readonly (Call<unknown> | undefined)[],
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { pool, slow, noted } = this.#ways
    const isLong = calls.some((call) => call?.scans) && (await this.#rowCounts.areMany(account, calls))
    try {
      return await onGoodConnection(() => (isLong ? slow.run(account, work) : pool.read(work)))
    } catch (error) {
      throw noted(error)
    }
  }
}

/** Inside of a transaction. Nobody waits for a change that answers nothing: the next answer is behind it. */
export class TransactionConnection implements Connection {
  readonly #session: Session
  /** How many statements so far have changed something, or failed, which takes all before them along. */
  writes = 0
  readonly #onTheWay = new Set<Promise<unknown>>()
  /** The first error since the transaction, or its open part, began. Those after it tell only that there was one. */
  #failure: { readonly error: unknown } | undefined

  constructor(session: Session) {
    this.#session = session
  }

  async all<R>(account: number, call: Call<R>): Promise<R[]> {
    const statement = statementOf(account, call)
    if (statement.answers) return (await this.#run([statement]))[0] as R[]
    this.writes++
    const sent = this.#session.run(statement).catch((error) => this.#fail(error))
    this.#onTheWay.add(sent)
    void sent.then(() => this.#onTheWay.delete(sent))
    return []
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    return (await this.all(account, call))[0]
  }

  async snapshot<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
    const { statements, placed } = statementsOf(account, calls)
    return placed(await this.#run(statements))
  }

  async attempt<T>(part: () => Promise<T>): Promise<T> {
    await this.settle()
    this.#session.send('savepoint part')
    try {
      const result = await part()
      await this.settle()
      this.#session.send('release part')
      return result
    } catch (error) {
      await Promise.all(this.#onTheWay)
      this.#session.send('rollback to part; release part')
      this.#failure = undefined
      throw error
    }
  }

  /** Waits for what is on its way; throws the first error. */
  async settle(): Promise<void> {
    await Promise.all(this.#onTheWay)
    if (this.#failure) throw this.#failure.error
  }

  async #run(statements: readonly Compiled[]): Promise<unknown[][]> {
    if (statements.some(({ changes }) => changes)) this.writes++
    try {
      return await Promise.all(statements.map((statement) => this.#session.run<unknown>(statement)))
    } catch (error) {
      this.#fail(error)
      throw this.#failure?.error
    }
  }

  #fail(error: unknown): void {
    this.writes++
    this.#failure ??= { error }
  }
}
