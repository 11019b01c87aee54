import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What looks at the page, in its small form: every page has to read it. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Colours that are still fading are not those that are read. */
const SETTLED = `Promise.all(document.getAnimations()
  .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
  .map((animation) => animation.finished.catch(() => {})))`

const RUN = `axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })`

/** Axe finds no violation, by its rules of WCAG 2.2 AA and of good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE)
  await page.evaluate(SETTLED)
  const { violations } = await page.evaluate<AxeResults>(RUN)
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
    })),
    page.url(),
  ).toEqual([])
}
