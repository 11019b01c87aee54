// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, or a control in a cell
import { createContext, type KeyboardEvent, memo, type ReactNode, useContext } from 'react'
import classes from './virtual-table.module.css'

export interface Column<T> {
  readonly id: string
  readonly head: ReactNode
  cell(row: T): ReactNode
}

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
  return columns.map(({ id, cell }) => (
    <div key={id} role="gridcell" className={classes.cell} data-column={id}>
      {cell(row)}
    </div>
  ))
}

/** Scrolling moves rows: their cells are drawn anew for new objects only. */
const Cells = memo(CellsOf) as typeof CellsOf

function EmptyCell() {
  return (
    <div role="gridcell" aria-busy="true" className={classes.cell}>
      <span className={classes.blank} />
    </div>
  )
}
