import type { ReactNode } from 'react'
import { TimeTrackError } from '../../../../src/sdk/index.ts'
import { useText } from '../../i18n/i18n.tsx'
import { useExplain } from '../problem.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import classes from './states.module.css'

/** What stands where content would: why there is none, and what to do. */
export function EmptyState({
  icon,
  title,
  isPage = false,
  isFailure = false,
  hint,
  note,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  /** It is the title of the whole page. */
  readonly isPage?: boolean
  /** It is there because something went wrong. */
  readonly isFailure?: boolean
  readonly hint?: string
  readonly note?: string | undefined
  readonly children?: ReactNode
}) {
  return (
    <div className={classes.state} role={isFailure ? 'alert' : undefined}>
      <div className={classes.icon} data-danger={isFailure || undefined}>
        {icon}
      </div>
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {hint && <p className={classes.hint}>{hint}</p>}
      {note && <p className={classes.note}>{note}</p>}
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  )
}

/** Something could not be loaded. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { failure, common } = useText()
  const explain = useExplain()
  const unreachable = error instanceof TimeTrackError && error.status === 0
  const request = error instanceof TimeTrackError && error.status >= 500 ? error.requestId : undefined
  return (
    <EmptyState
      isFailure
      icon={<Icon name={unreachable ? 'offline' : 'warn'} size={24} />}
      title={failure.title}
      hint={explain(error)}
      note={request && failure.request(request)}
    >
      <Button variant="default" onClick={onRetry}>
        {common.retry}
      </Button>
    </EmptyState>
  )
}

/** The shape of lines to come. */
export function Lines({ count = 4 }: { readonly count?: number }) {
  const { common } = useText()
  return (
    <div className={classes.lines} role="status" aria-label={common.loading}>
      {Array.from({ length: count }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className={classes.line} />
      ))}
    </div>
  )
}
