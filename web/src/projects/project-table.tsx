import { type KeyboardEvent, useMemo, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Project } from '../../../src/sdk/index.ts'
import { useText } from '../i18n/i18n.tsx'
import type { ListWindow } from '../kit/list/use-list-window.ts'
import { VirtualTable } from '../kit/list/virtual-table.tsx'
import { type Form, useForm } from '../kit/use-width.ts'
import { useProjectChanges } from './project-changes.ts'
import { projectColumns, RowActionsProvider } from './project-columns.tsx'
import classes from './project-table.module.css'
import type { ViewControl } from './project-view.ts'

const projectTracks: Readonly<Record<Form, string>> = {
  wide: 'minmax(12rem, 5fr) minmax(9rem, 4fr) 7rem 7.5rem 5.5rem 8rem 5rem 5rem',
  medium: 'minmax(11rem, 5fr) minmax(8rem, 4fr) 7rem 7rem 5rem 5rem',
  card: 'minmax(0, 1fr) auto 5rem',
}

const sorts = {
  name: 'projectName',
  client: 'clientName',
  time: 'timeEstimated',
  budget: 'budgetEstimated',
  rate: 'hourRate',
  updated: 'updatedAt',
}

interface ProjectTableProps {
  readonly list: ListWindow<Project>
  readonly control: ViewControl
  onRange(first: number, last: number): void
}

export function ProjectTable({ list, control: { view, change }, onRange }: ProjectTableProps) {
  const { projects } = useText()
  const form = useForm()
  const changes = useProjectChanges()
  const [, go] = useLocation()
  // The cells of all rows hang on it: a search is no reason to draw them anew.
  const latest = useRef(change)
  latest.current = change
  const actions = useMemo(
    () => ({ ...changes, edit: ({ id }: Project) => latest.current({ panel: String(id) }) }),
    [changes],
  )
  const onRowKey = (project: Project, event: KeyboardEvent) => {
    // Keys that are pressed on a control in the row are the control's.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') go(`/projects/${project.id}`, { state: { fromList: true } })
    if (event.key === 'e' || event.key === 'E') actions.edit(project)
    if (event.key === 'Delete') void actions.remove(project)
  }
  return (
    <RowActionsProvider value={actions}>
      <div className={classes.grid} data-form={form}>
        <VirtualTable
          label={projects.title}
          columns={projectColumns}
          tracks={projectTracks[form]}
          list={list}
          narrow={form === 'card'}
          sorts={sorts}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
          onRange={onRange}
          onRowKey={onRowKey}
        />
      </div>
      <p className="hidden-visually">{projects.keys}</p>
    </RowActionsProvider>
  )
}
