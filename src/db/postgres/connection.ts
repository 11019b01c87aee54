import type { Connection, RowsOf } from '../open.ts'
import { type Call, compile, isChange, type Query, type Template } from '../query.ts'
import { builder } from './builder.ts'
import { onGoodConnection } from './fault.ts'
import { GatheredReads, isById } from './gathered-reads.ts'
import type { Pool } from './pool.ts'
import type { Session, Statement } from './session.ts'

const templates = new WeakMap<Query<never, unknown>, Template>()

function statementOf(account: number, { query, params }: Call<unknown>): Statement {
  let template = templates.get(query)
  if (!template) {
    template = compile(query, builder)
    templates.set(query, template)
  }
  return {
    sql: template.sql,
    values: template.values(account, params),
    bare: query.bare === true,
    varies: query.varies === true,
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
  return statement.varies ? ((await session.together([statement]))[0] as R[]) : session.run<R>(statement)
}

/** Reads outside of transactions. */
export class PooledConnection implements Connection {
  readonly #pool: Pool
  readonly #noted: (error: unknown) => unknown
  readonly #gathered = new GatheredReads((account, call) => this.all(account, call))

  /** @param noted takes note of an error and gives the one to throw */
  constructor(pool: Pool, noted: (error: unknown) => unknown) {
    this.#pool = pool
    this.#noted = noted
  }

  all<R>(account: number, call: Call<R>): Promise<R[]> {
    const statement = statementOf(account, call)
    return this.#read((session) => runAlone<R>(session, statement))
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    const { query, params } = call
    if (isById(query)) return this.#gathered.first(account, query, (params as { id: number }).id)
    return (await this.all(account, call))[0]
  }

  async together<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
    const { statements, placed } = statementsOf(account, calls)
    const [only, ...others] = statements
    if (!only) return placed([])
    return placed(
      await this.#read(async (session) =>
        others.length > 0 ? session.together(statements) : [await runAlone(session, only)],
      ),
    )
  }

  attempt<T>(): Promise<T> {
    throw new Error('parts belong into a transaction')
  }

  async #read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await onGoodConnection(() => this.#pool.read(work))
    } catch (error) {
      throw this.#noted(error)
    }
  }
}

/** Inside of a transaction. Where an answer is not needed, nobody waits for it. */
export class TransactionConnection implements Connection {
  readonly #session: Session
  /** How many statements so far have changed something, or failed, which takes all before them along. */
  writes = 0

  constructor(session: Session) {
    this.#session = session
  }

  async all<R>(account: number, call: Call<R>): Promise<R[]> {
    return (await this.#run([statementOf(account, call)]))[0] as R[]
  }

  async first<R>(account: number, call: Call<R>): Promise<R | undefined> {
    return (await this.all(account, call))[0]
  }

  async together<C extends readonly (Call<unknown> | undefined)[]>(
    account: number,
    calls: C,
  ): Promise<RowsOf<C>> {
    const { statements, placed } = statementsOf(account, calls)
    return placed(await this.#run(statements))
  }

  async attempt<T>(part: () => Promise<T>): Promise<T> {
    this.#session.send('savepoint part')
    try {
      const result = await part()
      this.#session.send('release part')
      return result
    } catch (error) {
      this.#session.send('rollback to part; release part')
      throw error
    }
  }

  async #run(statements: readonly Statement[]): Promise<unknown[][]> {
    if (statements.some(({ sql }) => isChange(sql))) this.writes++
    try {
      return await Promise.all(statements.map((statement) => this.#session.run<unknown>(statement)))
    } catch (error) {
      this.writes++
      throw error
    }
  }
}
