import { useCallback, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { useFormat, useText } from '../../i18n/i18n.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import page from '../parts/page.module.css'
import { PageHead } from '../parts/page-head.tsx'
import { EmptyState, ErrorState } from '../parts/states.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { type AnyResource, nameOf, type Row } from '../resource.ts'
import classes from './cells.module.css'
import { textColumn } from './cells.tsx'
import type { Column } from './column.ts'
import type { ListSource } from './first-page.ts'
import { useRowActions } from './row-actions.ts'
import { useCellTab } from './table-row.tsx'
import { useListWindow } from './use-list-window.ts'
import { VirtualTable } from './virtual-table.tsx'

interface TrashPageProps<T extends Row> {
  readonly resource: AnyResource & ListSource<T>
  readonly text: { readonly title: string; readonly trashHint: string }
  /** What tells objects of one name apart. */
  readonly note: { readonly head: string; of(row: T): string | null }
}

const QUERY = { deleted: true, sort: '-updatedAt' }
const noSort = () => {}

/** What has been deleted, the latest first, and the way back. */
export function TrashPage<T extends Row>({ resource, text, note }: TrashPageProps<T>) {
  const { common } = useText()
  const columns = useTrashColumns(resource, note)
  return (
    <>
      <PageHead title={common.trash}>
        <Link href={`/${resource.name}`} className={page.link ?? ''}>
          <Icon name="back" size={16} />
          <span>{text.title}</span>
        </Link>
      </PageHead>
      <Content resource={resource} columns={columns} hint={text.trashHint} />
    </>
  )
}

interface ContentProps<T extends Row> {
  readonly resource: ListSource<T>
  readonly columns: readonly Column<T>[]
  readonly hint: string
}

function Content<T extends Row>({ resource, columns, hint }: ContentProps<T>) {
  const texts = useText()
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const list = useListWindow(resource, QUERY, range)
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isFirstLoad) return <TableSkeleton />
  if (list.rowCount === 0)
    return <EmptyState icon={<Icon name="trash" size={24} />} title={texts.list.trashEmpty} hint={hint} />
  return (
    <VirtualTable
      label={texts.common.trash}
      columns={columns}
      list={list}
      sort=""
      onSort={noSort}
      onRange={onRange}
      onRowKey={noSort}
    />
  )
}

function useTrashColumns<T extends Row>(
  resource: AnyResource,
  { head, of }: TrashPageProps<T>['note'],
): readonly Column<T>[] {
  const { common } = useText()
  const format = useFormat()
  const { restore } = useRowActions(resource)
  return useMemo(
    () => [
      {
        id: 'name',
        head: common.name,
        width: 'minmax(0, 3fr)',
        card: 'title',
        cell: (row) => <span className={classes.plainName}>{nameOf(resource, row)}</span>,
      },
      textColumn({ id: 'note', head, width: 'minmax(0, 2fr)', card: 'note', of }),
      textColumn({
        id: 'deleted',
        head: common.deleted,
        width: '10rem',
        of: ({ deletedAt }) => deletedAt && format.relative(deletedAt),
      }),
      {
        id: 'actions',
        head: common.more,
        isHeadHidden: true,
        width: '12rem',
        card: 'side',
        cell: (row) => <RestoreButton name={nameOf(resource, row)} onRestore={() => restore(row)} />,
      },
    ],
    [resource, head, of, common, format, restore],
  )
}

function RestoreButton({ name, onRestore }: { readonly name: string; onRestore(): void }) {
  const { common, list } = useText()
  return (
    <span className={classes.actions}>
      <Button
        size="xs"
        variant="default"
        tabIndex={useCellTab()}
        leftSection={<Icon name="restore" size={14} />}
        aria-label={list.restoreOf(name)}
        onClick={onRestore}
      >
        {common.restore}
      </Button>
    </span>
  )
}
