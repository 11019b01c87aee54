import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from './browser.ts'
import { button, rowOf, startWebServer, type UserVisit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

// Each step goes on from where the one before it has ended.
describe('tasks, in German', () => {
  let visited: UserVisit
  let page: Page
  const task = async (id: number) => (await visited.user.call('GET', `/tasks/${id}`)).json

  beforeAll(async () => {
    visited = await visitAs(browser, server, { locale: 'de-DE' })
    page = visited.page
    await page.goto('tasks')
  })
  afterAll(() => visited.close())

  const dialog = (name: string): Locator => page.getByRole('dialog', { name })

  async function save(panel: Locator, fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields))
      await panel.getByLabel(label, { exact: true }).fill(value)
    await button(panel, 'Speichern').click()
  }

  test('the first is made; its rate is read as it is written here', async () => {
    await button(page, 'Neue Tätigkeit').first().click()
    await save(dialog('Neue Tätigkeit'), { Name: 'Entwicklung', Stundensatz: '1.095,50' })
    await rowOf(page, 'Entwicklung').getByText('1.095,50').waitFor()
    await page.getByText('1 Tätigkeit', { exact: true }).waitFor()
    expect(await task(1)).toMatchObject({ name: 'Entwicklung', hourRate: 1095.5, enabled: true, notes: null })
  })

  test('name, rate, notes and state are changed in one save', async () => {
    await page.getByRole('button', { name: 'Entwicklung', exact: true }).click()
    const panel = dialog('Tätigkeit bearbeiten')
    await panel.getByRole('switch', { name: 'Aktiv' }).click()
    await save(panel, { Name: 'Gestaltung', Stundensatz: '', Notizen: 'Skizzen und Entwürfe.' })
    await rowOf(page, 'Gestaltung').getByText('Skizzen und Entwürfe.').waitFor()
    expect(await task(1)).toMatchObject({
      name: 'Gestaltung',
      hourRate: null,
      enabled: false,
      notes: 'Skizzen und Entwürfe.',
    })
  })

  test('a name that is taken is refused beside its field; what was saved before it is kept', async () => {
    await visited.user.call('POST', '/tasks', { body: { name: 'Beratung' } })
    await page.reload()
    await button(page, 'Beratung bearbeiten').click()
    const panel = dialog('Tätigkeit bearbeiten')
    await save(panel, { Name: 'GESTALTUNG', Stundensatz: '120' })
    await panel.getByText('Eine andere Tätigkeit heißt schon so.').waitFor()
    await save(panel, { Name: 'Beratung vor Ort' })
    await panel.waitFor({ state: 'detached' })
    expect(await task(2)).toMatchObject({ name: 'Beratung vor Ort', hourRate: 120 })
  })

  test('they are filtered by state and sorted by rate, and the address says so', async () => {
    await page.getByRole('radio', { name: 'Inaktiv' }).check()
    await rowOf(page, 'Beratung').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('?enabled=false')
    await page.getByRole('switch', { name: 'Gestaltung aktiv' }).click()
    await page.getByRole('heading', { name: 'Keine Tätigkeit gefunden' }).waitFor()
    await button(page, 'Suche und Filter zurücksetzen').click()
    await button(page, 'Stundensatz').click()
    await page
      .getByRole('columnheader', { name: 'Stundensatz' })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor()
    expect(new URL(page.url()).search).toBe('?sort=hourRate')
    expect((await task(1)).enabled).toBe(true)
  })

  test('one is deleted, brought back, deleted again and restored from the trash', async () => {
    await button(page, 'Gestaltung löschen').click()
    await button(page, 'Rückgängig').click()
    await rowOf(page, 'Gestaltung').waitFor()
    await button(page, 'Gestaltung löschen').click()
    await rowOf(page, 'Gestaltung').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Papierkorb' }).click()
    await button(page, 'Gestaltung wiederherstellen').click()
    await page.getByRole('heading', { name: 'Der Papierkorb ist leer' }).waitFor()
    expect((await task(1)).name).toBe('Gestaltung')
    visited.expectCleanRun(visited.origin)
  })
})
