import { useEffect } from 'react'

/** What the page, or what it is about, is called in the title of the window; undefined as long as that is not known. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · TimeTrack`
  }, [title])
}
