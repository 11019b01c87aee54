import type { ReactNode } from 'react'
import classes from './controls.module.css'

interface IconButtonProps {
  readonly label: string
  readonly tabIndex?: number
  readonly children: ReactNode
  onClick(): void
}

/** A button that shows an icon and says its name; light enough to be in every row. */
export function IconButton({ label, tabIndex, children, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className={classes.icon}
      aria-label={label}
      title={label}
      tabIndex={tabIndex}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
