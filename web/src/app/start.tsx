import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { confirmed, followOtherTabs, sessionKey } from '../api/session.ts'
import { firstLanguage } from '../i18n/language.ts'
import { loadTexts } from '../i18n/texts.ts'
import { App } from './app.tsx'
import type { Early } from './early.ts'
import { pageCode } from './page-code.ts'
import { queries } from './queries.ts'

/** How long the first page may wait for its data, to be drawn once, with them; then it shows what it has. */
const WAIT_MS = 150

/** Draws the app, with what was asked for early. */
export async function start({ session, answers, entry }: Early): Promise<void> {
  const asked = [...(session ? [{ queryKey: sessionKey, answer: confirmed(session) }] : []), ...answers].map(
    ({ queryKey, answer }) => queries.prefetchQuery({ queryKey, queryFn: () => answer }),
  )
  // What cannot be loaded now is asked for again where it is needed, and says so there.
  const code =
    entry && !('to' in entry)
      ? pageCode(entry)
          ?.load()
          .catch(() => {})
      : undefined
  await Promise.all([
    loadTexts(firstLanguage()).catch(() => {}),
    Promise.race([Promise.all([...asked, code]), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]),
  ])
  followOtherTabs(queries)
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
}
