import { readFile } from 'node:fs/promises'
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

const FILE = `Projekt;Kunde;Budget;Stundensatz;Farbe
Website;Müller & Söhne;4000,50;50;blau
Lager;Acme;;neunzig;rot
Hochzeit;Acme;12000;;
`

/** Drops a file on the page, as from the desktop. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    `(() => {
      const data = new DataTransfer()
      data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/csv' }))
      return data
    })()`,
  )
  const target = page.getByRole('heading', { name: 'Drop a CSV file here' })
  await target.dispatchEvent('dragover', { dataTransfer })
  await page
    .getByRole('heading', { name: 'Drop it to read the file' })
    .dispatchEvent('drop', { dataTransfer })
}

/** The text of what a click downloads. */
async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, name).click()])
  return readFile(await file.path(), 'utf8')
}

test('a CSV file is dropped, matched, previewed and imported; a report and an export tell what is there', async () => {
  const { page, user, origin, ...visited } = await visitAs(browser, server)
  await page.goto('import')
  await drop(page, 'projects.csv', FILE)
  await page.getByRole('heading', { name: 'Which column is what?' }).waitFor()
  expect(await page.getByLabel('Field: Kunde').inputValue()).toBe('clientName')
  expect(await page.getByLabel('Field: Farbe').inputValue()).toBe('')
  await expectAccessible(page)
  await button(page, 'Show the preview').click()
  await page.getByRole('heading', { name: 'What will happen' }).waitFor()
  await rowOf(page, 'Lager')
    .getByText(/^Hourly rate: /)
    .waitFor()
  await expectAccessible(page)
  const start = button(page, 'Import 2 rows')
  expect(await start.isDisabled()).toBe(true)
  await page.getByLabel('Import the good rows and leave out the refused ones').check()
  await start.click()
  await page.getByRole('heading', { name: 'Imported' }).waitFor()
  await expectAccessible(page)
  const report = await download(page, 'Download the report')
  expect(report).toMatch(/Lager.*Hourly rate/)
  const { json } = await user.call('GET', '/projects?sort=id')
  expect(json).toMatchObject([
    { projectName: 'Website', clientName: 'Müller & Söhne', budgetEstimated: 4000.5, hourRate: 50 },
    { projectName: 'Hochzeit', clientName: 'Acme', budgetEstimated: 12_000, hourRate: null },
  ])
  await page.getByRole('link', { name: 'To the projects' }).click()
  const exported = await download(page, 'Export CSV')
  expect(exported).toMatch(/Website,Müller & Söhne/)
  expect(exported.trimEnd().split('\n')).toHaveLength(3)
  visited.expectCleanRun(origin)
  await visited.close()
})
