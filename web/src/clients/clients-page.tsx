import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Client } from '../../../src/sdk/index.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { type ListWindow, useListWindow } from '../kit/list/use-list-window.ts'
import { Button } from '../kit/parts/button.tsx'
import { ClientsIcon, PlusIcon, SearchIcon, TrashIcon } from '../kit/parts/icon.tsx'
import page from '../kit/parts/page.module.css'
import { PageHead } from '../kit/parts/page-head.tsx'
import { SearchField } from '../kit/parts/search-field.tsx'
import { EmptyState, ErrorState } from '../kit/parts/states.tsx'
import { TableSkeleton } from '../kit/parts/table-skeleton.tsx'
import { clientSource } from './client-source.ts'
import { ClientTable } from './client-table.tsx'
import { type ClientControl, queryOf, useClientView } from './client-view.ts'

const ClientPanel = lazy(async () => ({ default: (await import('./client-panel.tsx')).ClientPanel }))

/** All clients. */
export function ClientsPage() {
  const { clients, projects, common } = useText()
  const control = useClientView()
  const { view, change } = control
  const query = useMemo(() => queryOf(view), [view])
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const found = useListWindow(clientSource, query, range)
  // Drawing rows gives way to typing.
  const list = useDeferredValue(found)
  return (
    <>
      <PageHead title={clients.title} note={<Count list={list} />}>
        <Link href="/clients/trash" className={page.link ?? ''}>
          <TrashIcon size={16} />
          <span>{common.trash}</span>
        </Link>
        <Button leftSection={<PlusIcon size={16} />} onClick={() => change({ panel: 'new' })}>
          {clients.new}
        </Button>
      </PageHead>
      <search className={page.tools}>
        <SearchField
          label={clients.search}
          placeholder={projects.searchHint}
          value={view.q}
          onSearch={(q) => change({ q }, { typing: true })}
        />
      </search>
      <Content list={list} control={control} onRange={onRange} />
      <Suspense>
        {view.panel !== '' && (
          <ClientPanel key={view.panel} panel={view.panel} onClose={control.closePanel} />
        )}
      </Suspense>
    </>
  )
}

function Count({ list }: { readonly list: ListWindow<Client> }) {
  const { clients } = useText()
  const format = useFormat()
  if (list.total === undefined) return null
  return list.total === 1 ? clients.countOne : clients.count(format.number(list.total))
}

interface ContentProps {
  readonly list: ListWindow<Client>
  readonly control: ClientControl
  onRange(first: number, last: number): void
}

const Content = memo(function ContentOf({ list, control, onRange }: ContentProps) {
  const { clients, projects } = useText()
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isFirstLoad) return <TableSkeleton />
  if (list.rowCount > 0) return <ClientTable list={list} control={control} onRange={onRange} />
  if (control.view.q !== '')
    return (
      <EmptyState icon={<SearchIcon size={24} />} title={clients.noneFound} hint={projects.noneFoundHint}>
        <Button variant="default" onClick={() => control.change({ q: '' })}>
          {projects.clearFilters}
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={<ClientsIcon size={24} />} title={clients.emptyTitle} hint={clients.emptyHint}>
      <Button onClick={() => control.change({ panel: 'new' })}>{clients.new}</Button>
    </EmptyState>
  )
})
