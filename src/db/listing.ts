import { type Expression, type ExpressionBuilder, expressionBuilder, type SqlBool, sql } from 'kysely'
import { fold } from '../domain/fold.ts'
import { type Builder, bareQuery, type Param, type Query, query } from './query.ts'
import { withoutIndex } from './sql.ts'
import { hasGrams } from './sqlite/grams.ts'
import type { ObjectTable, Tables } from './tables.ts'

/** A column to sort by, in its direction. It is never null. */
export interface SortColumn {
  readonly column: string
  readonly descending: boolean
}

/** A row of a list: its text, with its place in the order as `place0`, `place1`, … where that is not its id. */
export type ListRow =
  | string
  | ({ readonly wire: string } & Readonly<Record<`place${number}`, string | number>>)

/** What narrows a list: the SQL for the value that a filter is given. */
export type Filters = Readonly<
  Record<string, (context: FilterContext, param: Param<Values>) => Expression<SqlBool>>
>

interface FilterContext {
  readonly builder: Builder
  readonly eb: ExpressionBuilder<Tables, ObjectTable>
}

/** Values whose types are the schema's to check; `never` fits every column. */
type Values = Record<string, never>

export type ListValues = Readonly<Record<string, string | number>>

/** Filters that leave out only rows which the others leave out anyway, for a quicker way to the same page. */
export interface Shortcut {
  readonly filters: ListValues
  /** Rows that those filters may miss are found by these; only where it streams. */
  readonly beside?: ListValues
}

/** What tells the statements of one list from those of another. */
export interface Shape {
  /** The names of the filters that have a value. */
  readonly filters: readonly string[]
  /** Ends with the id, so that it is total. */
  readonly order: readonly SortColumn[]
  /** Whether it starts after a place instead of at the first row. */
  readonly goesOn: boolean
  /** Whether rows are skipped. */
  readonly skips: boolean
  readonly trash: boolean
}

/** A filter of SQLite, whose own index gives the rows one by one in the order of their ids, and that only as needed. */
const STREAM = 'grams'
const stream: Filters[string] = (_, param) => hasGrams(param('account'), param('grams'), param('gramsAfter'))

interface Statements {
  /** Values: those of the filters; `after0`, `after1`, … where it goes on from a place; `take` and `skip`. */
  readonly rows: Query<ListValues, ListRow>
  readonly count: Query<ListValues, { total: number }>
}

type Refer = (column: string) => Expression<string | number>

const MOST_SHAPES = 500

/**
 * The statements of one resource's list. Each combination of filters and order is built once and kept, the
 * oldest dropped when there are very many.
 */
export class Listing {
  readonly #table: ObjectTable
  readonly #filters: Filters
  readonly #folded: ReadonlySet<string>
  readonly #inNameIndex: ReadonlySet<string>
  readonly #shapes = new Map<string, Statements>()

  /**
   * @param folded the filters whose value is compared by fold
   * @param inNameIndex the filters for which the index in the order of names has all they need
   */
  constructor(
    table: ObjectTable,
    filters: Filters,
    { folded, inNameIndex }: { folded: readonly string[]; inNameIndex: readonly string[] },
  ) {
    this.#table = table
    this.#filters = filters
    this.#folded = new Set(folded)
    this.#inNameIndex = new Set(inNameIndex)
  }

  /** The values of those filters that a query has, as the statements take them. */
  valuesOf(query: Readonly<Record<string, unknown>>): ListValues {
    const values: Record<string, string | number> = {}
    for (const name in this.#filters) {
      const sent = query[name]
      if (sent === undefined) continue
      values[name] = this.#folded.has(name)
        ? fold(String(sent))
        : typeof sent === 'boolean'
          ? Number(sent)
          : (sent as string)
    }
    return values
  }

  statements(shape: Shape): Statements {
    const { filters, order, goesOn, skips, trash } = shape
    const columns = order.map(({ column, descending }) => (descending ? '-' : '') + column)
    const name = `${filters.join()}|${columns.join()}|${goesOn}|${skips}|${trash}`
    let statements = this.#shapes.get(name)
    if (!statements) {
      statements = this.#build(shape)
      const [oldest] = this.#shapes.keys()
      if (this.#shapes.size >= MOST_SHAPES && oldest !== undefined) this.#shapes.delete(oldest)
      this.#shapes.set(name, statements)
    }
    return statements
  }

  /**
   * Whether an index is good for an order. Where a filter has to look at the rows and leaves few of them, going
   * through them in any order but that of their ids takes twenty times longer than to sort what is left.
   */
  #hasIndex(filters: readonly string[], [first]: readonly SortColumn[]): boolean {
    if (filters.length === 0 || first?.column === 'id') return true
    return first?.column === 'name_sort' && filters.every((name) => this.#inNameIndex.has(name))
  }

  #build({ filters, order, goesOn, skips, trash }: Shape): Statements {
    const streams = filters.includes(STREAM)
    const hasIndex = this.#hasIndex(filters, order)
    const ofAccount = (builder: Builder, param: Param<Values>) =>
      builder.selectFrom(this.#table).where('account_id', '=', param('account'))
    const streamed = (builder: Builder, param: Param<Values>) =>
      builder
        .selectFrom('project_grams')
        .crossJoin('projects')
        .where('account_id', '=', param('account')) as unknown as ReturnType<typeof ofAccount>
    const matching = (builder: Builder, param: Param<Values>) => {
      let rows = (streams ? streamed : ofAccount)(builder, param).where(
        'deleted_at',
        trash ? 'is not' : 'is',
        null,
      )
      for (const name of filters) {
        const filter = name === STREAM ? stream : this.#filters[name]
        if (filter) rows = rows.where(filter({ builder, eb: expressionBuilder() }, param))
      }
      return rows
    }
    const byId = order.every(({ column }) => column === 'id')
    const replanned = filters.length > 0 || trash || skips || !byId
    const ordered = <Q extends ReturnType<typeof matching>>(rows: Q, by: Refer): Q => {
      if (streams) return rows.orderBy(sql.ref('rowid')) as Q
      const add = (sorted: Q, { column, descending }: SortColumn) =>
        sorted.orderBy(by(column), descending ? 'desc' : 'asc') as Q
      return order.reduce(add, rows)
    }
    const rows = (builder: Builder, param: Param<Values>) => {
      const alone: Refer = (column) => withoutIndex(builder, column)
      const refer: Refer = hasIndex ? sql.ref<string | number> : alone
      const kept = matching(builder, param).$if(goesOn, (all) => all.where(isAfter(order, refer, param)))
      const cut = ordered(kept, refer).limit(param('take')).offset(param('skip'))
      // Rows are skipped, searched and sorted without their texts, in an index alone where one has it all.
      const withText = () => ordered(ofAccount(builder, param).where('id', 'in', cut.select('id')), alone)
      const page = skips || !byId ? withText() : cut
      const places = order.map(({ column }, index) => sql.ref<string | number>(column).as(`place${index}`))
      return byId ? page.select('wire') : page.select(['wire', ...places])
    }
    return {
      rows: (byId ? bareQuery(rows, replanned) : query(rows, replanned)) as Query<never, unknown> as Query<
        ListValues,
        ListRow
      >,
      count: query(
        (builder, param: Param<Values>) =>
          matching(builder, param).select((eb) => eb.fn.countAll<number>().as('total')),
        true,
      ) as Query<never, unknown> as Query<ListValues, { total: number }>,
    }
  }
}

/**
 * Whether a row comes after a place: for the order a, b, id and the place (x, y, z) it is
 * `a > x or (a = x and b > y) or (a = x and b = y and id > z)`, with `a >= x` in front for an index to use.
 */
function isAfter(order: readonly SortColumn[], refer: Refer, param: Param<Values>): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, never>()
  const compare = ({ column, descending }: SortColumn, index: number, inclusive: boolean) =>
    eb(refer(column), `${descending ? '<' : '>'}${inclusive ? '=' : ''}` as '<=', param(`after${index}`))
  const alternatives = order.map((last, index) =>
    eb.and([
      ...order.slice(0, index).map(({ column }, before) => eb(refer(column), '=', param(`after${before}`))),
      compare(last, index, false),
    ]),
  )
  const [first] = order
  return first && order.length > 1
    ? eb.and([compare(first, 0, true), eb.or(alternatives)])
    : eb.or(alternatives)
}
