import { PartCode } from '../kit/parts/lazy-part.tsx'
import type { AppPage } from './page.ts'
import { pages } from './pages.ts'
import { queries } from './queries.ts'

export const settingsLayout = new PartCode(
  async () => (await import('../settings/settings-layout.tsx')).SettingsLayout,
)

export const isSetting = ({ place }: Pick<AppPage, 'place'>): boolean =>
  place === 'account' || place === 'person'

/** The code of a page, loaded once. What the page asks for first is on its way at the same time. */
const codeOf = (page: AppPage) =>
  new PartCode(() => {
    for (const query of page.first?.(location.search) ?? []) void queries.prefetchQuery(query)
    // If it fails, it says so where it is shown.
    if (isSetting(page)) settingsLayout.load().catch(() => {})
    return page.load()
  })

const codes = new Map(pages.flatMap((entry) => ('to' in entry ? [] : [[entry.path, codeOf(entry)] as const])))

export const pageCode = ({ path }: AppPage): ReturnType<typeof codeOf> | undefined => codes.get(path)
