import { memo, type ReactNode } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Button } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { EmptyState, ErrorState } from '../parts/states.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import type { AnyResource, ResourceText, Row } from '../resource.ts'
import type { Column } from './column.ts'
import { ListTable } from './list-table.tsx'
import type { ListWindow } from './use-list-window.ts'
import type { ViewControl } from './use-view.ts'

interface ListContentProps<T extends Row> {
  readonly resource: AnyResource & { readonly firstSort: string }
  readonly text: ResourceText
  readonly icon: IconName
  readonly pathOf: ((row: T) => string) | undefined
  readonly columns: readonly Column<T>[]
  readonly list: ListWindow<T>
  readonly control: ViewControl<never>
  readonly start: ReactNode
  onRange(first: number, last: number): void
}

function Content<T extends Row>(props: ListContentProps<T>) {
  const { resource, text, icon, pathOf, columns, list, control, start, onRange } = props
  const texts = useText()
  const { view, isFiltered, change, clear } = control
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isFirstLoad) return <TableSkeleton />
  if (list.rowCount > 0)
    return (
      <ListTable
        resource={resource}
        label={text.title}
        columns={columns}
        list={list}
        sort={view.sort || resource.firstSort}
        pathOf={pathOf}
        onSort={(sort) => change({ sort })}
        onEdit={(id) => change({ panel: String(id) })}
        onRange={onRange}
      />
    )
  if (isFiltered)
    return (
      <EmptyState
        icon={<Icon name="search" size={24} />}
        title={text.noneFound}
        hint={texts.list.noneFoundHint}
      >
        <Button variant="default" onClick={clear}>
          {texts.list.clear}
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={<Icon name={icon} size={24} />} title={text.emptyTitle} hint={text.emptyHint}>
      <Button onClick={() => change({ panel: 'new' })}>{text.new}</Button>
      {start}
    </EmptyState>
  )
}

/** The rows of a list, or why there are none. */
export const ListContent = memo(Content) as typeof Content
