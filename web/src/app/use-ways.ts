import { useLanguage } from '../i18n/i18n.tsx'
import type { IconName } from '../kit/parts/icon.tsx'
import { maySee, type Place } from './page.ts'
import { pages } from './pages.ts'
import { useSession } from './session.tsx'

export interface Way {
  readonly path: string
  readonly title: string
  readonly icon: IconName | undefined
  readonly place: Place
}

/** The ways that stand at some places, as far as the reader may go them, in the order of the table. */
export function useWays(...places: readonly Place[]): readonly Way[] {
  const { language } = useLanguage()
  const session = useSession()
  return pages.flatMap((entry) => {
    const { path, title, icon, place } = entry
    if (!place || !places.includes(place) || !maySee(entry, session)) return []
    return [{ path, icon, place, title: title[language] }]
  })
}

/** Whether an address is that of a page, or lies below it. */
export const isAt = (location: string, path: string): boolean =>
  location === path || location.startsWith(`${path}/`)
