import { type Expression, type ExpressionBuilder, expressionBuilder, type SqlBool, sql } from 'kysely'
import { fold } from '../domain/fold.ts'
import type { Candidates, Finder, Wanted } from './candidates.ts'
import { type Builder, bareQuery, type Param, type Query, query } from './query.ts'
import type { Scope } from './scope.ts'
import { isAmong, withoutIndex } from './sql.ts'
import { type Counter, type ObjectTable, type Tables, tables } from './tables.ts'

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
  /** Whether few rows are looked at, since others were left out before. */
  readonly narrowed: boolean
  readonly eb: ExpressionBuilder<Tables, ObjectTable>
}

/** Values whose types are the schema's to check; `never` fits every column. */
type Values = Record<string, never>

export type ListValues = Readonly<Record<string, string | number>>

/** What tells the statements of one list from those of another. */
export interface Shape {
  /** The names of the filters that have a value. */
  readonly filters: readonly string[]
  /** Whether only rows of a given list of ids are looked at, as the value `among`. */
  readonly narrowed: boolean
  /** Ends with the id, so that it is total. */
  readonly order: readonly SortColumn[]
  /** Whether it starts after a place instead of at the first row. */
  readonly goesOn: boolean
  /** Whether rows are skipped. */
  readonly skips: boolean
  readonly trash: boolean
}

/** Leaves only rows whose ids are in a JSON array. */
const AMONG = 'among'
const among: Filters[string] = ({ builder }, param) => isAmong(builder, 'id', param(AMONG))

interface Statements {
  /** Values: those of the filters; `after0`, `after1`, … where it goes on from a place; `take` and `skip`. */
  readonly rows: Query<ListValues, ListRow>
  readonly count: Query<ListValues, { total: number }>
}

/** What a list knows of its table. */
interface Properties {
  /** The filters whose value is compared by fold. */
  readonly folded: readonly string[]
  /** The columns in whose order an index has the rows that are not deleted, and no others. */
  readonly indexed: readonly string[]
  /** The filters for which the index in the order of names has all they need. */
  readonly inNameIndex: readonly string[]
  /** The indexes that know where rows with the value of a filter are, the best first. */
  readonly finders: Readonly<Record<string, Finder>>
}

type Refer = (column: string) => Expression<string | number>

const MOST_SHAPES = 500

/**
 * The statements of one resource's list. Each combination of filters and order is built once and kept, the
 * oldest dropped when there are very many.
 */
export class Listing {
  /** Numbers the rows. */
  readonly counter: Counter
  readonly #table: ObjectTable
  readonly #filters: Filters
  readonly #folded: ReadonlySet<string>
  readonly #indexed: ReadonlySet<string>
  readonly #inNameIndex: ReadonlySet<string>
  readonly #finders: Readonly<Record<string, Finder>>
  readonly #shapes = new Map<string, Statements>()

  constructor(table: ObjectTable, filters: Filters, { folded, indexed, inNameIndex, finders }: Properties) {
    this.counter = tables[table].entity
    this.#table = table
    this.#filters = filters
    this.#folded = new Set(folded)
    this.#indexed = new Set(indexed)
    this.#inNameIndex = new Set(inNameIndex)
    this.#finders = finders
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

  /** What one of the indexes says about the values of the filters; undefined where all rows are to be looked at. */
  async find(scope: Scope, values: ListValues, wanted: Wanted): Promise<Candidates | undefined> {
    for (const [name, find] of Object.entries(this.#finders)) {
      const value = values[name]
      const found = value === undefined ? undefined : await find(scope, String(value), wanted)
      if (found) return found
    }
    return undefined
  }

  /** Whether an index has the rows of a page one behind the other: no other row is looked at. */
  hasRun({ filters, order: [first], trash }: Pick<Shape, 'filters' | 'order' | 'trash'>): boolean {
    return filters.length === 0 && !trash && first !== undefined && this.#indexed.has(first.column)
  }

  statements(shape: Shape): Statements {
    const { filters, narrowed, order, goesOn, skips, trash } = shape
    const columns = order.map(({ column, descending }) => (descending ? '-' : '') + column)
    const name = `${filters.join()}|${narrowed}|${columns.join()}|${goesOn}|${skips}|${trash}`
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

  #build({ filters: named, narrowed, order, goesOn, skips, trash }: Shape): Statements {
    const filters = [...named.flatMap((name) => this.#filters[name] ?? []), ...(narrowed ? [among] : [])]
    const hasIndex = this.#hasIndex(narrowed ? [...named, AMONG] : named, order)
    const ofAccount = (builder: Builder, param: Param<Values>) =>
      builder.selectFrom(this.#table).where('account_id', '=', param('account'))
    const matching = (builder: Builder, param: Param<Values>) => {
      let rows = ofAccount(builder, param).where('deleted_at', trash ? 'is not' : 'is', null)
      for (const filter of filters)
        rows = rows.where(filter({ builder, narrowed, eb: expressionBuilder() }, param))
      return rows
    }
    const byId = order.every(({ column }) => column === 'id')
    const replanned = named.length > 0 || trash || skips || !byId
    const ordered = <Q extends ReturnType<typeof matching>>(rows: Q, by: Refer): Q => {
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
