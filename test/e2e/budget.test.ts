import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batch, create } from '../batches.ts'
import { fetchBytes } from '../bytes.ts'
import { eventually, startBrowser } from './browser.ts'
import { rowOf, startWebServer, type UserVisit, visitAs } from './visit.ts'

const [browser, server] = await Promise.all([startBrowser(), startWebServer()])
afterAll(async () => {
  await browser.close()
  await server.close()
})

const PROJECTS = 2_000

describe('a list of thousands of projects', () => {
  let visited: UserVisit

  beforeAll(async () => {
    visited = await visitAs(browser, server)
    const numbers = Array.from({ length: PROJECTS }, (_, index) => index + 1)
    for (const part of [numbers.slice(0, 1_000), numbers.slice(1_000)])
      await batch(
        visited.user,
        part.map((number) => create(`Project ${number}`, `Client ${number % 20}`, { hourRate: 50 })),
      )
    await visited.page.goto('projects')
    await rowOf(visited.page, `Project ${PROJECTS}`).waitFor()
    await visited.page.getByText('2,000 projects').waitFor()
    await visited.page.waitForLoadState('networkidle')
  })
  afterAll(() => visited.close())

  const countRows = () => visited.page.getByRole('row').count()

  /** What is sent to the API while something is done. */
  async function callsDuring(action: () => Promise<unknown>): Promise<string[]> {
    const before = visited.requests.length
    await action()
    await visited.page.waitForLoadState('networkidle')
    return visited.requests.slice(before).filter((url) => url.includes('/api/'))
  }

  test('the app is under 250 kB with gzip; a first load with its data is, as browsers fetch it', async () => {
    const paths = [...new Set(visited.requests)].map((url) => url.replace(visited.origin, ''))
    const own = paths.filter((path) => !path.includes('/api/'))
    const answers = await Promise.all(
      own.map((path) => fetchBytes(server.port, path, { 'Accept-Encoding': 'gzip' })),
    )
    const bytes = answers.reduce((sum, answer) => sum + answer.bytes.length, 0)
    const transferred = await visited.page.evaluate<number>(
      `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, { transferSize }) => sum + transferSize, 0)`,
    )
    const inKilobytes = (size: number) => `${(size / 1000).toFixed(1)} kB`
    console.log(
      `first load: the app ${inKilobytes(bytes)} with gzip; ${paths.length} requests, ${inKilobytes(transferred)}`,
    )
    expect(bytes).toBeLessThan(250_000)
    expect(transferred).toBeLessThan(250_000)
    expect(own.length).toBeLessThan(10)
    expect(paths.length - own.length).toBeLessThanOrEqual(6)
  })

  test('every file of the app is compressed, and kept for ever by its name', async () => {
    const assets = new Set(visited.requests.filter((url) => url.includes('/app/assets/')))
    expect(assets.size).toBeGreaterThan(0)
    for (const url of assets) {
      const { headers } = await fetchBytes(server.port, new URL(url).pathname, { 'Accept-Encoding': 'gzip' })
      expect([url, headers]).toMatchObject([
        url,
        { 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable' },
      ])
    }
  })

  test('only the rows in sight are drawn, wherever one has scrolled to', async () => {
    const { page } = visited
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(PROJECTS + 1))
    expect(await countRows()).toBeLessThan(60)
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(1_500)
    const calls = await callsDuring(async () => {
      await rowOf(page, `Project ${PROJECTS}`).focus()
      await page.keyboard.press('End')
      await page.getByRole('row').getByText('Project 1', { exact: true }).waitFor()
    })
    expect(calls.length).toBeLessThanOrEqual(4)
    expect(await countRows()).toBeLessThan(60)
  })

  test('a search asks for its first page and its count, once', async () => {
    const { page } = visited
    const calls = await callsDuring(async () => {
      await page.getByRole('searchbox', { name: 'Search projects' }).fill('Project 19')
      await page.getByText('111 projects').waitFor()
    })
    const searched = calls.map((url) => new URL(url).searchParams)
    expect(searched.map((search) => search.get('projectName'))).toEqual(calls.map(() => 'Project 19'))
    // Its second page is fetched ahead of the scrolling.
    expect(searched.map((search) => search.get('limit')).sort()).toEqual(['0', '100', '100'])
  })

  test('what is typed without a pause is searched for when it stands', async () => {
    const { page } = visited
    const search = page.getByRole('searchbox', { name: 'Search projects' })
    const calls = await callsDuring(async () => {
      await search.fill('')
      await search.pressSequentially('Project 1234')
      await rowOf(page, 'Project 1234').waitFor()
      await eventually(async () => expect(await countRows()).toBe(2))
    })
    const sent = calls.map((url) => new URL(url).searchParams)
    const textOf = (search: URLSearchParams) => search.get('projectName') ?? ''
    // What was shown on the way may be counted, and its second page fetched, at any time.
    const searches = sent.filter((search) => search.get('limit') === '100' && !search.has('cursor'))
    expect(searches.map(textOf).at(-1)).toBe('Project 1234')
    for (const search of sent) expect('Project 1234'.startsWith(textOf(search))).toBe(true)
  })

  test('a second load takes all but the page and its data from the cache', async () => {
    const { page } = visited
    await page.goto('projects')
    await rowOf(page, `Project ${PROJECTS}`).waitFor()
    const sent = await page.evaluate<number[]>(
      `performance.getEntriesByType('resource').filter(({ name }) => name.includes('/app/assets/'))
        .map(({ transferSize }) => transferSize)`,
    )
    expect(sent.length).toBeGreaterThan(0)
    expect(sent.filter((size) => size > 0)).toEqual([])
  })
})
