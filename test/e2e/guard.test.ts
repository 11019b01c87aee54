import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startBrowser } from './browser.ts'
import { button, rowOf, startWebServer, type UserVisit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

describe('what was typed into a panel', () => {
  let visited: UserVisit
  let page: Page

  beforeAll(async () => {
    visited = await visitAs(browser, server)
    page = visited.page
    await visited.user.call('POST', '/tasks', { body: { name: 'Development' } })
  })
  afterAll(() => visited.close())

  const question = () => page.getByRole('dialog', { name: 'Discard what you have typed?' })
  const panel = () => page.getByRole('dialog', { name: 'Edit task' })
  const notes = () => panel().getByLabel('Notes')

  /** Opens the panel from the list, and types. */
  async function type(text: string): Promise<void> {
    await page.goto('tasks?q=dev')
    await button(page, 'Edit Development').click()
    await notes().fill(text)
  }

  /** Says no to the question: all is as it was. */
  async function stay(text: string): Promise<void> {
    await question().waitFor()
    await button(question(), 'Keep editing').click()
    await question().waitFor({ state: 'detached' })
    expect(await notes().inputValue()).toBe(text)
    expect(new URL(page.url()).search).toBe('?q=dev&panel=1')
  }

  test.each([
    ['Cancel', () => button(panel(), 'Cancel').click()],
    ['a press beside the panel', () => page.mouse.click(300, 400)],
    ['the cross', () => button(panel(), 'Close').click()],
    ['Esc', () => page.keyboard.press('Escape')],
    ['the back button', () => page.evaluate('history.back()')],
  ])('is asked about before %s loses it', async (_, leave) => {
    await type('Half a sentence')
    await leave()
    await stay('Half a sentence')
    await leave()
    await button(question(), 'Discard').click()
    await panel().waitFor({ state: 'detached' })
    await rowOf(page, 'Development').waitFor()
    await eventually(() => expect(new URL(page.url()).search).toBe('?q=dev'))
    expect((await visited.user.call('GET', '/tasks/1')).json.notes).toBeNull()
  })

  test('is not lost by pressing Enter in answer to the question', async () => {
    await type('Half a sentence')
    await page.keyboard.press('Escape')
    await question().waitFor()
    await question().locator('button:focus', { hasText: 'Keep editing' }).waitFor()
    await page.keyboard.press('Enter')
    await question().waitFor({ state: 'detached' })
    expect(await notes().inputValue()).toBe('Half a sentence')
  })

  test('is asked about by the browser before the page is left', async () => {
    await type('Half a sentence')
    const [dialog] = await Promise.all([
      page.waitForEvent('dialog'),
      page.evaluate('setTimeout(() => location.reload())'),
    ])
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    expect(await notes().inputValue()).toBe('Half a sentence')
  })

  test('is not asked about where nothing was typed, or all of it is saved', async () => {
    await type('')
    await page.evaluate('history.back()')
    await panel().waitFor({ state: 'detached' })
    await type('A whole sentence.')
    await button(panel(), 'Save').click()
    await panel().waitFor({ state: 'detached' })
    expect(await question().count()).toBe(0)
    expect((await visited.user.call('GET', '/tasks/1')).json.notes).toBe('A whole sentence.')
  })
})
