import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Colours that are still fading are not those that are read. */
const SETTLED = `Promise.all(document.getAnimations()
  .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
  .map((animation) => animation.finished.catch(() => {})))`

const RUN = `axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })`

/** Axe finds no violation, by its rules of WCAG 2.2 AA and of good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
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
