import { useEffect, useRef } from 'react'
import { guardPlace } from './panel-place.ts'

/**
 * Asks before what was typed is lost with the page: when it is left or reloaded, the browser asks; when the reader goes
 * back from the panel, they stay, and `ask` is called.
 */
export function useGuard(isUnsaved: () => boolean, ask: () => void): void {
  const latest = useRef({ isUnsaved, ask })
  latest.current = { isUnsaved, ask }
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (latest.current.isUnsaved()) event.preventDefault()
    }
    addEventListener('beforeunload', onLeave)
    const unguard = guardPlace(() => {
      const isHeld = latest.current.isUnsaved()
      if (isHeld) latest.current.ask()
      return isHeld
    })
    return () => {
      removeEventListener('beforeunload', onLeave)
      unguard()
    }
  }, [])
}
