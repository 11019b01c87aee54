// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useWidth } from '../use-width.ts'
import type { Column } from './column.ts'
import { ColumnHead } from './column-head.tsx'
import { TableRow } from './table-row.tsx'
import type { ListWindow } from './use-list-window.ts'
import { useRowWindow } from './use-row-window.ts'
import classes from './virtual-table.module.css'

const ROW_HEIGHT = 46
const CARD_HEIGHT = 72

interface VirtualTableProps<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly list: ListWindow<T>
  readonly sort: string
  onSort(sort: string): void
  onRange(first: number, last: number): void
  /** A key was pressed on a row. */
  onRowKey(row: T, event: KeyboardEvent): void
}

const CARD_TRACKS = 'minmax(0, 1fr) auto auto'

/** The columns that there is room for. */
function useShown<T>(columns: readonly Column<T>[]) {
  const width = useWidth()
  return useMemo(() => {
    const isNarrow = width === 'narrow'
    const shown = columns.filter(({ card, isExtra }) => (isNarrow ? card : width === 'wide' || !isExtra))
    const tracks = isNarrow ? CARD_TRACKS : shown.map((column) => column.width).join(' ')
    return { isNarrow, shown, tracks }
  }, [columns, width])
}

/** A table of any length of which only the rows in sight are drawn; on a phone they are cards of two lines. */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, columns, list, sort, onSort, onRange, onRowKey } = props
  const scroll = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const { isNarrow, shown, tracks } = useShown(columns)
  const { rowCount: count, view } = list
  const [wanted, setActive] = useState(0)
  // The last rows may have gone.
  const active = Math.max(0, Math.min(wanted, count - 1))
  const height = isNarrow ? CARD_HEIGHT : ROW_HEIGHT
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
      data-narrow={isNarrow || undefined}
      style={{ '--tracks': tracks } as CSSProperties}
    >
      <div ref={head} role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} tabIndex={-1} className={classes.row}>
          {shown.map((column) => (
            <ColumnHead key={column.id} column={column} sort={sort} onSort={onSort} />
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
            columns={shown}
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
