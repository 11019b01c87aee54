import type { ReactNode } from 'react'
import classes from './settings.module.css'

interface SectionHeadProps {
  readonly title: string
  readonly hint?: string
  readonly children?: ReactNode
}

export function SectionHead({ title, hint, children }: SectionHeadProps) {
  return (
    <div className={classes.sectionHead}>
      <div>
        <h2>{title}</h2>
        {hint && <p>{hint}</p>}
      </div>
      {children}
    </div>
  )
}
