import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Session } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useFormat } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { ErrorState, Lines } from '../kit/parts/states.tsx'
import { useAct } from '../kit/write/use-act.ts'
import { browserOf } from './browser-of.ts'
import { SectionHead } from './section-head.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

/** Where the reader is signed in. */
export function SessionsSection() {
  const settings = useSettingsText()
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await api.sessions.list({ signal })).data,
  })
  return (
    <>
      <SectionHead title={settings.sessions} hint={settings.sessionsHint} />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Lines count={4} />}
      {data && (
        <ul className={classes.list}>
          {data.map((session) => (
            <SessionItem key={session.id} session={session} />
          ))}
        </ul>
      )}
    </>
  )
}

function SessionItem({ session }: { readonly session: Session }) {
  const settings = useSettingsText()
  const format = useFormat()
  const act = useAct()
  const name = browserOf(session.userAgent) ?? settings.unknownBrowser
  const end = () =>
    act({
      send: (keys) => api.sessions.end(session.id, { idempotencyKey: keys.keyOf(session.id) }),
      outOfDate: ['sessions'],
      tell: () => ({ text: settings.sessionEnded }),
    })
  return (
    <li className={classes.item}>
      <div className={classes.itemMain}>
        <h3>
          {name} {session.current && <Badge variant="light">{settings.thisSession}</Badge>}
        </h3>
        <dl className={classes.facts}>
          <dt>{settings.active}</dt>
          <dd>{format.relative(session.lastUsedAt)}</dd>
          <dt>{settings.signedIn}</dt>
          <dd>{format.dateTime(session.createdAt)}</dd>
          <dt>{settings.address}</dt>
          <dd>{session.address}</dd>
        </dl>
      </div>
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          aria-label={settings.endSessionOf(name)}
          onClick={() => void end()}
        >
          {settings.endSession}
        </Button>
      )}
    </li>
  )
}
