import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef } from 'react'
import classes from './menu.module.css'

interface MenuProps {
  /** What the button says to those who do not see it. */
  readonly label: string
  readonly className: string | undefined
  /** What the button shows. */
  readonly face: ReactNode
  /** Each is a control of the role `menuitem`. */
  readonly children: ReactNode
}

/**
 * A button that opens a menu beside it, or on a phone a sheet at the bottom. The browser's own popover lies over the
 * page, is closed by Esc or a press elsewhere, and gives the focus back.
 */
export function Menu({ label, className, face, children }: MenuProps) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  /** Those that are shown: on a desk some are elsewhere. */
  const items = () =>
    [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])].filter(
      ({ offsetParent }) => offsetParent !== null,
    )
  const onBeforeToggle = ({ newState }: ToggleEvent) => {
    if (newState !== 'open' || !opener.current || !menu.current) return
    const { bottom, right } = opener.current.getBoundingClientRect()
    menu.current.style.setProperty('--bottom', `${innerHeight - bottom}px`)
    menu.current.style.setProperty('--left', `${right}px`)
  }
  const onToggle = ({ newState }: ToggleEvent) => {
    if (newState === 'open') items()[0]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') menu.current?.hidePopover()
    const all = items()
    const here = all.indexOf(event.target as HTMLElement)
    const places: Readonly<Record<string, number>> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: all.length - 1,
    }
    const place = places[event.key]
    if (place === undefined) return
    event.preventDefault()
    all.at(place % all.length)?.focus()
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        {face}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={classes.menu}
        onBeforeToggle={onBeforeToggle}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
        onClick={() => menu.current?.hidePopover()}
      >
        {children}
      </div>
    </>
  )
}
