import { Link } from 'wouter'
import { useText } from '../i18n/i18n.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { Menu } from '../kit/parts/menu.tsx'
import { useSession } from './session.tsx'
import classes from './shell.module.css'
import { useSignOut } from './use-sign-out.ts'

/** Who is signed in, and the way out. On a phone both are under More. */
export function AccountMenu() {
  const { app } = useText()
  const session = useSession()
  const signOut = useSignOut()
  const name = session?.user.username ?? ''
  const face = (
    <>
      <span className={classes.face}>
        <Icon name="user" />
      </span>
      <span className={classes.who}>
        <strong>{name}</strong> <span>{session?.account}</span>
      </span>
    </>
  )
  return (
    <Menu label={app.menuOf(`${name} ${session?.account ?? ''}`)} className={classes.account} face={face}>
      <Link role="menuitem" tabIndex={-1} href="/settings/sessions">
        <Icon name="settings" size={16} />
        {app.sessions}
      </Link>
      <button type="button" role="menuitem" tabIndex={-1} onClick={signOut}>
        <Icon name="signOut" size={16} />
        {app.signOut}
      </button>
    </Menu>
  )
}
