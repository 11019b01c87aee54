import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Project, ProjectChange } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Format } from '../i18n/format.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { changedFields, draftOf } from '../kit/edit/draft.ts'
import { Button } from '../kit/parts/button.tsx'
import { ErrorState, Lines } from '../kit/parts/states.tsx'
import classes from './project-history.module.css'
import { projectKinds } from './project-resource.ts'
import { useProjectText } from './texts.ts'

const SHOWN = 20
const PAGE = 1_000

/** The API tells changes oldest first; readers want the newest first, so all of them are fetched. */
async function fetchHistory(id: number, signal: AbortSignal): Promise<readonly ProjectChange[]> {
  const changes: ProjectChange[] = []
  for (let after: string | undefined, more = true; more; ) {
    const page = await api.projects.history(id, { limit: PAGE, ...(after && { after }) }, { signal })
    changes.push(...page.data)
    after = page.data.at(-1)?.cursor
    more = page.next !== undefined
  }
  return changes.reverse()
}

/** Who changed what, and when. */
export function ProjectHistory({ id }: { readonly id: number }) {
  const { history } = useProjectText()
  const [shown, setShown] = useState(SHOWN)
  const { data, error, refetch } = useQuery({
    queryKey: ['projects', 'history', id],
    queryFn: ({ signal }) => fetchHistory(id, signal),
  })
  return (
    <section className={classes.history} aria-label={history.title}>
      <h2>{history.title}</h2>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Lines count={5} />}
      {data && (
        <ol className={classes.changes}>
          {data.slice(0, shown).map((change) => (
            <ChangeItem key={change.change} change={change} />
          ))}
        </ol>
      )}
      {data && data.length > shown && (
        <Button variant="default" size="xs" onClick={() => setShown(shown + PAGE)}>
          {history.more}
        </Button>
      )}
    </section>
  )
}

type HistoryText = ReturnType<typeof useProjectText>['history']

function ChangeItem({ change }: { readonly change: ProjectChange }) {
  const { history, fields: names } = useProjectText()
  const { common } = useText()
  const format = useFormat()
  const { action, actor, at, before, after } = change
  const shown = (value: string | boolean) => {
    if (typeof value === 'boolean') return value ? common.yes : common.no
    return value || history.nothing
  }
  const fields = action === 'project.update' && before && after ? fieldsOf(before, after, format) : []
  return (
    <li className={classes.change}>
      <p>
        <strong>{actorOf(actor, history)}</strong> {actionOf(action, history)}{' '}
        <time dateTime={at} title={format.dateTime(at)}>
          {format.relative(at)}
        </time>
      </p>
      {fields.length > 0 && (
        <ul className={classes.fields}>
          {fields.map(({ field, from, to }) => (
            <li key={field}>
              <span className={classes.field}>{names[field]}</span>
              <del>{shown(from)}</del>
              <span aria-hidden="true"> → </span>
              <ins>{shown(to)}</ins>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function fieldsOf(before: Project, after: Project, format: Format) {
  const from = draftOf(projectKinds, before, format)
  const to = draftOf(projectKinds, after, format)
  return changedFields(from, to).map((field) => ({ field, from: from[field], to: to[field] }))
}

function actionOf(action: string, { actions, other }: HistoryText): string {
  const known: Readonly<Record<string, string>> = actions
  return known[action] ?? other
}

/** The audit names a user, a key or the command line. */
function actorOf(actor: string, { key }: HistoryText): string {
  if (actor.startsWith('user:')) return actor.slice('user:'.length)
  return actor.startsWith('ttk_') ? key(actor) : actor
}
