import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../harness.ts'
import { call, paste, type Server, startServer } from '../process.ts'
import { expectAccessible } from './accessible.ts'
import { eventually, startBrowser } from './browser.ts'
import { button, DESK, PHONE, rowOf, type Visit, visit } from './visit.ts'

const browser: Browser = await startBrowser()
afterAll(() => browser.close())

/** What the first start has written for those who have no terminal. */
function readCredentials(folder: string) {
  const text = readFileSync(join(folder, 'testaccount.credentials'), 'utf8')
  const read = (name: string) =>
    new RegExp(`^export TIMETRACK_${name}='?([^'\n]*)'?$`, 'm').exec(text)?.[1] ?? ''
  return { apiKey: read('KEY'), apiSecret: read('SECRET'), link: read('SIGN_IN') }
}

const panelClosed = (page: Page) =>
  eventually(async () => expect(await page.getByRole('dialog').count()).toBe(0))

/** By the bar, or where it has no room for it, by More. */
async function goTo(page: Page, name: string): Promise<void> {
  const bar = page.getByRole('navigation', { name: 'Main' })
  const link = bar.getByRole('link', { name, exact: true })
  if (await link.isVisible()) return link.click()
  await button(bar, 'More').click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

/** Fills the fields of the open panel and saves. */
async function save(page: Page, fields: Record<string, string>): Promise<void> {
  const panel = page.getByRole('dialog')
  for (const [label, value] of Object.entries(fields))
    await panel.getByLabel(label, { exact: true }).fill(value)
  await button(panel, 'Save').click()
}

// Each step goes on from where the one before it has ended, as a day does.
describe.each([
  ['a phone', PHONE],
  ['a desk', DESK],
])('a first day on %s', (_, viewport) => {
  const folder = temporaryFolder()
  let server: Server
  let key: { apiKey: string; apiSecret: string }
  let link: string
  let visited: Visit
  let page: Page
  const ask = (method: string, path: string, body?: unknown) => call(server, key, method, path, body)

  beforeAll(async () => {
    server = await startServer(folder)
    ;({ link, ...key } = readCredentials(folder))
    visited = await visit(browser, { viewport })
    page = visited.page
  })
  afterAll(() => Promise.all([visited.close(), server.destroy()]))

  test('the link of the first start signs in, and lets one choose a password', async () => {
    await page.goto(link)
    await page.getByLabel('New password', { exact: true }).fill('correct horse battery')
    await page.getByLabel('Repeat the password').fill('correct horse battery')
    await button(page, 'Save and sign in').click()
    await page.getByRole('heading', { name: 'No projects yet' }).waitFor()
  })

  test('a client is made', async () => {
    await goTo(page, 'Clients')
    await button(page, 'New client').first().click()
    await save(page, { Name: 'Müller & Söhne', City: 'Köln' })
    await rowOf(page, 'Müller & Söhne').waitFor()
    await panelClosed(page)
    expect((await ask('GET', '/clients/1')).json).toMatchObject({
      name: 'Müller & Söhne',
      addressCity: 'Köln',
    })
  })

  test('a project is made; its client is offered, and what is wrong stands beside its field', async () => {
    await goTo(page, 'Projects')
    await button(page, 'New project').first().click()
    const panel = page.getByRole('dialog', { name: 'New project' })
    await panel.getByRole('combobox', { name: 'Client' }).fill('müll')
    await page.getByRole('option', { name: 'Müller & Söhne' }).click()
    await save(page, { 'Time planned': '80:30', 'Budget planned': '4000', 'Hourly rate': 'fifty' })
    await panel.getByText('Write a number, such as 50 or 37.50.').waitFor()
    await panel.getByText(/^(?:Name is required|Write 1 to 255)/).waitFor()
    await expectAccessible(page)
    await save(page, { Name: 'Website', 'Hourly rate': '49.5' })
    await rowOf(page, 'Website').waitFor()
    await panelClosed(page)
    expect((await ask('GET', '/projects/1')).json).toMatchObject({
      projectName: 'Website',
      clientName: 'Müller & Söhne',
      timeEstimated: 4830,
      budgetEstimated: 4000,
      hourRate: 49.5,
    })
  })

  test('it is found among others, and the address holds the search', async () => {
    for (const projectName of ['Warehouse', 'Wedding'])
      await ask('POST', '/projects', { projectName, clientName: 'Acme' })
    const search = page.getByRole('searchbox', { name: 'Search projects' })
    await search.fill('no such project')
    await page.getByRole('heading', { name: 'No projects found' }).waitFor()
    await search.fill('WEBS')
    await rowOf(page, 'Website').waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('WEBS')
    await page.reload()
    await rowOf(page, 'Website').waitFor()
    expect(await search.inputValue()).toBe('WEBS')
    expect(await rowOf(page, 'Wedding').count()).toBe(0)
  })

  test('it is edited', async () => {
    await button(page, 'Edit Website').click()
    await save(page, { 'Hourly rate': '60' })
    await page.getByText('Website was saved.').waitFor()
    await panelClosed(page)
    expect((await ask('GET', '/projects/1')).json.hourRate).toBe(60)
  })

  test('somebody else saves first: both versions are shown, and one chooses field by field', async () => {
    await button(page, 'Edit Website').click()
    const edited = page.getByRole('dialog', { name: 'Edit project' })
    await edited.getByLabel('Budget planned').fill('4500')
    await edited.getByLabel('Notes').fill('Agreed on the telephone.')
    await ask('PUT', '/projects/1', { budgetEstimated: 5000, hourRate: 70 })
    await button(edited, 'Save').click()
    const conflict = page.getByRole('dialog', { name: 'This project was changed in the meantime' })
    const budget = conflict.getByRole('group', { name: 'Budget planned' })
    await budget.getByText('5,000').waitFor()
    await budget.getByText('4500').waitFor()
    await expectAccessible(page)
    await budget.getByRole('radio', { name: /Saved version/ }).check()
    await button(conflict, 'Save the choice').click()
    await panelClosed(page)
    expect((await ask('GET', '/projects/1')).json).toMatchObject({
      budgetEstimated: 5000,
      hourRate: 70,
      notes: 'Agreed on the telephone.',
    })
  })

  test('it is deleted, and that undone; deleted again, and fetched out of the trash', async () => {
    await button(page, 'Delete Website').click()
    await page.getByText('Website is in the trash.').waitFor()
    expect((await ask('GET', '/projects/1')).status).toBe(404)
    await button(page, 'Undo').click()
    await rowOf(page, 'Website').waitFor()
    expect((await ask('GET', '/projects/1')).status).toBe(200)
    await button(page, 'Delete Website').click()
    await page.getByRole('heading', { name: 'No projects found' }).waitFor()
    await page.getByRole('link', { name: 'Trash' }).click()
    await button(page, 'Restore Website').click()
    await page.getByRole('heading', { name: 'The trash is empty' }).waitFor()
    expect((await ask('GET', '/projects/1')).status).toBe(200)
  })

  test('a new secret is shown once, and the curl lines work with it; the old one stays good', async () => {
    await goTo(page, 'Settings')
    await page.getByRole('link', { name: 'API', exact: true }).click()
    await page.getByRole('button', { name: /^New secret for/ }).click()
    await button(page, 'Create a new secret').click()
    const shown = page.getByRole('dialog', { name: 'The secret is shown only now' })
    await button(shown, 'Copy: List the projects').waitFor()
    await expectAccessible(page)
    const command = await copy(shown, 'Copy: List the projects')
    expect(command).not.toContain(key.apiSecret)
    const [answer = '', status, ...more] = await paste(folder, command)
    expect([status, more]).toEqual(['200', []])
    expect(JSON.parse(answer)).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }])
    await button(shown, 'I have copied it').click()
    await page.getByText(/^The old secret stays valid until/).waitFor()
    expect((await ask('GET', '/projects')).status).toBe(200)
    visited.expectCleanRun(new URL(link).origin)
  })

  /** What a copy button puts on the clipboard. */
  async function copy(place: Locator, name: string): Promise<string> {
    await visited.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(place, name).click()
    await place.getByText('Copied', { exact: true }).waitFor({ state: 'attached' })
    return page.evaluate<string>('navigator.clipboard.readText()')
  }
})
