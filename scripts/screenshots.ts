/** Takes the pictures of the web app in docs/screenshots, from a server with the projects of a small office. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions } from 'playwright-core'
import { createAccount } from '../src/accounts/account.store.ts'
import { openScope, write } from '../src/db/scope.ts'
import { startSession } from '../src/resources/sessions/session.store.ts'
import { createUser } from '../src/resources/users/user.store.ts'
import { TimeTrack } from '../src/sdk/index.ts'
import { startBrowser } from '../test/e2e/browser.ts'
import { send, sessionHeaders, startServer } from '../test/harness.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'docs/screenshots')

const HOUR = 60

/** Client, project, hours, budget, rate. */
const office: [client: string, project: string, hours: number | null, budget: number | null, rate: number][] =
  [
    ['Bäckerei Lindner', 'Shop for orders by telephone', 60, 5_400, 90],
    ['Hotel Seeblick', 'Heating, west wing', 240, 31_200, 130],
    ['Kanzlei Brandt & Partner', 'Move of the archive', 80.5, 6_037.5, 75],
    ['Gemeinde Altenau', 'Playground at the mill', 320, 48_000, 95],
    ['Weingut Sonnleitner', 'Labels 2027', 40, 3_600, 90],
    ['Hotel Seeblick', 'Fire doors', 36, 4_140, 115],
    ['Stadtwerke Norden', 'Metering points, inspection', 500, 52_500, 105],
    ['Praxis Dr. Yılmaz', 'Reception, lighting', 24, 2_880, 120],
    ['Bäckerei Lindner', 'Second branch', 180, 21_600, 120],
    ['Möbel Kröger', 'Catalogue, photographs', 96, 9_120, 95],
    ['Stadtwerke Norden', 'Support', null, null, 105],
    ['Theater am Wall', 'Stage technology, repair', 64, 7_360, 115],
    ['Gemeinde Altenau', 'Town hall, barrier-free entrance', 410, 59_450, 145],
    ['Weingut Sonnleitner', 'Cellar, cooling', 150, 18_750, 125],
    ['Kanzlei Brandt & Partner', 'Website', 120, 12_000, 100],
    ['Hotel Seeblick', 'Website with booking', 80.5, 8_050, 100],
  ]

const server = await startServer({}, join(root, 'web/dist'))
const key = await createAccount(server.database, 'setup', 'acme')
if (!key) throw new Error('the account could not be made')
const token = await write(openScope(server.database, 1, 'setup', 'write'), async (tx) => {
  const user = await createUser(tx, 'anna', true)
  if (user === undefined) throw new Error('the user could not be made')
  const chromium = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36'
  return startSession(tx, user, { userAgent: chromium, address: '192.0.2.10' })
})
const { projects } = new TimeTrack({ baseUrl: `http://127.0.0.1:${server.port}`, ...key })
for (const [clientName, projectName, hours, budgetEstimated, hourRate] of office) {
  const timeEstimated = hours === null ? null : hours * HOUR
  await projects.create({ projectName, clientName, timeEstimated, budgetEstimated, hourRate })
}
const shown = office.length
await projects.update(shown - 10, { projectEnabled: false })
await change({ budgetEstimated: 9_660, timeEstimated: 96.5 * HOUR })
await projects.update(shown, { hourRate: 105 })
await change({
  notes: 'Offer accepted by telephone on Monday.\nTexts come from the hotel, photographs from us.',
})

const browser = await startBrowser()
mkdirSync(folder, { recursive: true })
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } }
await picture('projects-light', 'projects', 'Website')
await picture('projects-dark', 'projects', 'Website', { colorScheme: 'dark' })
await picture('project', `projects/${shown}`, 'created the project')
await picture('projects-phone', 'projects', 'Website', phone)
await picture('settings-api', 'settings/api', 'List the projects')
await browser.close()
await server.close()

/** A change by the person in the browser, for the history. */
async function change(body: object): Promise<void> {
  const headers = sessionHeaders(token)
  const { status, text } = await send(server.port, 'PUT', `/api/v2/ext/projects/${shown}`, { body, headers })
  if (status !== 200) throw new Error(`the project could not be changed: ${text}`)
}

/** Waits until the page shows a text, then takes its picture. */
async function picture(
  name: string,
  path: string,
  text: string,
  options: BrowserContextOptions = {},
): Promise<void> {
  const origin = `http://acme.localhost:${server.port}`
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  })
  await context.addCookies([{ name: 'timetrack_session', value: token, url: origin, sameSite: 'Strict' }])
  const page = await context.newPage()
  await page.goto(`${origin}/app/${path}`)
  await page.getByText(text).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
}
