import { afterAll, expect, test } from 'vitest'
import { newAccount } from '../harness.ts'
import { newLink, PASSWORD } from '../sign-in.ts'
import { startBrowser } from './browser.ts'
import { startPrefixProxy } from './prefix-proxy.ts'
import { button, originOf, rowOf, startWebServer, visit } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
const proxy = await startPrefixProxy(server.port, '/tt')
afterAll(async () => {
  await browser.close()
  await proxy.close()
  await server.close()
})

test('behind a proxy under a path all works, and nothing is asked for outside of the path', async () => {
  const owner = await newAccount(server)
  const origin = originOf(proxy, owner.name)
  const { page, ...visited } = await visit(browser)
  await page.goto(`${origin}/tt/`)
  await page.getByRole('heading', { name: `Sign in to ${owner.name}` }).waitFor()
  await page.goto(`${origin}/tt/app/sign-in#${await newLink(server, owner, 'anna')}`)
  // The page is there already, and only what is behind the # has changed.
  await page.reload()
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Repeat the password').fill(PASSWORD)
  await button(page, 'Save and sign in').click()
  await button(page, 'New project').first().click()
  const panel = page.getByRole('dialog', { name: 'New project' })
  await panel.getByLabel('Name', { exact: true }).fill('Website')
  await panel.getByRole('combobox', { name: 'Client' }).fill('Acme')
  await button(panel, 'Save').click()
  await rowOf(page, 'Website').getByRole('link', { name: 'Website' }).click()
  await page.getByRole('heading', { name: 'Website', level: 1 }).waitFor()
  expect(page.url()).toBe(`${origin}/tt/app/projects/1`)
  await page.reload()
  await page.getByText('created the project').waitFor()
  await page.goto(`${origin}/tt/app/settings/api`)
  await page.getByText(`curl "${origin}/tt/api/v2/ext/projects"`).first().waitFor()
  const reference = page.getByRole('link', { name: 'Interactive API reference' })
  expect(await reference.getAttribute('href')).toBe(`${origin}/tt/docs`)
  expect(proxy.strays).toEqual([])
  visited.expectCleanRun(origin)
  await visited.close()
})
