import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batch, create } from '../batches.ts'
import { expectAccessible } from './accessible.ts'
import { startBrowser } from './browser.ts'
import { DESK, PHONE, startWebServer, type UserVisit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

const projects = [
  create('Website', 'Müller & Söhne', { budgetEstimated: 12_345.5, timeEstimated: 75_630, hourRate: 80 }),
  create('Warehouse', 'Acme', { projectEnabled: false, notes: 'Two floors.\nWith a lift.' }),
  create('Wedding', 'A name of a client that is longer than most of them are, and goes on for a while'),
  create('Given up', 'Acme'),
]

const tasks = [
  { name: 'Development', hourRate: 95 },
  { name: 'Travel', enabled: false, notes: 'There and back, by train, and with all that belongs to it.' },
  { name: 'Given up' },
]

/** Path, and in English and German what stands on it. */
const pages: [path: string, english: string, german: string][] = [
  ['projects', 'Website', 'Website'],
  ['projects?q=nothing', 'No projects found', 'Kein Projekt gefunden'],
  ['projects?panel=new', 'Time planned', 'Geplante Zeit'],
  ['projects/1', 'created the project', 'hat das Projekt angelegt'],
  ['projects/4', 'This project is in the trash', 'Dieses Projekt liegt im Papierkorb'],
  ['projects/trash', 'Given up', 'Given up'],
  ['clients', 'Müller & Söhne', 'Müller & Söhne'],
  ['clients?panel=1', 'Contact and address', 'Kontakt und Adresse'],
  ['clients/trash', 'The trash is empty', 'Der Papierkorb ist leer'],
  ['tasks', 'Development', 'Development'],
  ['tasks?panel=1', 'Hourly rate', 'Stundensatz'],
  ['tasks/trash', 'Given up', 'Given up'],
  ['import', 'Drop a CSV file here', 'CSV-Datei hier ablegen'],
  ['settings/general', 'Language and appearance', 'Sprache und Darstellung'],
  ['settings/api', 'List the projects', 'Projekte auflisten'],
  ['settings/password', 'Current password', 'Aktuelles Passwort'],
  ['settings/sessions', 'This browser', 'Dieser Browser'],
  ['no/such/page', 'There is no such page', 'Diese Seite gibt es nicht'],
]

const looks: [name: string, language: 'en' | 'de', options: BrowserContextOptions][] = [
  ['English, light, on a desk', 'en', { locale: 'en-GB', colorScheme: 'light', viewport: DESK }],
  ['German, dark, on a phone', 'de', { locale: 'de-DE', colorScheme: 'dark', viewport: PHONE }],
]

describe.each(looks)('%s', (_, language, options) => {
  let visited: UserVisit

  beforeAll(async () => {
    visited = await visitAs(browser, server, options)
    await batch(visited.user, projects)
    await visited.user.call('DELETE', '/projects/4')
    for (const body of tasks) await visited.user.call('POST', '/tasks', { body })
    await visited.user.call('DELETE', '/tasks/3')
  })
  afterAll(() => visited.close())

  test.each(pages)(
    '%s: axe finds no violation, and nothing is wider than the window',
    async (path, ...texts) => {
      const { page } = visited
      await goTo(page, path)
      const text = texts[language === 'en' ? 0 : 1]!
      await page.getByText(text).and(page.locator(':visible')).first().waitFor()
      await expectAccessible(page)
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    },
  )

  test('language, numbers and colours are those of the browser; nothing came from elsewhere', async () => {
    const { page, origin } = visited
    await page.goto('projects/1')
    const numbers = page.getByRole('region', { name: language === 'en' ? 'Numbers' : 'Zahlen' })
    await numbers.getByText(language === 'en' ? '12,345.50' : '12.345,50').waitFor()
    await numbers.getByText(language === 'en' ? '1,260:30 h' : '1.260:30 h').waitFor()
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe(language)
    const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const [red = 0] = background.match(/\d+/g)!.map(Number)
    expect(red > 128 ? 'light' : 'dark').toBe(options.colorScheme)
    visited.expectCleanRun(origin)
  })
})

/** Goes to a page as the links of the app do, which is quicker than loading the app again. */
async function goTo(page: Page, path: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto(path)
  else await page.evaluate(`history.pushState(null, '', new URL(${JSON.stringify(path)}, document.baseURI))`)
}
