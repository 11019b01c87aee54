// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ColumnHead } from './column-head.tsx'
import { TableRow } from './table-row.tsx'
import type { ListWindow } from './use-list-window.ts'
import classes from './virtual-table.module.css'

/** The server sorts, filters and pages: the table's own part is its columns. */
const features = tableFeatures({})
export type Features = typeof features
export type Column<T extends object> = ColumnDef<Features, T, unknown>

const ROW_HEIGHT = 46
const CARD_HEIGHT = 72

export interface VirtualTableProps<T extends { id: number }> {
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
export function VirtualTable<T extends { id: number }>(props: VirtualTableProps<T>) {
  const { label, columns, tracks, list, narrow, sorts, sort, onSort, onRange, onRowKey } = props
  const scroll = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const height = narrow ? CARD_HEIGHT : ROW_HEIGHT
  const virtualizer = useVirtualizer({
    count: list.rowCount,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 10,
    useFlushSync: false,
    // The row that has the focus stays, or the focus would be lost.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      return shown.includes(active) || active >= range.count
        ? shown
        : [...shown, active].sort((a, b) => a - b)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what has to be measured anew
  useEffect(() => virtualizer.measure(), [height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view starts at its top
  useEffect(() => {
    scroll.current?.scrollTo({ top: 0 })
    setActive(0)
  }, [list.view])

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {}
  useEffect(() => onRange(startIndex, endIndex), [onRange, startIndex, endIndex])

  const table = useTable<Features, T>({
    features,
    columns,
    data: list.rows,
    getRowId: ({ id }) => String(id),
  })
  const rows = table.getRowModel().rows

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, list.rowCount - 1))
    setActive(target)
    virtualizer.scrollToIndex(target)
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-row="${target}"]`)?.focus())
  }
  const step = (event: KeyboardEvent): number | undefined => {
    const page = Math.max(1, endIndex - startIndex - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: list.rowCount - 1,
    }
    return steps[event.key]
  }

  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={label}
      aria-rowcount={list.rowCount + 1}
      aria-busy={list.isStale}
      className={classes.table}
      data-narrow={narrow || undefined}
      style={{ '--tracks': tracks } as CSSProperties}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} tabIndex={-1} className={classes.row}>
          {table
            .getHeaderGroups()
            .flatMap(({ headers }) =>
              headers.map((header) => (
                <ColumnHead
                  key={header.id}
                  id={header.id}
                  field={sorts[header.id]}
                  sort={sort}
                  onSort={onSort}
                  name={<table.FlexRender header={header} />}
                />
              )),
            )}
        </div>
      </div>
      <div role="rowgroup" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <TableRow
            key={index}
            index={index}
            start={start}
            height={height}
            row={rows[index - list.offset]}
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
