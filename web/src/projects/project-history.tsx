import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Project, ProjectChange } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Text } from '../i18n/en.ts'
import type { Format } from '../i18n/format.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { changedFields } from '../kit/edit/fields.ts'
import { Button } from '../kit/parts/button.tsx'
import { ErrorState, Lines } from '../kit/parts/states.tsx'
import { draftOf } from './draft.ts'
import { fieldNames } from './field-names.ts'
import classes from './project-history.module.css'

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
  const { projects } = useText()
  const [shown, setShown] = useState(SHOWN)
  const { data, error, refetch } = useQuery({
    queryKey: ['project', id, 'history'],
    queryFn: ({ signal }) => fetchHistory(id, signal),
  })
  return (
    <section className={classes.history} aria-label={projects.history}>
      <h2>{projects.history}</h2>
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
          {projects.historyMore}
        </Button>
      )}
    </section>
  )
}

function ChangeItem({ change }: { readonly change: ProjectChange }) {
  const text = useText()
  const format = useFormat()
  const { action, actor, at, before, after } = change
  const fields = action === 'project.update' && before && after ? fieldsOf(before, after, text, format) : []
  return (
    <li className={classes.change}>
      <p>
        <strong>{actorOf(actor, text)}</strong> {actionOf(action, text)}{' '}
        <time dateTime={at} title={format.dateTime(at)}>
          {format.relative(at)}
        </time>
      </p>
      {fields.length > 0 && (
        <ul className={classes.fields}>
          {fields.map(({ name, from, to }) => (
            <li key={name}>
              <span className={classes.field}>{name}</span>
              <del>{from}</del>
              <span aria-hidden="true"> → </span>
              <ins>{to}</ins>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function fieldsOf(before: Project, after: Project, text: Text, format: Format) {
  const from = draftOf(before, format)
  const to = draftOf(after, format)
  const names = fieldNames(text)
  const shown = (value: string | boolean) => {
    if (typeof value === 'boolean') return value ? text.common.yes : text.common.no
    return value || text.history.nothing
  }
  return changedFields(from, to).map((field) => ({
    name: names[field],
    from: shown(from[field]),
    to: shown(to[field]),
  }))
}

function actionOf(action: string, { history }: Text): string {
  const known: Readonly<Record<string, string>> = history.actions
  return known[action] ?? history.other
}

/** The audit names a user, a key or the command line. */
function actorOf(actor: string, { history }: Text): string {
  if (actor.startsWith('user:')) return actor.slice('user:'.length)
  return actor.startsWith('ttk_') ? history.key(actor) : actor
}
