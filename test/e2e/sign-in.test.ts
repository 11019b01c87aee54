import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { newSession } from '../harness.ts'
import { newLink, newPerson, PASSWORD } from '../sign-in.ts'
import { expectAccessible } from './accessible.ts'
import { startBrowser } from './browser.ts'
import { button, originOf, startWebServer, visit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** What is promised of an end to a session. */
const HONOURED_MS = 1_000

test('a wrong password is refused beside the form; the right one leads to the page that was asked for', async () => {
  const { account, username } = await newPerson(server)
  const origin = originOf(server, account)
  const { page, ...visited } = await visit(browser, { locale: 'de-DE' })
  await page.goto(`${origin}/app/clients?q=m`)
  await page.getByRole('heading', { name: `Bei ${account} anmelden` }).waitFor()
  await page.getByLabel('Passwort zeigen oder verbergen').waitFor({ state: 'attached' })
  await page.getByLabel('Benutzername').fill(username)
  await page.getByLabel('Passwort', { exact: true }).fill('not the password')
  await button(page, 'Anmelden').click()
  await page.getByRole('alert').getByText('Benutzername oder Passwort stimmt nicht.').waitFor()
  await expectAccessible(page)
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
  await button(page, 'Anmelden').click()
  await page.getByRole('heading', { name: 'Kunden', exact: true }).waitFor()
  expect(page.url()).toBe(`${origin}/app/clients?q=m`)
  visited.expectCleanRun(origin)
  await visited.close()
})

test('an address that names no account asks for it; who signs out is out', async () => {
  const { account, username } = await newPerson(server)
  const origin = `http://127.0.0.1:${server.port}`
  const { page, ...visited } = await visit(browser)
  await page.goto(origin)
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await expectAccessible(page)
  await button(page, 'Sign in').click()
  await page.getByRole('heading', { name: 'No projects yet' }).waitFor()
  await button(page, `${username} ${account}: account menu`).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await button(page, 'Sign in').waitFor()
  await page.goto(`${origin}/app/projects`)
  await button(page, 'Sign in').waitFor()
  visited.expectCleanRun(origin)
  await visited.close()
})

test('a link that has been used says so, and leads on to the form', async () => {
  const { owner, account, username } = await newPerson(server)
  const { page, ...visited } = await visit(browser)
  const used = `${originOf(server, account)}/app/sign-in#${await newLink(server, owner, username)}x`
  await page.goto(used)
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Repeat the password').fill(`${PASSWORD}!`)
  await button(page, 'Save and sign in').click()
  await page.getByText('The two passwords are not the same.').waitFor()
  await page.getByLabel('Repeat the password').fill(PASSWORD)
  await button(page, 'Save and sign in').click()
  await page.getByRole('heading', { name: 'This link has been used or has expired.' }).waitFor()
  await expectAccessible(page)
  await button(page, 'To the sign-in page').click()
  await page.getByLabel('Username').waitFor()
  await visited.close()
})

test('a link that is pasted where the form is open opens, too', async () => {
  const { owner, account, username } = await newPerson(server)
  const { page, ...visited } = await visit(browser)
  const form = `${originOf(server, account)}/app/sign-in`
  await page.goto(form)
  await page.getByLabel('Username').waitFor()
  await page.goto(`${form}#${await newLink(server, owner, username)}`)
  await page.getByRole('heading', { name: 'Choose a password' }).waitFor()
  await visited.close()
})

test('a session that is ended elsewhere is out at its next step, a second later', async () => {
  const { page, user, ...visited } = await visitAs(browser, server)
  const other = await newSession(server, user, user.user, 'Mozilla/5.0 Firefox/128.0')
  await page.goto('settings/sessions')
  await page.getByRole('button', { name: /^End session: / }).click()
  await page.getByText('The session has ended.').waitFor()
  expect((await other.call('GET', '/sessions')).status).toBe(401)
  const [{ id }] = (await user.call('GET', '/sessions')).json
  await user.call('DELETE', `/sessions/${id}`)
  await sleep(HONOURED_MS)
  await page.getByRole('link', { name: 'Clients', exact: true }).click()
  await button(page, 'Sign in').waitFor()
  await visited.close()
})
