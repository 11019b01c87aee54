import type { ReactNode } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Toggle } from '../parts/toggle.tsx'
import type { Row } from '../resource.ts'
import classes from './cells.module.css'
import type { Column } from './column.ts'
import { useListActions } from './row-actions.ts'
import { RowLink } from './row-link.tsx'
import { useCellTab } from './table-row.tsx'

interface CellProps {
  readonly row: Row
  readonly name: string
  readonly isOn: boolean
}

interface NameCellProps extends CellProps {
  /** Where the name leads; without it, it opens the panel. */
  readonly path: string | undefined
  readonly title: string | undefined
}

export function NameCell({ row, name, isOn, path, title }: NameCellProps) {
  const { edit } = useListActions()
  const tab = useCellTab()
  if (path !== undefined)
    return (
      <RowLink path={path} tabIndex={tab} title={title} className={classes.name} isOff={!isOn}>
        {name}
      </RowLink>
    )
  return (
    <button
      type="button"
      tabIndex={tab}
      className={classes.name}
      data-off={isOn ? undefined : ''}
      onClick={() => edit(row)}
    >
      {name}
    </button>
  )
}

export function EnabledCell({ row, name, isOn }: CellProps) {
  const { list } = useText()
  const { setEnabled } = useListActions()
  return (
    <Toggle
      label={list.enabledOf(name)}
      on={isOn}
      tabIndex={useCellTab()}
      onChange={(on) => setEnabled(row, on)}
    />
  )
}

export function ActionsCell({ row, name }: Omit<CellProps, 'isOn'>) {
  const { list } = useText()
  const { edit, remove } = useListActions()
  const tab = useCellTab()
  return (
    <span className={classes.actions}>
      <IconButton label={list.editOf(name)} tabIndex={tab} onClick={() => edit(row)}>
        <Icon name="edit" />
      </IconButton>
      <IconButton label={list.deleteOf(name)} tabIndex={tab} onClick={() => remove(row)}>
        <Icon name="trash" />
      </IconButton>
    </span>
  )
}

/** A column of its own kind, but for what its cells show. */
type ColumnOf<T, V> = Omit<Column<T>, 'cell' | 'isNumber'> & { of(row: T): V }

/** A column of texts, of which what has no room is cut off. */
export const textColumn = <T,>({ of, ...column }: ColumnOf<T, ReactNode>): Column<T> => ({
  ...column,
  cell: (row) => <span className={classes.note}>{of(row)}</span>,
})

/** A column of numbers, as they are to be read; null where there is none. */
export const numberColumn = <T,>({ of, ...column }: ColumnOf<T, string | null>): Column<T> => ({
  ...column,
  isNumber: true,
  cell(row) {
    const text = of(row)
    return (
      <span className={classes.number} data-empty={text === null || undefined}>
        {text ?? '–'}
      </span>
    )
  },
})
