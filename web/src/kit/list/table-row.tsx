// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, or a control in a cell
import { createContext, type KeyboardEvent, memo, type ReactNode, useContext } from 'react'
import type { Column } from './column.ts'
import classes from './virtual-table.module.css'

/** Whether the row has the place in the tab order; the controls in its cells follow it. */
const ActiveRow = createContext(false)

/** The tabIndex of a control in a cell: with Tab one goes through the row that arrows have gone to, and on. */
export const useCellTab = (): 0 | -1 => (useContext(ActiveRow) ? 0 : -1)

interface TableRowProps<T> {
  readonly index: number
  readonly start: number
  readonly height: number
  readonly columns: readonly Column<T>[]
  /** Undefined while it is loaded. */
  readonly row: T | undefined
  readonly isActive: boolean
  onFocus(index: number): void
  onKeyDown(row: T, event: KeyboardEvent): void
}

/** One row at its place. */
export function TableRow<T>(props: TableRowProps<T>) {
  const { index, start, height, columns, row, isActive, onFocus, onKeyDown } = props
  return (
    <ActiveRow value={isActive}>
      <div
        role="row"
        aria-rowindex={index + 2}
        data-row={index}
        tabIndex={isActive ? 0 : -1}
        className={classes.row}
        style={{ height, transform: `translateY(${start}px)` }}
        onFocus={() => onFocus(index)}
        onKeyDown={(event) => row && onKeyDown(row, event)}
      >
        {row ? <Cells columns={columns} row={row} /> : <EmptyCell />}
      </div>
    </ActiveRow>
  )
}

interface CellsProps<T> {
  readonly columns: readonly Column<T>[]
  readonly row: T
}

function CellsOf<T>({ columns, row }: CellsProps<T>): ReactNode {
  return columns.map(({ id, card, isNumber, cell }) => (
    <div
      key={id}
      role="gridcell"
      className={classes.cell}
      data-card={card}
      data-number={isNumber || undefined}
    >
      {cell(row)}
    </div>
  ))
}

/** Scrolling moves rows: their cells are drawn again for other objects only. */
const Cells = memo(CellsOf) as typeof CellsOf

function EmptyCell() {
  return (
    <div role="gridcell" aria-busy="true" className={classes.cell}>
      <span className={classes.blank} />
    </div>
  )
}
