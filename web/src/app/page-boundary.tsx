import { useQueryClient } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'
import { sessionKey } from '../api/session.ts'
import { useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { PartNotLoaded, retryParts } from '../kit/parts/lazy-part.tsx'
import { EmptyState } from '../kit/parts/states.tsx'
import { useTitle } from '../kit/parts/use-title.ts'

interface PageBoundaryProps {
  readonly children: ReactNode
}

/** Keeps to itself what goes wrong in a page: all around it stays, and so do the ways to other pages. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {}

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <PageFailure error={error} onRetry={() => this.setState({ error: undefined })} />
  }
}

function PageFailure({ error, onRetry }: { readonly error: unknown; onRetry(): void }) {
  const { app, common } = useText()
  const queries = useQueryClient()
  const isNotLoaded = error instanceof PartNotLoaded
  const title = isNotLoaded ? app.notLoaded : app.crashed
  useTitle(title)
  const retry = () => {
    retryParts()
    // What is remembered may be what the page cannot be drawn with.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
    onRetry()
  }
  return (
    <EmptyState
      isPage
      isFailure
      icon={<Icon name="warn" size={24} />}
      title={title}
      hint={isNotLoaded ? app.notLoadedHint : app.crashedHint}
    >
      <Button variant={isNotLoaded ? 'default' : 'filled'} onClick={retry}>
        {common.retry}
      </Button>
      <Button variant={isNotLoaded ? 'filled' : 'default'} onClick={() => location.reload()}>
        {app.reload}
      </Button>
    </EmptyState>
  )
}
