import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { type Project, TimeTrackError } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { BackIcon, EditIcon, RestoreIcon, SearchIcon, TrashIcon } from '../kit/parts/icon.tsx'
import page from '../kit/parts/page.module.css'
import { closePanel, openedHere } from '../kit/parts/panel-place.ts'
import { EmptyState, ErrorState, Lines } from '../kit/parts/states.tsx'
import { Toggle } from '../kit/parts/toggle.tsx'
import { useProjectChanges } from './project-changes.ts'
import { ProjectHistory } from './project-history.tsx'
import { ProjectNumbers } from './project-numbers.tsx'
import classes from './project-page.module.css'

const ProjectPanel = lazy(async () => ({ default: (await import('./project-panel.tsx')).ProjectPanel }))

/** One project: its numbers, its notes, and what has happened to it. */
export function ProjectPage({ id }: { readonly id: number }) {
  const { projects } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['project', id],
    queryFn: async ({ signal }) => (await api.projects.get(id, { signal })).data,
  })
  return (
    <div className={classes.page}>
      <Link href="/projects" className={page.link ?? ''} onClick={goBack}>
        <BackIcon size={16} />
        {projects.back}
      </Link>
      {error ? (
        <Failure error={error} id={id} onRetry={() => void refetch()} />
      ) : data ? (
        <Loaded project={data} />
      ) : (
        <Lines count={8} />
      )}
    </div>
  )
}

/** The list as it was left, with its search and place, where the reader comes from there. */
function goBack(event: { preventDefault(): void }) {
  if (!history.state?.fromList) return
  event.preventDefault()
  history.back()
}

const DELETED = 13020

function Failure({
  error,
  id,
  onRetry,
}: {
  readonly error: Error
  readonly id: number
  readonly onRetry: () => void
}) {
  const { projects, common } = useText()
  const { restore } = useProjectChanges()
  if (!(error instanceof TimeTrackError) || error.status !== 404)
    return <ErrorState error={error} onRetry={onRetry} />
  if (error.code !== DELETED)
    return (
      <EmptyState
        isPage
        icon={<SearchIcon size={24} />}
        title={projects.missing}
        hint={projects.missingHint}
      />
    )
  return (
    <>
      <EmptyState isPage icon={<TrashIcon size={24} />} title={projects.gone} hint={projects.goneHint}>
        <Button
          leftSection={<RestoreIcon size={16} />}
          onClick={() => void restore({ id, projectName: `#${id}` })}
        >
          {common.restore}
        </Button>
      </EmptyState>
      <ProjectHistory id={id} />
    </>
  )
}

function Loaded({ project }: { readonly project: Project }) {
  const { projects, common } = useText()
  const format = useFormat()
  const changes = useProjectChanges()
  const [path, go] = useLocation()
  const editing = new URLSearchParams(useSearch()).get('panel') === 'edit'
  const { id, projectName, clientName, projectEnabled, notes, createdAt, updatedAt } = project
  return (
    <>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h1>{projectName}</h1>
          <Link href={`/projects?client=${encodeURIComponent(clientName)}`}>{clientName}</Link>
        </div>
        <div className={classes.actions}>
          <span className={classes.enabled}>
            <Toggle
              label={projects.enabledOf(projectName)}
              on={projectEnabled}
              onChange={(on) => void changes.setEnabled(project, on)}
            />
            {projectEnabled ? common.enabled : common.disabled}
          </span>
          <Button
            variant="default"
            leftSection={<EditIcon size={16} />}
            onClick={() => go(`${path}?panel=edit`, { state: openedHere(history.state) })}
          >
            {common.edit}
          </Button>
          <Button
            variant="default"
            leftSection={<TrashIcon size={16} />}
            onClick={() => void changes.remove(project)}
          >
            {common.delete}
          </Button>
        </div>
      </header>
      <ProjectNumbers project={project} />
      <div className={classes.columns}>
        <ProjectHistory id={id} />
        <section className={classes.card} aria-label={common.notes}>
          <h2>{common.notes}</h2>
          <p className={classes.notes} data-empty={notes === null || undefined}>
            {notes ?? projects.noNotes}
          </p>
          <dl className={classes.facts}>
            <dt>{common.number}</dt>
            <dd>{id}</dd>
            <dt>{common.created}</dt>
            <dd>{format.dateTime(createdAt)}</dd>
            <dt>{common.updated}</dt>
            <dd>{format.dateTime(updatedAt)}</dd>
          </dl>
        </section>
      </div>
      <Suspense>
        {editing && (
          <ProjectPanel panel={String(id)} onClose={() => closePanel(() => go(path, { replace: true }))} />
        )}
      </Suspense>
    </>
  )
}
