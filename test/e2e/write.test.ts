import { afterAll, expect, test } from 'vitest'
import { eventually, startBrowser } from './browser.ts'
import { button, rowOf, startWebServer, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

test('a create whose answer is lost is done once, however often it is saved', async () => {
  const { page, user, ...visited } = await visitAs(browser, server)
  await page.goto('tasks?panel=new')
  const panel = page.getByRole('dialog', { name: 'New task' })
  await panel.getByLabel('Name', { exact: true }).fill('Development')
  await page.route('**/api/v2/ext/tasks', async (route) => {
    const request = route.request()
    if (request.method() !== 'POST') return route.fallback()
    const headers = { 'Idempotency-Key': request.headers()['idempotency-key']! }
    await user.call('POST', '/tasks', { body: request.postDataJSON(), headers })
    await route.abort()
  })
  await button(panel, 'Save').click()
  await panel.getByText('The server cannot be reached.').waitFor()
  expect((await user.call('GET', '/tasks')).json).toHaveLength(1)
  await page.unroute('**/api/v2/ext/tasks')
  await button(panel, 'Save').click()
  await page.getByText('Development was created.').waitFor()
  expect((await user.call('GET', '/tasks')).json).toHaveLength(1)
  await visited.close()
})

test('a change that is refused is taken back, with a sentence that says why', async () => {
  const { page, user, ...visited } = await visitAs(browser, server, { locale: 'de-DE' })
  await user.call('POST', '/projects', { body: { projectName: 'Website', clientName: 'Acme' } })
  await page.goto('clients')
  await button(page, 'Acme löschen').click()
  await page.getByText('Nicht gespeichert. Der Kunde hat noch Projekte.').waitFor()
  await rowOf(page, 'Acme').waitFor()
  expect(await page.getByRole('button', { name: 'Noch einmal versuchen' }).count()).toBe(0)
  await visited.close()
})

test('a switch shows at once what it will be, is as it was where the server is away, and can be tried again', async () => {
  const { page, user, ...visited } = await visitAs(browser, server)
  await user.call('POST', '/tasks', { body: { name: 'Development' } })
  await page.goto('tasks')
  const toggle = page.getByRole('switch', { name: 'Development enabled' })
  const expectOn = (on: boolean) =>
    eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe(String(on)))
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/tasks/1/disable', async (route) => {
    await held
    await route.abort()
  })
  await toggle.click()
  await expectOn(false)
  expect((await user.call('GET', '/tasks/1')).json.enabled).toBe(true)
  release()
  await page.getByText('Not saved. The server cannot be reached.').waitFor()
  await expectOn(true)
  await page.unroute('**/tasks/1/disable')
  await button(page, 'Try again').click()
  await page.getByText('Development is disabled.').waitFor()
  await expectOn(false)
  expect((await user.call('GET', '/tasks/1')).json.enabled).toBe(false)
  await visited.close()
})

test('changes that are made quickly one after the other end as they were made', async () => {
  const { page, user, ...visited } = await visitAs(browser, server)
  await user.call('POST', '/tasks', { body: { name: 'Development' } })
  await page.goto('tasks')
  const toggle = page.getByRole('switch', { name: 'Development enabled' })
  for (let presses = 0; presses < 5; presses++) await toggle.click()
  await eventually(async () => {
    const { json } = await user.call('GET', '/tasks/1/history')
    expect(json.map(({ action }: { action: string }) => action)).toHaveLength(6)
  })
  expect((await user.call('GET', '/tasks/1')).json.enabled).toBe(false)
  expect(await toggle.getAttribute('aria-checked')).toBe('false')
  await visited.close()
})
