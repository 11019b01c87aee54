import type { ReactNode } from 'react'
import classes from './page.module.css'

/** The title of a page, a note beside it, and what can be done on it. */
export function PageHead({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className={classes.head}>
      <h1>{title}</h1>
      <div className={classes.note} aria-live="polite">
        {note}
      </div>
      <div className={classes.actions}>{children}</div>
    </div>
  )
}
