import { useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Icon } from './icon.tsx'
import classes from './toasts.module.css'

export interface Notice {
  readonly text: string
  readonly kind?: 'done' | 'failed'
  /** What can be done about it, such as to undo it. */
  readonly action?: { readonly label: string; run(): void }
}

/** Long enough to read it and to reach its button. */
const STAYS_MS = 10_000

/** One notice. It stays while the pointer or the focus is on it. */
export function Toast({ notice, onEnd }: { readonly notice: Notice; readonly onEnd: () => void }) {
  const { common } = useText()
  const [held, setHeld] = useState(false)
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => end.current(), STAYS_MS)
    return () => clearTimeout(timer)
  }, [held])
  const failed = notice.kind === 'failed'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds it; nothing is done by it
    <div
      className={classes.toast}
      data-failed={failed || undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {failed ? <Icon name="warn" /> : <Icon name="check" />}
      <p className={classes.text}>{notice.text}</p>
      {notice.action && (
        <button
          type="button"
          className={classes.action}
          onClick={() => {
            notice.action?.run()
            onEnd()
          }}
        >
          {notice.action.label}
        </button>
      )}
      <button type="button" className={classes.close} aria-label={common.dismiss} onClick={onEnd}>
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}
