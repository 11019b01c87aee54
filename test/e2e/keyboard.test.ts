import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batch, create } from '../batches.ts'
import { eventually, startBrowser } from './browser.ts'
import { rowOf, startWebServer, type UserVisit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** The name and role of what has the focus, and whether one sees that it has: it looks different without. */
const FOCUSED = `(async () => {
  const focused = document.activeElement
  if (focused === document.body) return undefined
  const near = [focused, focused.parentElement, focused.nextElementSibling].filter(Boolean)
  const look = () => JSON.stringify(near.map((element) => {
    const { outline, boxShadow, borderColor, backgroundColor, opacity, transform } = getComputedStyle(element)
    return [outline, boxShadow, borderColor, backgroundColor, opacity, transform]
  }))
  const settle = () => Promise.all(document.getAnimations()
    .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
    .map((animation) => animation.finished.catch(() => {})))
  const label = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent
  await settle()
  const looksFocused = look()
  focused.blur()
  await settle()
  const isVisible = look() !== looksFocused
  focused.focus({ preventScroll: true, focusVisible: true })
  return { name: label.trim(), role: focused.getAttribute('role') ?? focused.localName, isVisible }
})()`

interface Focused {
  readonly name: string
  readonly role: string
  readonly isVisible: boolean
}

const focusedOn = (page: Page) => page.evaluate<Focused | undefined>(FOCUSED)

/** Presses Tab from where the focus is until it has left the page. */
async function tabThrough(page: Page): Promise<Focused[]> {
  const stops: Focused[] = []
  while (stops.length < 60) {
    await page.keyboard.press('Tab')
    const stop = await focusedOn(page)
    if (!stop) return stops
    stops.push(stop)
  }
  throw new Error('the focus does not come to an end')
}

describe('by the keyboard alone', () => {
  let visited: UserVisit

  beforeAll(async () => {
    visited = await visitAs(browser, server)
    await batch(
      visited.user,
      ['Garden', 'Warehouse', 'Website'].map((name) => create(name)),
    )
    await visited.page.goto('projects')
    await rowOf(visited.page, 'Website').waitFor()
  })
  afterAll(() => visited.close())

  test('Tab reaches everything on the page in its order, and one sees where one is', async () => {
    const stops = await tabThrough(visited.page)
    expect(stops.filter(({ isVisible }) => !isVisible)).toEqual([])
    expect(stops.map(({ name }) => name)).toEqual([
      'Skip to content',
      'Projects',
      'Clients',
      'Tasks',
      'Settings',
      'More',
      expect.stringMatching(/: account menu$/),
      'Trash',
      'Export CSV',
      'New project',
      'Search projects',
      'Filter by client',
      'All',
      'Name',
      'Client',
      'Time',
      'Budget',
      'Rate',
      'Changed',
      expect.stringContaining('Website'),
      'Website',
      'Website enabled',
      'Edit Website',
      'Delete Website',
    ])
  })

  test('/ goes to the search, arrows to the rows, Enter opens one, and back leads to it', async () => {
    const { page } = visited
    await page.keyboard.press('/')
    expect(await focusedOn(page)).toMatchObject({ name: 'Search projects' })
    await page.keyboard.type('w')
    await eventually(async () => expect(await page.getByRole('row').count()).toBe(3))
    await rowOf(page, 'Website').focus()
    await page.keyboard.press('ArrowDown')
    await eventually(async () =>
      expect(await focusedOn(page)).toMatchObject({
        role: 'row',
        name: expect.stringContaining('Warehouse'),
      }),
    )
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Warehouse', level: 1 }).waitFor()
    await page.goBack()
    await rowOf(page, 'Warehouse').waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('w')
  })

  test('E edits a row; Tab stays in the panel, Esc closes it and gives the focus back', async () => {
    const { page } = visited
    await rowOf(page, 'Warehouse').focus()
    await page.keyboard.press('e')
    const panel = page.getByRole('dialog', { name: 'Edit project' })
    const name = panel.getByLabel('Name', { exact: true })
    await name.waitFor()
    await eventually(async () => expect(await focusedOn(page)).toMatchObject({ name: 'Name' }))
    const isInPanel = "document.activeElement.closest('[role=dialog]') !== null"
    for (let presses = 0; presses < 14; presses++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate<boolean>(isInPanel)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await eventually(async () =>
      expect(await focusedOn(page)).toMatchObject({
        role: 'row',
        name: expect.stringContaining('Warehouse'),
      }),
    )
  })

  test('Esc asks before what was typed is lost', async () => {
    const { page } = visited
    await rowOf(page, 'Warehouse').focus()
    await page.keyboard.press('e')
    const panel = page.getByRole('dialog', { name: 'Edit project' })
    await panel.getByLabel('Name', { exact: true }).waitFor()
    await eventually(async () => expect(await focusedOn(page)).toMatchObject({ name: 'Name' }))
    await page.keyboard.type('Another name')
    await page.keyboard.press('Escape')
    const question = page.getByRole('dialog', { name: 'Discard what you have typed?' })
    await question.waitFor()
    await eventually(async () => expect(await focusedOn(page)).toMatchObject({ name: 'Keep editing' }))
    await question.getByRole('button', { name: 'Discard', exact: true }).press('Enter')
    await panel.waitFor({ state: 'detached' })
    await rowOf(page, 'Warehouse').waitFor()
  })

  test('Delete deletes a row, and Tab leads to the way back', async () => {
    const { page } = visited
    await rowOf(page, 'Warehouse').focus()
    await page.keyboard.press('Delete')
    const undo = page.getByRole('button', { name: 'Undo', exact: true })
    await undo.waitFor()
    let stop: Focused | undefined
    for (let presses = 0; presses < 40 && stop?.name !== 'Undo'; presses++) {
      await page.keyboard.press('Tab')
      stop = await focusedOn(page)
    }
    expect(stop?.name).toBe('Undo')
    await page.keyboard.press('Enter')
    await rowOf(page, 'Warehouse').waitFor()
    visited.expectCleanRun(visited.origin)
  })
})
