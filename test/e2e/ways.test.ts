import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { eventually, startBrowser } from './browser.ts'
import { button, DESK, PHONE, startWebServer, type UserVisit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** The names of a control or a window, in English and in German. */
type Names = readonly [english: string, german: string]

const projects: Names = ['Projects', 'Projekte']
const clients: Names = ['Clients', 'Kunden']
const tasks: Names = ['Tasks', 'Tätigkeiten']
const settings: Names = ['Settings', 'Einstellungen']
const trash: Names = ['Trash', 'Papierkorb']
const more: Names = ['More', 'Mehr']

/** Every page, the title of its window, and the controls that lead to it. */
const pages: [path: string, title: Names, ways: readonly Names[]][] = [
  ['/projects', projects, [projects]],
  ['/projects/trash', ['Trash: Projects', 'Papierkorb: Projekte'], [projects, trash]],
  ['/projects/1', ['Website', 'Website'], [projects, ['Website', 'Website']]],
  ['/clients', clients, [clients]],
  ['/clients/trash', ['Trash: Clients', 'Papierkorb: Kunden'], [clients, trash]],
  ['/tasks', tasks, [tasks]],
  ['/tasks/trash', ['Trash: Tasks', 'Papierkorb: Tätigkeiten'], [tasks, trash]],
  ['/settings/general', ['Language and appearance', 'Sprache und Darstellung'], [settings]],
  ['/settings/api', ['API', 'API'], [settings, ['API', 'API']]],
  ['/settings/password', ['Password', 'Passwort'], [settings, ['Password', 'Passwort']]],
  ['/settings/sessions', ['Sessions', 'Sitzungen'], [settings, ['Sessions', 'Sitzungen']]],
  ['/import', ['Import', 'Import'], [more, ['Import', 'Import']]],
]

test('no page of the app is missing here', () => {
  const table = readFileSync(new URL('../../web/src/app/pages.ts', import.meta.url), 'utf8')
  const entries = table.split("path: '").slice(1)
  const paths = entries
    .filter((entry) => entry.includes('load:'))
    .map((entry) => entry.slice(0, entry.indexOf("'")).replace(':id', '1'))
  expect(paths.sort()).toEqual(pages.map(([path]) => path).sort())
})

const FOCUSED = `(() => {
  const { activeElement: focused } = document
  return (focused.getAttribute('aria-label') ?? focused.textContent).trim()
})()`

/** Goes to a control by Tab, in an open menu by arrows, and presses Enter on it. */
async function goBy(page: Page, name: string): Promise<void> {
  const isMenuOpen = await page.evaluate<boolean>("document.querySelector(':popover-open') !== null")
  for (let presses = 0; presses < 60; presses++) {
    if ((await page.evaluate<string>(FOCUSED)) === name) return page.keyboard.press('Enter')
    await page.keyboard.press(isMenuOpen ? 'ArrowDown' : 'Tab')
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

const looks: [name: string, language: 0 | 1, options: BrowserContextOptions][] = [
  ['a desk, in English', 0, { locale: 'en-GB', viewport: DESK }],
  ['a phone, in German', 1, { locale: 'de-DE', viewport: PHONE }],
]

describe.each(looks)('by the keyboard on %s', (_, language, options) => {
  let visited: UserVisit

  beforeAll(async () => {
    visited = await visitAs(browser, server, options)
    const body = { projectName: 'Website', clientName: 'Acme' }
    await visited.user.call('POST', '/projects', { body })
  })
  afterAll(() => visited.close())

  test.each(pages)('one reaches %s, and the window has its name', async (path, title, ways) => {
    const { page, origin } = visited
    await page.goto('projects')
    await page.getByRole('row').getByText('Website').waitFor()
    const inBar = page.getByRole('navigation').getByText(ways[0]![language], { exact: true })
    const isInBar = (await inBar.filter({ visible: true }).count()) > 0
    for (const name of isInBar ? ways : [more, ...ways]) await goBy(page, name[language])
    await eventually(async () => {
      expect(page.url()).toBe(`${origin}/app${path}`)
      expect(await page.title()).toBe(`${title[language]} · TimeTrack`)
    })
  })
})

test.each(looks)('the menu More on %s has no fault that axe finds', async (_, language, options) => {
  const { page, ...visited } = await visitAs(browser, server, options)
  await page.goto('projects')
  await button(page, more[language]).click()
  await page.getByRole('menuitem', { name: 'Import' }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await eventually(async () => expect(await page.evaluate(FOCUSED)).toBe(more[language]))
  await visited.close()
})

test('who is no admin is shown no way to the keys, and by their address is told why', async () => {
  const { page, ...visited } = await visitAs(browser, server, { admin: false })
  await page.goto('settings/password')
  const sections = page.getByRole('navigation', { name: 'Settings' })
  await sections.getByRole('link', { name: 'Sessions' }).waitFor()
  expect(await sections.getByRole('link', { name: 'API' }).count()).toBe(0)
  await page.goto('settings/api')
  await page.getByRole('heading', { name: 'Only administrators can open this page' }).waitFor()
  expect(visited.requests.filter((url) => url.endsWith('/keys'))).toEqual([])
  await visited.close()
})
