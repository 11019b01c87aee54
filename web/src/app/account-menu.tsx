import { Menu } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { useText } from '../i18n/i18n.tsx'
import { DocIcon, SettingsIcon, UserIcon } from '../parts/icon.tsx'
import { useToast } from '../parts/toasts.tsx'
import { serverUrl } from './place.ts'
import { explain } from './problem.ts'
import { useSession, useSessionChange } from './session.tsx'
import classes from './shell.module.css'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const text = useText()
  const { app, settings } = text
  const session = useSession()
  const { leave } = useSessionChange()
  const toast = useToast()
  const [, go] = useLocation()
  const name = session?.user.username ?? ''
  const signOut = () =>
    leave(() => go('/sign-in')).catch((error: unknown) =>
      toast({ text: explain(error, text), kind: 'failed' }),
    )
  return (
    <Menu position="top-start" width={224} shadow="md">
      <Menu.Target>
        <button
          type="button"
          className={classes.account}
          aria-label={app.menuOf(`${name} ${session?.account ?? ''}`)}
        >
          <span className={classes.face}>
            <UserIcon />
          </span>
          <span className={classes.who}>
            <strong>{name}</strong> <span>{session?.account}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session && `${session.user.username} · ${session.account}`}</Menu.Label>
        <Menu.Item component={Link} href="/settings/sessions" leftSection={<SettingsIcon size={16} />}>
          {settings.sessions}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={`${serverUrl}/docs`}
          target="_blank"
          rel="noreferrer"
          leftSection={<DocIcon size={16} />}
        >
          {app.reference}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={signOut}>{app.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
