import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { newAccount, newUser, startServer, type TestServer, type User } from '../harness.ts'
import { PASSWORD } from '../sign-in.ts'
// Builds the app where it is not built.
import '../process.ts'

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 800 }

/** A page, and what its browser has noticed since it was opened. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly requests: readonly string[]
  /** No request has left the origin, no script has failed, and nothing was done that the policy forbids. */
  expectCleanRun(origin: string): void
  close(): Promise<void>
}

/** A visit of somebody who is signed in to an account of their own. */
export interface UserVisit extends Visit {
  readonly user: User
  readonly origin: string
}

/** A server that serves the app as it was built. */
export const startWebServer = (): Promise<TestServer> =>
  startServer({}, fileURLToPath(new URL('../../web/dist', import.meta.url)))

/** Browsers find every name under localhost on the machine itself. */
export const originOf = ({ port }: Pick<TestServer, 'port'>, account: string): string =>
  `http://${account}.localhost:${port}`

/** A new page in a profile of its own. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  })
  context.setDefaultTimeout(10_000)
  const requests: string[] = []
  const faults: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('weberror', (error) => faults.push(String(error.error())))
  context.on('console', (message) => {
    // What the API refuses is looked at by the tests that ask for it.
    if (/error|warning/.test(message.type()) && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text())
  })
  return {
    page: await context.newPage(),
    context,
    requests,
    expectCleanRun(origin) {
      const sent = requests.filter((url) => !/^(?:data|blob):/.test(url))
      expect(sent).not.toEqual([])
      expect({ faults, elsewhere: sent.filter((url) => new URL(url).origin !== origin) }).toEqual({
        faults: [],
        elsewhere: [],
      })
    },
    close: () => context.close(),
  }
}

/** A visit of a new user of a new account, who is an admin if nothing else is said. */
export async function visitAs(
  browser: Browser,
  server: TestServer,
  { admin = true, ...options }: BrowserContextOptions & { readonly admin?: boolean } = {},
): Promise<UserVisit> {
  const user = await newUser(server, await newAccount(server), { admin })
  const origin = originOf(server, user.name)
  const visited = await visit(browser, { baseURL: `${origin}/app/`, ...options })
  await visited.context.addCookies([
    { name: 'timetrack_session', value: user.token, url: origin, httpOnly: true, sameSite: 'Strict' },
  ])
  return { ...visited, user, origin }
}

/** Opens the app at a path and signs in with the form. */
export async function signInAt(page: Page, url: string, username: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await button(page, 'Sign in').click()
}

export const button = (place: Page | Locator, name: string): Locator =>
  place.getByRole('button', { name, exact: true })

export const rowOf = (place: Page | Locator, name: string): Locator =>
  place.getByRole('row').filter({ hasText: name })
