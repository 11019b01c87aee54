import { useLayoutEffect, useRef } from 'react'

/** Gives the focus back to where it was, when what took it is gone. */
export function useFocusBack(): void {
  const before = useRef<Element>(null)
  useLayoutEffect(() => {
    // Shown again after it was hidden for a while, it still came from where it first came from.
    before.current ??= document.activeElement
    return () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
    }
  }, [])
}
