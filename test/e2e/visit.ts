import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { newAccount, startServer, type TestServer, type User } from '../harness.ts'
import '../process.ts'
import { newUser } from '../harness.ts'

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 800 }

/** A page, and what its browser has noticed since it was opened. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly requests: readonly string[]
  /** No request has left the origins, no script has failed, and nothing was done that the policy forbids. */
  expectCleanRun(...origins: string[]): void
  close(): Promise<void>
}

/** A server that serves the app as it was built. */
export const startWebServer = (): Promise<TestServer> =>
  startServer({}, fileURLToPath(new URL('../../web/dist', import.meta.url)))

export const originOf = ({ port }: Pick<TestServer, 'port'>, account = ''): string =>
  account === '' ? `http://127.0.0.1:${port}` : `http://${account}.localhost:${port}`

/** A new page in a profile of its own. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const requests: string[] = []
  const faults: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('weberror', (error) => faults.push(String(error.error())))
  page.on('console', (message) => {
    // The answers that the API refuses with are looked at by the tests that ask for them.
    if (/error|warning/.test(message.type()) && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text())
  })
  return {
    page,
    context,
    requests,
    expectCleanRun(...origins) {
      const elsewhere = requests.filter(
        (url) => !/^(?:data|blob):/.test(url) && !origins.includes(new URL(url).origin),
      )
      expect({ faults, elsewhere }).toEqual({ faults: [], elsewhere: [] })
    },
    close: () => context.close(),
  }
}

/** A page of somebody who is signed in to an account of their own. */
export async function visitAs(
  browser: Browser,
  server: TestServer,
  options: BrowserContextOptions = {},
): Promise<Visit & { readonly user: User; readonly origin: string }> {
  const user = await newUser(server, await newAccount(server))
  const visited = await visit(browser, { ...options, baseURL: originOf(server, user.name) })
  const origin = originOf(server, user.name)
  await visited.context.addCookies([
    { name: 'timetrack_session', value: user.token, url: origin, httpOnly: true, sameSite: 'Strict' },
  ])
  return { ...visited, user, origin }
}
