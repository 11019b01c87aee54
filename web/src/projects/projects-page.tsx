import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Project } from '../../../src/sdk/index.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { type ListWindow, useListWindow } from '../kit/list/use-list-window.ts'
import { Button, ButtonLink } from '../kit/parts/button.tsx'
import { PlusIcon, ProjectsIcon, SearchIcon, TrashIcon } from '../kit/parts/icon.tsx'
import page from '../kit/parts/page.module.css'
import { PageHead } from '../kit/parts/page-head.tsx'
import { EmptyState, ErrorState } from '../kit/parts/states.tsx'
import { TableSkeleton } from '../kit/parts/table-skeleton.tsx'
import { ExportButton } from '../transfer/export-button.tsx'
import { ProjectFilters } from './project-filters.tsx'
import { queryOf } from './project-query.ts'
import { projectSource } from './project-source.ts'
import { ProjectTable } from './project-table.tsx'
import { isFiltered, useProjectView, type ViewControl } from './project-view.ts'

const ProjectPanel = lazy(async () => ({ default: (await import('./project-panel.tsx')).ProjectPanel }))

/** All projects: found, filtered, sorted, changed in place. */
export function ProjectsPage() {
  const { projects, common } = useText()
  const control = useProjectView()
  const { view, change } = control
  const query = useMemo(() => queryOf(view), [view])
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const found = useListWindow(projectSource, query, range)
  // Drawing rows gives way to typing.
  const list = useDeferredValue(found)
  return (
    <>
      <PageHead title={projects.title} note={<Count list={list} />}>
        <Link href="/projects/trash" className={page.link ?? ''}>
          <TrashIcon size={16} />
          <span>{common.trash}</span>
        </Link>
        <ExportButton query={query} />
        <Button leftSection={<PlusIcon size={16} />} onClick={() => change({ panel: 'new' })}>
          {projects.new}
        </Button>
      </PageHead>
      <ProjectFilters control={control} />
      <Content list={list} control={control} onRange={onRange} />
      <Suspense>
        {view.panel !== '' && (
          <ProjectPanel key={view.panel} panel={view.panel} onClose={control.closePanel} />
        )}
      </Suspense>
    </>
  )
}

function Count({ list }: { readonly list: ListWindow<Project> }) {
  const { projects } = useText()
  const format = useFormat()
  if (list.total === undefined) return null
  return list.total === 1 ? projects.countOne : projects.count(format.number(list.total))
}

interface ContentProps {
  readonly list: ListWindow<Project>
  readonly control: ViewControl
  onRange(first: number, last: number): void
}

const Content = memo(function ContentOf({ list, control, onRange }: ContentProps) {
  const { projects } = useText()
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isFirstLoad) return <TableSkeleton />
  if (list.rowCount > 0) return <ProjectTable list={list} control={control} onRange={onRange} />
  if (isFiltered(control.view))
    return (
      <EmptyState icon={<SearchIcon size={24} />} title={projects.noneFound} hint={projects.noneFoundHint}>
        <Button variant="default" onClick={control.clear}>
          {projects.clearFilters}
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={<ProjectsIcon size={24} />} title={projects.emptyTitle} hint={projects.emptyHint}>
      <Button onClick={() => control.change({ panel: 'new' })}>{projects.new}</Button>
      <ButtonLink variant="default" href="/import">
        {projects.importHint}
      </ButtonLink>
    </EmptyState>
  )
})
