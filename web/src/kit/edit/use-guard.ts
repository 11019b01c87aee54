import { useEffect, useInsertionEffect, useRef } from 'react'
import { isStartingOver } from '../../api/session.ts'
import { guardPlace } from './panel-place.ts'

interface Guarded {
  isUnsaved(): boolean
  /** Asks on the page, after the reader was kept there. */
  ask(): void
  /** The question that the browser asks where the page is out of sight, behind the sign-in. */
  readonly question: string
}

/**
 * Asks before what was typed is lost with the page: when it is left or reloaded, the browser asks; when the reader goes
 * back from the panel, they stay, and `ask` is called.
 */
export function useGuard(guarded: Guarded): void {
  const latest = useRef(guarded)
  latest.current = guarded
  const isShown = useRef(false)
  // Unlike other effects, those of insertion last while the page is kept out of sight.
  useInsertionEffect(() => {
    const isUnsaved = () => latest.current.isUnsaved() && !isStartingOver()
    const onLeave = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault()
    }
    addEventListener('beforeunload', onLeave)
    const unguard = guardPlace(() => {
      if (!isUnsaved()) return false
      if (!isShown.current) return !confirm(latest.current.question)
      latest.current.ask()
      return true
    })
    return () => {
      removeEventListener('beforeunload', onLeave)
      unguard()
    }
  }, [])
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
}
