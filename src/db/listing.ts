import { type Expression, type ExpressionBuilder, expressionBuilder, type SqlBool, sql } from 'kysely'
import { fold } from './fold.ts'
import { type Builder, type Param, type Query, query } from './query.ts'
import { unindexed } from './sql.ts'
import type { Tables } from './tables.ts'

/** A column to sort by, in its direction. It is never null. */
export interface SortColumn {
  readonly column: string
  readonly descending: boolean
}

/** A row of a list: its text, and its place in the order as `place0`, `place1`, … */
export type ListRow = { readonly wire: string } & Readonly<Record<`place${number}`, string | number>>

/** What narrows a list: the SQL for the value that a filter is given. */
export type Filters = Readonly<
  Record<string, (context: FilterContext, param: Param<Values>) => Expression<SqlBool>>
>

interface FilterContext {
  readonly builder: Builder
  readonly eb: ExpressionBuilder<Tables, 'clients' | 'projects'>
}

/** Values whose types are the schema's to check; `never` fits every column. */
type Values = Record<string, never>

export type ListValues = Readonly<Record<string, string | number>>

interface Statements {
  /** Values: those of the filters; `after0`, `after1`, … where it goes on from a place; `take` and `skip`. */
  readonly rows: Query<ListValues, ListRow>
  readonly count: Query<ListValues, { total: number }>
}

const MOST_SHAPES = 500

/**
 * The statements of one resource's list. Each combination of filters and order is built once and kept, the
 * oldest dropped when there are very many.
 */
export class Listing {
  readonly #table: 'clients' | 'projects'
  readonly #filters: Filters
  readonly #folded: ReadonlySet<string>
  readonly #shapes = new Map<string, Statements>()

  /** @param folded the filters whose value is compared by fold */
  constructor(table: 'clients' | 'projects', filters: Filters, folded: readonly string[]) {
    this.#table = table
    this.#filters = filters
    this.#folded = new Set(folded)
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

  /**
   * @param filters the names of the filters that have a value
   * @param order ends with the id, so that it is total
   * @param goesOn whether it starts after a place instead of at the first row
   * @param areFew whether the filters leave so few rows that they are better sorted than found in order
   */
  statements(
    filters: readonly string[],
    order: readonly SortColumn[],
    goesOn: boolean,
    trash: boolean,
    areFew: boolean,
  ): Statements {
    const shape = `${filters.join()}|${order.map(({ column, descending }) => (descending ? '-' : '') + column).join()}|${goesOn}|${trash}|${areFew}`
    let statements = this.#shapes.get(shape)
    if (!statements) {
      statements = this.#build(filters, order, goesOn, trash, areFew)
      const [oldest] = this.#shapes.keys()
      if (this.#shapes.size >= MOST_SHAPES && oldest !== undefined) this.#shapes.delete(oldest)
      this.#shapes.set(shape, statements)
    }
    return statements
  }

  #build(
    filters: readonly string[],
    order: readonly SortColumn[],
    goesOn: boolean,
    trash: boolean,
    areFew: boolean,
  ): Statements {
    const matching = (builder: Builder, param: Param<Values>) => {
      let rows = builder
        .selectFrom(this.#table)
        .where('account_id', '=', param('account'))
        .where('deleted_at', trash ? 'is not' : 'is', null)
      for (const name of filters) {
        const filter = this.#filters[name]
        if (filter) rows = rows.where(filter({ builder, eb: expressionBuilder() }, param))
      }
      return rows
    }
    return {
      rows: query((builder, param: Param<Values>) => {
        let rows = matching(builder, param).select('wire')
        order.forEach(({ column, descending }, index) => {
          rows = rows
            .select(sql.ref<string | number>(column).as(`place${index}`))
            .orderBy(areFew ? unindexed(column) : sql.ref(column), descending ? 'desc' : 'asc')
        })
        if (goesOn) rows = rows.where(isAfter(order, param))
        return rows.limit(param('take')).offset(param('skip'))
      }) as Query<never, unknown> as Query<ListValues, ListRow>,
      count: query((builder, param: Param<Values>) =>
        matching(builder, param).select((eb) => eb.fn.countAll<number>().as('total')),
      ) as Query<never, unknown> as Query<ListValues, { total: number }>,
    }
  }
}

/**
 * Whether a row comes after a place: for the order a, b, id and the place (x, y, z) it is
 * `a > x or (a = x and b > y) or (a = x and b = y and id > z)`, with `a >= x` in front for an index to use.
 */
function isAfter(order: readonly SortColumn[], param: Param<Values>): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, never>()
  const compare = ({ column, descending }: SortColumn, index: number, inclusive: boolean) =>
    eb(sql.ref(column), `${descending ? '<' : '>'}${inclusive ? '=' : ''}` as '<=', param(`after${index}`))
  const alternatives = order.map((last, index) =>
    eb.and([
      ...order.slice(0, index).map(({ column }, before) => eb(sql.ref(column), '=', param(`after${before}`))),
      compare(last, index, false),
    ]),
  )
  const [first] = order
  return first && order.length > 1
    ? eb.and([compare(first, 0, true), eb.or(alternatives)])
    : eb.or(alternatives)
}
