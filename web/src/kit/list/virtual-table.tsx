// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ColumnHead } from './column-head.tsx'
import { type Column, TableRow } from './table-row.tsx'
import type { ListWindow } from './use-list-window.ts'
import { useRowWindow } from './use-row-window.ts'
import classes from './virtual-table.module.css'

const ROW_HEIGHT = 46
const CARD_HEIGHT = 72

export interface VirtualTableProps<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  /** The tracks of the columns, as CSS writes them. */
  readonly tracks: string
  readonly list: ListWindow<T>
  /** Rows are cards of two lines. */
  readonly narrow: boolean
  /** Columns that can be sorted by, and the field of each. */
  readonly sorts: Readonly<Record<string, string>>
  readonly sort: string
  onSort(sort: string): void
  onRange(first: number, last: number): void
  /** A key was pressed on a row. */
  onRowKey(row: T, event: KeyboardEvent): void
}

/** A table of any length of which only the rows in sight are drawn. */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, columns, tracks, list, narrow, sorts, sort, onSort, onRange, onRowKey } = props
  const scroll = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const height = narrow ? CARD_HEIGHT : ROW_HEIGHT
  const { rowCount: count, view } = list
  const { range, drawn, show } = useRowWindow(scroll, { count, height, view, kept: active, head })
  const { first, last } = range
  useEffect(() => onRange(first, last), [onRange, first, last])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view starts at its top
  useEffect(() => setActive(0), [view])

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, count - 1))
    setActive(target)
    show(target)
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-row="${target}"]`)?.focus())
  }
  const step = (event: KeyboardEvent): number | undefined => {
    const page = Math.max(1, last - first - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    }
    return steps[event.key]
  }

  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-busy={list.isStale}
      className={classes.table}
      data-narrow={narrow || undefined}
      style={{ '--tracks': tracks } as CSSProperties}
    >
      <div ref={head} role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} tabIndex={-1} className={classes.row}>
          {columns.map(({ id, head: name }) => (
            <ColumnHead key={id} id={id} field={sorts[id]} sort={sort} onSort={onSort} name={name} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.rows} style={{ height: count * height }}>
        {drawn.map((index) => (
          <TableRow
            key={index}
            index={index}
            start={index * height}
            height={height}
            columns={columns}
            row={list.rows[index - list.offset]}
            isActive={index === active}
            onFocus={setActive}
            onKeyDown={(row, event) => {
              const target = step(event)
              if (target === undefined) return onRowKey(row, event)
              event.preventDefault()
              focusRow(target)
            }}
          />
        ))}
      </div>
    </div>
  )
}
