import { type KeyboardEvent, useMemo, useRef } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { appPath } from '../../api/place.ts'
import { useText } from '../../i18n/i18n.tsx'
import { type AnyResource, isEnabled, nameOf, type Row } from '../resource.ts'
import { ActionsCell, EnabledCell, NameCell } from './cells.tsx'
import type { Column } from './column.ts'
import { ListActionsProvider, useRowActions } from './row-actions.ts'
import type { ListWindow } from './use-list-window.ts'
import { VirtualTable } from './virtual-table.tsx'

/** What a list shows of each object. It has to stay the same while the language does. */
export interface ListLook<T extends Row> {
  /** Between the name and the switch. */
  readonly columns: readonly Column<T>[]
  /** Where a name leads, and what is there; without it, a name opens the panel. */
  readonly pathOf?: (row: T) => string
  readonly titleOf?: (name: string) => string
}

/** All columns of a list. */
export function useColumns<T extends Row>(
  resource: AnyResource,
  { columns, pathOf, titleOf }: ListLook<T>,
): readonly Column<T>[] {
  const { common } = useText()
  return useMemo(() => {
    const about = (row: T) => ({ row, name: nameOf(resource, row), isOn: isEnabled(resource, row) })
    return [
      {
        id: 'name',
        head: common.name,
        sort: resource.fields.name,
        width: 'minmax(11rem, 5fr)',
        card: 'title',
        cell: (row) => (
          <NameCell {...about(row)} path={pathOf?.(row)} title={titleOf?.(nameOf(resource, row))} />
        ),
      },
      ...columns,
      {
        id: 'enabled',
        head: common.enabled,
        width: '5rem',
        card: 'switch',
        cell: (row) => <EnabledCell {...about(row)} />,
      },
      {
        id: 'actions',
        head: common.more,
        isHeadHidden: true,
        width: '5rem',
        card: 'actions',
        cell: (row) => <ActionsCell {...about(row)} />,
      },
    ]
  }, [resource, columns, pathOf, titleOf, common])
}

interface ListTableProps<T extends Row> {
  readonly resource: AnyResource
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly list: ListWindow<T>
  readonly sort: string
  /** Where Enter leads on a row; without it, it edits. */
  readonly pathOf: ((row: T) => string) | undefined
  onSort(sort: string): void
  onEdit(id: number): void
  onRange(first: number, last: number): void
}

/** The objects of a list, each with its switch and what can be done to it. */
export function ListTable<T extends Row>(props: ListTableProps<T>) {
  const { resource, label, columns, list, sort, pathOf, onSort, onEdit, onRange } = props
  const texts = useText()
  const rowActions = useRowActions(resource)
  // The cells of all rows hang on it: a search is no reason to draw them again.
  const latest = useRef(onEdit)
  latest.current = onEdit
  const actions = useMemo(() => ({ ...rowActions, edit: ({ id }: Row) => latest.current(id) }), [rowActions])
  const onRowKey = (row: T, event: KeyboardEvent) => {
    // Keys that are pressed on a control in the row are the control's.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (key === 'Enter' && pathOf) navigate(appPath + pathOf(row), { state: { fromList: true } })
    else if (key === 'Enter' || key === 'e' || key === 'E') actions.edit(row)
    else if (key === 'Delete') actions.remove(row)
  }
  return (
    <ListActionsProvider value={actions}>
      <VirtualTable
        label={label}
        columns={columns}
        list={list}
        sort={sort}
        onSort={onSort}
        onRange={onRange}
        onRowKey={onRowKey}
      />
      <p className="hidden-visually">{texts.list.keys}</p>
    </ListActionsProvider>
  )
}
