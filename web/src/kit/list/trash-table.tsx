import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { useFormat, useText } from '../../i18n/i18n.tsx'
import { Button } from '../parts/button.tsx'
import { BackIcon, RestoreIcon, TrashIcon } from '../parts/icon.tsx'
import page from '../parts/page.module.css'
import { PageHead } from '../parts/page-head.tsx'
import { EmptyState, ErrorState, Lines } from '../parts/states.tsx'
import { useForm } from '../use-width.ts'
import type { Column } from './table-row.tsx'
import { useCellTab } from './table-row.tsx'
import classes from './trash-table.module.css'
import { type ListSource, type ListWindow, useListWindow } from './use-list-window.ts'
import { VirtualTable } from './virtual-table.tsx'

interface Deleted {
  readonly name: string
  readonly note: string
  readonly deletedAt: string | undefined
}

interface TrashTableProps<T extends { id: number }> {
  readonly source: ListSource<T>
  readonly back: { readonly path: string; readonly name: string }
  /** The name of the second column. */
  readonly note: string
  readonly empty: { readonly title: string; readonly hint: string }
  rowOf(object: T): Deleted
  onRestore(object: T): Promise<void>
}

/** What is shown of a deleted object, whatever it is. */
interface TrashRow extends Deleted {
  readonly id: number
  restore(): void
}

const QUERY = { deleted: true, sort: '-updatedAt' }

/** What has been deleted, the latest first. */
export function TrashTable<T extends { id: number }>(props: TrashTableProps<T>) {
  const { source, back, note, empty, rowOf, onRestore } = props
  const { common } = useText()
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const list = useListWindow(source, QUERY, range)
  const rows = useMemo(
    () =>
      list.rows.map((object) => ({
        ...rowOf(object),
        id: object.id,
        restore: () => void onRestore(object),
      })),
    [list.rows, rowOf, onRestore],
  )
  return (
    <NoteName value={note}>
      <PageHead title={common.trash}>
        <Link href={back.path} className={page.link ?? ''}>
          <BackIcon size={16} />
          <span>{back.name}</span>
        </Link>
      </PageHead>
      <Content list={list} rows={rows} empty={empty} onRange={onRange} />
    </NoteName>
  )
}

interface ContentProps {
  readonly list: ListWindow<object>
  readonly rows: readonly TrashRow[]
  readonly empty: { readonly title: string; readonly hint: string }
  onRange(first: number, last: number): void
}

const TRACKS = { wide: 'minmax(0, 3fr) minmax(0, 2fr) 10rem 10rem', card: 'minmax(0, 1fr) auto' }

const noSort = () => {}

function Content({ list, rows, empty, onRange }: ContentProps) {
  const { common } = useText()
  const form = useForm()
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isFirstLoad)
    return (
      <div className={classes.lines}>
        <Lines count={8} />
      </div>
    )
  if (list.rowCount === 0) return <EmptyState icon={<TrashIcon size={24} />} {...empty} />
  return (
    <div className={classes.trash} data-form={form}>
      <VirtualTable
        label={common.trash}
        columns={columns}
        tracks={form === 'card' ? TRACKS.card : TRACKS.wide}
        list={{ ...list, rows }}
        narrow={form === 'card'}
        sorts={{}}
        sort=""
        onSort={noSort}
        onRange={onRange}
        onRowKey={noSort}
      />
    </div>
  )
}

const NoteName = createContext('')
const NameHead = () => useText().projects.name
const NoteHead = () => useContext(NoteName)
const DeletedHead = () => useText().common.deleted
const ActionsHead = () => <span className="hidden-visually">{useText().common.more}</span>
const DeletedAt = ({ at }: { readonly at: string | undefined }) => {
  const format = useFormat()
  return at && format.relative(at)
}

const columns: readonly Column<TrashRow>[] = [
  {
    id: 'name',
    head: <NameHead />,
    cell: (row) => <span className={classes.name}>{row.name}</span>,
  },
  { id: 'note', head: <NoteHead />, cell: (row) => row.note },
  {
    id: 'deleted',
    head: <DeletedHead />,
    cell: (row) => <DeletedAt at={row.deletedAt} />,
  },
  {
    id: 'actions',
    head: <ActionsHead />,
    cell: (row) => <RestoreButton row={row} />,
  },
]

function RestoreButton({ row }: { readonly row: TrashRow }) {
  const { common, projects } = useText()
  return (
    <Button
      size="xs"
      variant="default"
      tabIndex={useCellTab()}
      leftSection={<RestoreIcon size={14} />}
      aria-label={projects.restoreOf(row.name)}
      onClick={row.restore}
    >
      {common.restore}
    </Button>
  )
}
