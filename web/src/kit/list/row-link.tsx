import type { MouseEvent, ReactNode } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { appPath } from '../../api/place.ts'

interface RowLinkProps {
  readonly path: string
  readonly tabIndex: number
  readonly className: string | undefined
  readonly title: string | undefined
  /** It leads to something that is disabled. */
  readonly isOff: boolean
  readonly children: ReactNode
}

/** A link in a row: unlike the router's it listens to nothing, since there are many, drawn while one scrolls. */
export function RowLink({ path, tabIndex, className, title, isOff, children }: RowLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(appPath + path, { state: { fromList: true } })
  }
  return (
    <a
      href={appPath + path}
      tabIndex={tabIndex}
      className={className}
      title={title}
      data-off={isOff || undefined}
      onClick={follow}
    >
      {children}
    </a>
  )
}
