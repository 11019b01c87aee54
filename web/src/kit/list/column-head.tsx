// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, or a control in a cell
import { Icon } from '../parts/icon.tsx'
import type { Column } from './column.ts'
import classes from './virtual-table.module.css'

interface ColumnHeadProps {
  readonly column: Omit<Column<never>, 'cell'>
  /** The field that the list is sorted by now, with - in front where it descends. */
  readonly sort: string
  onSort(sort: string): void
}

/** The head of a column: pressed, it sorts by it, then the other way round, then not any more. */
export function ColumnHead({ column, sort, onSort }: ColumnHeadProps) {
  const { head, isHeadHidden, isNumber, sort: field } = column
  const up = field !== undefined && sort === field
  const down = field !== undefined && sort === `-${field}`
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-number={isNumber || undefined}
      aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
    >
      {field === undefined ? (
        <span className={isHeadHidden ? 'hidden-visually' : classes.title}>{head}</span>
      ) : (
        <button
          type="button"
          className={classes.sorter}
          onClick={() => onSort(up ? `-${field}` : down ? '' : field)}
        >
          {head}
          {up && <Icon name="up" size={14} />}
          {down && <Icon name="down" size={14} />}
        </button>
      )}
    </div>
  )
}
