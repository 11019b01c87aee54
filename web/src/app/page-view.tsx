import { useText } from '../i18n/i18n.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { LazyPart } from '../kit/parts/lazy-part.tsx'
import { EmptyState, Lines } from '../kit/parts/states.tsx'
import { type AppPage, maySee, type Params } from './page.ts'
import { isSetting, pageCode, settingsLayout } from './page-code.ts'
import { useSession } from './session.tsx'
import { useWays } from './use-ways.ts'

interface PageViewProps {
  readonly page: AppPage
  readonly params: Params
}

/** A page, for those who may see it; a section of the settings stands beside the others. */
export function PageView({ page, params }: PageViewProps) {
  const { app } = useText()
  const may = maySee(page, useSession())
  const account = useWays('account')
  const person = useWays('person')
  const code = pageCode(page)
  if (may === undefined || !code) return <Lines count={8} />
  if (!may)
    return (
      <EmptyState
        isPage
        icon={<Icon name="key" size={24} />}
        title={app.adminOnly}
        hint={app.adminOnlyHint}
      />
    )
  const content = <LazyPart code={code} props={{ params }} />
  if (!isSetting(page)) return content
  return <LazyPart code={settingsLayout} props={{ account, person, here: page.path, children: content }} />
}
