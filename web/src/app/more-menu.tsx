import { Link, useLocation } from 'wouter'
import { serverUrl } from '../api/place.ts'
import { useLanguage, useText } from '../i18n/i18n.tsx'
import { languageName } from '../i18n/language.ts'
import { Icon } from '../kit/parts/icon.tsx'
import { Menu } from '../kit/parts/menu.tsx'
import { keptColorScheme } from '../theme/color-scheme.ts'
import { useSession } from './session.tsx'
import classes from './shell.module.css'
import { useSignOut } from './use-sign-out.ts'
import { isAt, useWays, type Way } from './use-ways.ts'

/** The ways that have no room elsewhere: on a phone also those of the rail, how the app looks, and the way out. */
export function MoreMenu() {
  const { app } = useText()
  const onPhone = useWays('rail')
  const everywhere = useWays('more')
  const face = (
    <>
      <Icon name="more" size={20} />
      <span>{app.more}</span>
    </>
  )
  return (
    <Menu label={app.more} className={classes.link} face={face}>
      <div className={classes.onlyPhone} role="none">
        <Ways ways={onPhone} />
      </div>
      <Ways ways={everywhere} />
      <a role="menuitem" tabIndex={-1} href={`${serverUrl}/docs`} target="_blank" rel="noreferrer">
        <Icon name="doc" size={20} />
        {app.reference}
      </a>
      <PhoneItems />
    </Menu>
  )
}

function Ways({ ways }: { readonly ways: readonly Way[] }) {
  const [location] = useLocation()
  return ways.map(({ path, title, icon }) => (
    <Link
      key={path}
      role="menuitem"
      tabIndex={-1}
      href={path}
      aria-current={isAt(location, path) ? 'page' : undefined}
    >
      {icon && <Icon name={icon} size={20} />}
      {title}
    </Link>
  ))
}

function PhoneItems() {
  const { app } = useText()
  const { language } = useLanguage()
  const session = useSession()
  const signOut = useSignOut()
  const schemes = { light: app.light, dark: app.dark, auto: app.system }
  const looks = [
    { icon: 'appearance', name: app.appearance, value: schemes[keptColorScheme()] },
    { icon: 'language', name: app.language, value: languageName[language] },
  ] as const
  return (
    <div className={classes.onlyPhone} role="none">
      <hr />
      {looks.map(({ icon, name, value }) => (
        <Link key={icon} role="menuitem" tabIndex={-1} href="/settings/general">
          <Icon name={icon} size={20} />
          {name}
          <span className={classes.value}>{value}</span>
        </Link>
      ))}
      <hr />
      <button type="button" role="menuitem" tabIndex={-1} onClick={signOut}>
        <Icon name="signOut" size={20} />
        {app.signOut}
        <span className={classes.value}>{session?.user.username}</span>
      </button>
    </div>
  )
}
