import { useLayoutEffect } from 'react'

/** Gives the focus back to where it was, when what took it is gone. */
export function useFocusBack(): void {
  useLayoutEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
}
