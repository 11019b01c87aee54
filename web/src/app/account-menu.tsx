import { Link, useLocation } from 'wouter'
import { serverUrl } from '../api/place.ts'
import { useText } from '../i18n/i18n.tsx'
import { DocIcon, SettingsIcon, UserIcon } from '../kit/parts/icon.tsx'
import { Menu } from '../kit/parts/menu.tsx'
import { useToast } from '../kit/parts/toasts.tsx'
import { explain } from '../kit/problem.ts'
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
  const face = (
    <>
      <span className={classes.face}>
        <UserIcon />
      </span>
      <span className={classes.who}>
        <strong>{name}</strong> <span>{session?.account}</span>
      </span>
    </>
  )
  return (
    <Menu label={app.menuOf(`${name} ${session?.account ?? ''}`)} className={classes.account} face={face}>
      <p>{session && `${session.user.username} · ${session.account}`}</p>
      <Link role="menuitem" tabIndex={-1} href="/settings/sessions">
        <SettingsIcon size={16} />
        {settings.sessions}
      </Link>
      <a role="menuitem" tabIndex={-1} href={`${serverUrl}/docs`} target="_blank" rel="noreferrer">
        <DocIcon size={16} />
        {app.reference}
      </a>
      <hr />
      <button type="button" role="menuitem" tabIndex={-1} onClick={() => void signOut()}>
        {app.signOut}
      </button>
    </Menu>
  )
}
