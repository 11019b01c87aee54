// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot have rows that are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, or a control in a cell
import type { ReactNode } from 'react'
import { DownIcon, UpIcon } from '../parts/icon.tsx'
import classes from './virtual-table.module.css'

interface ColumnHeadProps {
  readonly id: string
  readonly name: ReactNode
  /** The field to sort by; undefined where the column is not sorted by. */
  readonly field: string | undefined
  /** The field that the list is sorted by now, with - in front where it descends. */
  readonly sort: string
  onSort(sort: string): void
}

/** The head of a column: pressed, it sorts by it, then the other way round, then not any more. */
export function ColumnHead({ id, name, field, sort, onSort }: ColumnHeadProps) {
  const up = field !== undefined && sort === field
  const down = field !== undefined && sort === `-${field}`
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-column={id}
      aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
    >
      {field === undefined ? (
        <span className={classes.title}>{name}</span>
      ) : (
        <button
          type="button"
          className={classes.sorter}
          onClick={() => onSort(up ? `-${field}` : down ? '' : field)}
        >
          {name}
          {up && <UpIcon size={14} />}
          {down && <DownIcon size={14} />}
        </button>
      )}
    </div>
  )
}
