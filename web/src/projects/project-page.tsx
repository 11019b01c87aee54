import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { type Project, TimeTrackError } from '../../../src/sdk/index.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { closePanel, openedHere } from '../kit/edit/panel-place.ts'
import { useRowActions } from '../kit/list/row-actions.ts'
import { Button } from '../kit/parts/button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { LazyPart, PartCode } from '../kit/parts/lazy-part.tsx'
import page from '../kit/parts/page.module.css'
import { EmptyState, ErrorState, Lines } from '../kit/parts/states.tsx'
import { Toggle } from '../kit/parts/toggle.tsx'
import { useTitle } from '../kit/parts/use-title.ts'
import { objectKey } from '../kit/resource.ts'
import { ProjectHistory } from './project-history.tsx'
import { ProjectNumbers } from './project-numbers.tsx'
import classes from './project-page.module.css'
import { projects } from './project-resource.ts'
import { useProjectText } from './texts.ts'

const projectPanel = new PartCode(async () => (await import('./project-panel.tsx')).ProjectPanel)

/** One project: its numbers, its notes, and what has happened to it. */
export function ProjectPage({ params }: { readonly params: { readonly id?: string } }) {
  const id = Number(params.id)
  const { page: text } = useProjectText()
  const { data, error, refetch } = useQuery({
    queryKey: objectKey(projects.name, id),
    queryFn: async ({ signal }) => (await projects.api.get(id, { signal })).data,
  })
  useTitle(data?.projectName)
  return (
    <div className={classes.page}>
      <Link href="/projects" className={page.link ?? ''} onClick={goBack}>
        <Icon name="back" size={16} />
        {text.back}
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

interface FailureProps {
  readonly error: Error
  readonly id: number
  onRetry(): void
}

function Failure({ error, id, onRetry }: FailureProps) {
  const { common } = useText()
  const { page: text } = useProjectText()
  const { restore } = useRowActions(projects)
  if (!(error instanceof TimeTrackError) || error.status !== 404)
    return <ErrorState error={error} onRetry={onRetry} />
  if (error.code !== DELETED)
    return (
      <EmptyState
        isPage
        icon={<Icon name="search" size={24} />}
        title={text.missing}
        hint={text.missingHint}
      />
    )
  return (
    <>
      <EmptyState isPage icon={<Icon name="trash" size={24} />} title={text.gone} hint={text.goneHint}>
        <Button leftSection={<Icon name="restore" size={16} />} onClick={() => restore({ id })}>
          {common.restore}
        </Button>
      </EmptyState>
      <ProjectHistory id={id} />
    </>
  )
}

function Loaded({ project }: { readonly project: Project }) {
  const { common, list } = useText()
  const { page: text } = useProjectText()
  const format = useFormat()
  const { setEnabled, remove } = useRowActions(projects)
  const [path, go] = useLocation()
  const isEdited = new URLSearchParams(useSearch()).get('panel') === 'edit'
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
              label={list.enabledOf(projectName)}
              on={projectEnabled}
              onChange={(on) => setEnabled(project, on)}
            />
            {projectEnabled ? common.enabled : common.disabled}
          </span>
          <Button
            variant="default"
            leftSection={<Icon name="edit" size={16} />}
            onClick={() => go(`${path}?panel=edit`, { state: openedHere(history.state) })}
          >
            {common.edit}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="trash" size={16} />}
            onClick={() => remove(project)}
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
            {notes ?? text.noNotes}
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
        {isEdited && (
          <LazyPart
            code={projectPanel}
            props={{
              panel: String(id),
              onClose: () => closePanel(() => go(path, { replace: true })),
            }}
          />
        )}
      </Suspense>
    </>
  )
}
