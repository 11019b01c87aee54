import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadText } from '../i18n/i18n.tsx'
import { firstLanguage } from '../i18n/language.ts'
import { App } from './app.tsx'
import type { Early } from './early.ts'
import { queries } from './queries.ts'
import { confirmed, sessionKey } from './session.tsx'

/** How long the first page may wait for its data, to be drawn once, with them; then it shows what it has. */
const WAIT_MS = 150

/** Draws the app, with what was asked for early. */
export async function start({ session, answers }: Early): Promise<void> {
  const asked = [...(session ? [{ key: sessionKey, answer: confirmed(session) }] : []), ...answers].map(
    ({ key, answer }) => queries.prefetchQuery({ queryKey: key, queryFn: () => answer }),
  )
  const language = firstLanguage()
  await Promise.all([
    loadText(language),
    Promise.race([Promise.all(asked), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]),
  ])
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
}
