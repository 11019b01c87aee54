import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { startBrowser } from './browser.ts'
import { button, rowOf, startWebServer, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

const bar = (page: Page, name: string) => page.getByRole('navigation').first().getByRole('link', { name })

/** What no page can draw. */
const NONSENSE = [{ id: 1, name: 'Acme', enabled: true, email: { not: 'a text' } }]

test('a page that crashes says so in its place; the others are there, and so is it after another try', async () => {
  const { page, user, ...visited } = await visitAs(browser, server)
  await user.call('POST', '/clients', { body: { name: 'Acme' } })
  await page.route('**/api/v2/ext/clients**', (route) => route.fulfill({ json: NONSENSE }))
  await page.goto('clients')
  await page.getByRole('alert').getByRole('heading', { name: 'Something went wrong on this page' }).waitFor()
  expect(await page.title()).toBe('Something went wrong on this page · TimeTrack')
  await expectAccessible(page)
  await bar(page, 'Projects').click()
  await page.getByRole('heading', { name: 'No projects yet' }).waitFor()
  await bar(page, 'Clients').click()
  await page.getByRole('heading', { name: 'Something went wrong on this page' }).waitFor()
  await page.unroute('**/api/v2/ext/clients**')
  await button(page, 'Try again').click()
  await rowOf(page, 'Acme').waitFor()
  expect(await page.title()).toBe('Clients · TimeTrack')
  await visited.close()
})

test('a page whose code an upgrade has replaced offers to reload, in the language of the reader', async () => {
  const { page, ...visited } = await visitAs(browser, server, { locale: 'de-DE' })
  await page.goto('projects')
  await page.route('**/assets/tasks-page-*', (route) => route.fulfill({ status: 404, body: '{}' }))
  await bar(page, 'Tätigkeiten').click()
  await page.getByRole('heading', { name: 'Diese Seite ließ sich nicht laden' }).waitFor()
  await expectAccessible(page)
  await bar(page, 'Projekte').click()
  await page.getByRole('heading', { name: 'Noch keine Projekte' }).waitFor()
  await bar(page, 'Tätigkeiten').click()
  await page.getByRole('heading', { name: 'Diese Seite ließ sich nicht laden' }).waitFor()
  await page.unroute('**/assets/tasks-page-*')
  await button(page, 'Neu laden').click()
  await page.getByRole('heading', { name: 'Noch keine Tätigkeiten' }).waitFor()
  await visited.close()
})

test('code that did not come because the connection was gone comes with another try', async () => {
  const { page, ...visited } = await visitAs(browser, server)
  await page.goto('tasks')
  await page.route('**/assets/task-panel-*', (route) => route.abort())
  await button(page, 'New task').first().click()
  await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor()
  await page.unroute('**/assets/task-panel-*')
  await button(page, 'Try again').click()
  await page.getByRole('dialog', { name: 'New task' }).waitFor()
  await visited.close()
})

test.each([
  ['tasks', 'Diese Tätigkeit gibt es nicht.'],
  ['clients', 'Diesen Kunden gibt es nicht.'],
  ['projects', 'Dieses Projekt gibt es nicht.'],
])(
  'an address of the %s that names what is not there says so in the language of the reader',
  async (path, text) => {
    const { page, ...visited } = await visitAs(browser, server, { locale: 'de-DE' })
    await page.goto(`${path}?panel=99999`)
    await page.getByText(text).waitFor()
    await visited.close()
  },
)
