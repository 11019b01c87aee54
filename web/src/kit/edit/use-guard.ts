import { useEffect, useRef } from 'react'

/**
 * Asks before what was typed is lost with the page: when it is left or reloaded, the browser asks; when the reader goes
 * back from the panel, the place in the browser's history is kept, and `ask` is called.
 */
export function useGuard(isUnsaved: () => boolean, ask: () => void): void {
  const latest = useRef({ isUnsaved, ask })
  latest.current = { isUnsaved, ask }
  useEffect(() => {
    const { href } = location
    const state: unknown = history.state
    const onLeave = (event: BeforeUnloadEvent) => {
      if (latest.current.isUnsaved()) event.preventDefault()
    }
    const onBack = (event: PopStateEvent) => {
      if (!latest.current.isUnsaved()) return
      // Before the router hears of it.
      event.stopImmediatePropagation()
      history.pushState(state, '', href)
      latest.current.ask()
    }
    addEventListener('beforeunload', onLeave)
    addEventListener('popstate', onBack, { capture: true })
    return () => {
      removeEventListener('beforeunload', onLeave)
      removeEventListener('popstate', onBack, { capture: true })
    }
  }, [])
}
