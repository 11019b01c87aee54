import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { newLink, newPerson, PASSWORD, useLink } from '../sign-in.ts'
import { expectAccessible } from './accessible.ts'
import { startBrowser } from './browser.ts'
import { button, originOf, rowOf, signInAt, startWebServer, visit } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** What is promised of an end to a session. */
const HONOURED_MS = 1_000

/** Somebody who is signed in, with a task; `endSession` ends the session as from another browser. */
async function visitSignedIn(path: string) {
  const { owner, account, username } = await newPerson(server)
  await owner.call('POST', '/tasks', { body: { name: 'Development' } })
  const visited = await visit(browser)
  const { page } = visited
  await signInAt(page, `${originOf(server, account)}/app/${path}`, username)
  await rowOf(page, 'Development').waitFor()
  const endSession = async () => {
    await page.evaluate(`fetch('api/session', { method: 'DELETE' })`)
    await sleep(HONOURED_MS)
  }
  return { ...visited, owner, username, endSession }
}

async function signInAgain(page: Page): Promise<void> {
  await page.getByText('what you have typed is still there').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await button(page, 'Sign in').click()
}

test('a session that ends in the middle of an edit: one signs in, and what was typed is saved', async () => {
  const { page, owner, username, endSession, ...visited } = await visitSignedIn('tasks?q=dev')
  await button(page, 'Edit Development').click()
  const panel = page.getByRole('dialog', { name: 'Edit task' })
  await panel.getByLabel('Notes').fill('All that was typed.')
  await panel.getByLabel('Name', { exact: true }).fill('Design')
  await endSession()
  await button(panel, 'Save').click()
  await page.getByText('what you have typed is still there').waitFor()
  expect(await page.getByLabel('Username').inputValue()).toBe(username)
  expect(await page.getByRole('dialog').isVisible()).toBe(false)
  expect(await page.title()).toBe('Sign in · TimeTrack')
  await expectAccessible(page)
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('Design was saved.').waitFor()
  await panel.waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('?q=dev')
  expect(await page.title()).toBe('Tasks · TimeTrack')
  expect((await owner.call('GET', '/tasks/1')).json).toMatchObject({
    name: 'Design',
    notes: 'All that was typed.',
  })
  await visited.close()
})

test('a session whose end is found by what is read next: the panel is there again as it was', async () => {
  const { page, owner, endSession, ...visited } = await visitSignedIn('tasks')
  await page.getByRole('link', { name: 'Projects' }).click()
  await button(page, 'New project').first().click()
  const panel = page.getByRole('dialog', { name: 'New project' })
  await panel.getByLabel('Name', { exact: true }).fill('Website')
  await panel.getByLabel('Hourly rate').fill('not a number yet')
  const client = panel.getByRole('combobox', { name: 'Client' })
  await client.fill('Acm')
  await endSession()
  await client.press('e')
  await signInAgain(page)
  expect(await client.inputValue()).toBe('Acme')
  expect(await panel.getByLabel('Hourly rate').inputValue()).toBe('not a number yet')
  await panel.getByLabel('Hourly rate').fill('80')
  await button(panel, 'Save').click()
  await rowOf(page, 'Website').waitFor()
  expect((await owner.call('GET', '/projects')).json).toMatchObject([{ clientName: 'Acme', hourRate: 80 }])
  await visited.close()
})

test('a change of a row waits for the sign-in, too', async () => {
  const { page, owner, endSession, ...visited } = await visitSignedIn('tasks')
  await endSession()
  await page.getByRole('switch', { name: 'Development enabled' }).click()
  await signInAgain(page)
  await page.getByText('Development is disabled.').waitFor()
  expect((await owner.call('GET', '/tasks/1')).json.enabled).toBe(false)
  await visited.close()
})

test('what was typed is asked about before it is lost from the page that asks to sign in', async () => {
  const { page, endSession, ...visited } = await visitSignedIn('tasks')
  await button(page, 'Edit Development').click()
  const notes = page.getByRole('dialog').getByLabel('Notes')
  await notes.fill('Half a sentence')
  await endSession()
  await button(page.getByRole('dialog'), 'Save').click()
  await page.getByText('what you have typed is still there').waitFor()
  for (const [type, leave] of [
    ['beforeunload', 'setTimeout(() => location.reload())'],
    ['confirm', 'setTimeout(() => history.back())'],
  ] as const) {
    const [dialog] = await Promise.all([page.waitForEvent('dialog'), page.evaluate(leave)])
    expect(dialog.type()).toBe(type)
    await dialog.dismiss()
  }
  await signInAgain(page)
  await page.getByText('Development was saved.').waitFor()
  await visited.close()
})

test('a sign-in in another tab counts: what waits is saved, and what was typed is still there', async () => {
  const { page, context, owner, username, endSession, ...visited } = await visitSignedIn('tasks')
  await button(page, 'Edit Development').click()
  await page.getByRole('dialog').getByLabel('Notes').fill('All that was typed.')
  await endSession()
  await button(page.getByRole('dialog'), 'Save').click()
  await page.getByText('what you have typed is still there').waitFor()
  const other = await context.newPage()
  await signInAt(other, page.url(), username)
  await page.getByText('Development was saved.').waitFor()
  expect((await owner.call('GET', '/tasks/1')).json.notes).toBe('All that was typed.')
  await visited.close()
})

test('somebody else who signs in in another tab: the app starts over', async () => {
  const { page, context, owner, endSession, ...visited } = await visitSignedIn('tasks')
  await useLink(server, await newLink(server, owner, 'ben'))
  await button(page, 'Edit Development').click()
  await page.getByRole('dialog').getByLabel('Notes').fill('A secret')
  await endSession()
  await button(page.getByRole('dialog'), 'Save').click()
  await page.getByText('what you have typed is still there').waitFor()
  await signInAt(await context.newPage(), page.url(), 'ben')
  await page.getByRole('heading', { name: 'No projects yet' }).waitFor()
  expect((await owner.call('GET', '/tasks/1')).json.notes).toBeNull()
  await visited.close()
})

test('where somebody else signs in, nothing of before is left: neither what was typed nor what was seen', async () => {
  const { page, owner, endSession, ...visited } = await visitSignedIn('tasks')
  await useLink(server, await newLink(server, owner, 'ben'))
  await button(page, 'Edit Development').click()
  await page.getByRole('dialog').getByLabel('Notes').fill('A secret')
  await endSession()
  await button(page.getByRole('dialog'), 'Save').click()
  await page.getByLabel('Username').fill('ben')
  await signInAgain(page)
  await page.getByRole('heading', { name: 'No projects yet' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect((await owner.call('GET', '/tasks/1')).json.notes).toBeNull()
  await visited.close()
})
