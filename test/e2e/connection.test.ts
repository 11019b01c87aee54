import { afterAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { eventually, startBrowser } from './browser.ts'
import { button, rowOf, startWebServer, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

test('offline: a banner says so, and what was typed is kept until it can be saved', async () => {
  const { page, context, user, ...visited } = await visitAs(browser, server)
  await page.goto('projects?panel=new')
  const panel = page.getByRole('dialog', { name: 'New project' })
  await panel.getByLabel('Name', { exact: true }).fill('Website')
  await panel.getByRole('combobox', { name: 'Client' }).fill('Acme')
  await context.setOffline(true)
  const banner = page.getByRole('status').filter({ hasText: 'What you see may be out of date.' })
  await banner.waitFor()
  await button(panel, 'Save').click()
  await panel.getByText('You are offline. Try again when the connection is back.').waitFor()
  await expectAccessible(page)
  await context.setOffline(false)
  await banner.waitFor({ state: 'detached' })
  await button(panel, 'Save').click()
  await rowOf(page, 'Website').waitFor()
  expect((await user.call('GET', '/projects')).json).toMatchObject([{ projectName: 'Website' }])
  await visited.close()
})

test('a list that cannot be loaded says so, and is there after another try', async () => {
  const { page, user, ...visited } = await visitAs(browser, server)
  await user.call('POST', '/clients', { body: { name: 'Acme' } })
  await page.route('**/api/v2/ext/clients**', (route) => route.abort())
  await page.goto('clients')
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor()
  await expectAccessible(page)
  await page.unroute('**/api/v2/ext/clients**')
  await button(page, 'Try again').click()
  await rowOf(page, 'Acme').waitFor()
  await visited.close()
})

test('offline, a change of a row that cannot be made is taken back at once', async () => {
  const { page, context, user, ...visited } = await visitAs(browser, server)
  await user.call('POST', '/tasks', { body: { name: 'Development' } })
  await page.goto('tasks')
  const toggle = page.getByRole('switch', { name: 'Development enabled' })
  await toggle.waitFor()
  await context.setOffline(true)
  await toggle.click()
  await page.getByText('Not saved. You are offline.').waitFor()
  await eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe('true'))
  await button(page, 'Delete Development').click()
  await page.getByText('Not saved. You are offline.').nth(1).waitFor()
  await rowOf(page, 'Development').waitFor()
  await visited.close()
})
