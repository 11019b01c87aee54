import { useLayoutEffect } from 'react'

/** What the window is called, as long as there is what it is called after; undefined where that is not known yet. */
export function useTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    if (title === undefined) return
    const before = document.title
    document.title = `${title} · TimeTrack`
    return () => {
      document.title = before
    }
  }, [title])
}
