/** Prints how quick the web app is in a browser on this machine, with 100,000 projects, and its goals. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openDatabase } from '../src/db/open.ts'
import { openScope, write } from '../src/db/scope.ts'
import { startSession } from '../src/resources/sessions/session.store.ts'
import { createUser } from '../src/resources/users/user.store.ts'
import { startBrowser } from '../test/e2e/browser.ts'
import { median } from './compare.ts'
import { type Program, startTimeTrack } from './programs.ts'
import { needles } from './projects.ts'
import { copyOf, fileOf, removeCopy, type Seed, seed } from './seed.ts'

const PROJECTS = 100_000
const ROUNDS = 5
/** Between the keys of somebody who types fast. */
const KEY_MS = 80

/** What is measured in one round, in ms. */
interface Round {
  readonly firstPaint: number
  readonly usefulPaint: number
  readonly usefulPaintAgain: number
  readonly searches: Readonly<Record<string, number>>
  readonly longestTask: number
  readonly longestTaskOfJumps: number
}

/** In the page: when rows were first painted, the last key, and the long tasks. Every time is since the page began. */
const WATCH = `(() => {
  const seen = { key: 0, tasks: [] }
  window.seen = seen
  seen.rows = new Promise((resolve) => {
    const look = () => {
      // The frame with the rows has been painted when the next task runs.
      if (document.querySelector('[role=row][aria-rowindex="2"] a')) setTimeout(() => resolve(performance.now()))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  addEventListener('keydown', (event) => { seen.key = event.timeStamp }, true)
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration)
  }).observe({ type: 'longtask' })
})()`

/** In the page: how long after the last key the rows of this search were painted. */
const searched = (needle: string, firstRow: string) => `new Promise((resolve) => {
  const look = () => {
    const isShown = new URLSearchParams(location.search).get('q') === ${JSON.stringify(needle)}
      && ${
        firstRow === ''
          ? "!document.querySelector('[role=grid]')"
          : `document.querySelector('[role=grid]')?.ariaBusy === 'false'
      && document.querySelector('[role=row][aria-rowindex="2"] a')?.textContent === ${JSON.stringify(firstRow)}`
      }
    if (isShown) setTimeout(() => resolve(performance.now() - seen.key))
    else requestAnimationFrame(look)
  }
  look()
})`

const browser = await startBrowser()
const seeded = copyOf(await seed({ accounts: 1, each: PROJECTS }))
const token = await signIn(seeded)
const server = await startTimeTrack(seeded)
try {
  const rounds: Round[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    rounds.push(await measure(browser, server, round))
    console.log(`round ${round} of ${ROUNDS}: ${JSON.stringify(rounds.at(-1))}`)
  }
  report(rounds)
} finally {
  await browser.close()
  await server.stop()
  removeCopy(seeded)
}
process.exit(0)

/** Starts a session of a new user; signing in with a password would make no difference to the app. */
async function signIn(seeded: Seed): Promise<string> {
  const database = await openDatabase({ file: fileOf(seeded) })
  const made = await write(openScope(database, 1, 'bench', 'write'), async (tx) => {
    const user = await createUser(tx, 'bench', true)
    if (user === undefined) throw new Error('the user of the benchmark exists already')
    return startSession(tx, user, { userAgent: 'bench', address: '127.0.0.1' })
  })
  await database.close()
  return made
}

/** Measures one round, which begins with an empty cache. */
async function measure(shared: Browser, program: Program, round: number): Promise<Round> {
  const context = await shared.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  try {
    return await measureIn(context, program, round)
  } finally {
    await context.close()
  }
}

async function measureIn(context: BrowserContext, program: Program, round: number): Promise<Round> {
  const origin = `http://127.0.0.1:${program.port}`
  await context.addCookies([{ name: 'timetrack_session', value: token, url: origin, sameSite: 'Strict' }])
  await context.addInitScript({ content: WATCH })
  const page = await context.newPage()
  const usefulPaint = await load(page, `${origin}/app/projects`)
  const firstPaint = await page.evaluate<number>(
    // Told some time after it has happened.
    `new Promise((resolve) => new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime)
    }).observe({ type: 'paint', buffered: true }))`,
  )
  const usefulPaintAgain = await load(page, `${origin}/app/projects`)
  await page.waitForLoadState('networkidle')
  const searches = await search(page, program, {
    'selective needle': needles.selective(round * 7_919),
    'common needle': needles.common(),
    'absent needle': needles.absent(round * 7_919, PROJECTS),
  })
  await page.goto(`${origin}/app/projects`)
  await page.waitForLoadState('networkidle')
  return {
    firstPaint,
    usefulPaint,
    usefulPaintAgain,
    searches,
    longestTask: await longestTask(page, () => scroll(page)),
    longestTaskOfJumps: await longestTask(page, () => jump(page)),
  }
}

async function load(page: Page, url: string): Promise<number> {
  await page.goto(url)
  return page.evaluate<number>('seen.rows')
}

async function search(
  page: Page,
  program: Program,
  wanted: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const field = page.getByRole('searchbox', { name: 'Search projects' })
  const times: Record<string, number> = {}
  for (const [name, needle] of Object.entries(wanted)) {
    await field.fill('')
    await page.waitForLoadState('networkidle')
    await field.pressSequentially(needle, { delay: KEY_MS })
    times[name] = await page.evaluate<number>(searched(needle, await firstRowOf(program, needle)))
  }
  return times
}

/** The name at the top of the list; empty where nothing is found. */
async function firstRowOf({ port, headersOf }: Program, needle: string): Promise<string> {
  const query = new URLSearchParams({ projectName: needle, sort: '-id', limit: '1' })
  const response = await fetch(`http://127.0.0.1:${port}/api/v2/ext/projects?${query}`, {
    headers: headersOf(1),
  })
  const [first] = (await response.json()) as { projectName: string }[]
  return first?.projectName ?? ''
}

/** Tasks under 50 ms are not reported, and count as none. */
async function longestTask(page: Page, action: () => Promise<void>): Promise<number> {
  await page.evaluate('seen.tasks.length = 0')
  await action()
  await page.waitForLoadState('networkidle')
  return page.evaluate<number>('Math.max(0, ...seen.tasks)')
}

/** Scrolls some 1,500 rows with the wheel, as fast as fingers can. */
async function scroll(page: Page): Promise<void> {
  await page.getByRole('grid').hover()
  for (let step = 0; step < 120; step++) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(16)
  }
}

/** Jumps all over the list, as with the scroll bar. */
async function jump(page: Page): Promise<void> {
  for (let step = 1; step <= 40; step++) {
    await page.evaluate(`(() => {
      const grid = document.querySelector('[role=grid]')
      grid.scrollTop = grid.scrollHeight * ${((step * 17) % 40) / 40}
    })()`)
    await page.waitForTimeout(50)
  }
}

function report(rounds: readonly Round[]): void {
  const lines: [name: string, values: number[], goal: number | undefined][] = [
    ['first paint, empty cache', rounds.map(({ firstPaint }) => firstPaint), undefined],
    ['rows painted, empty cache', rounds.map(({ usefulPaint }) => usefulPaint), 1_000],
    ['rows painted, again', rounds.map(({ usefulPaintAgain }) => usefulPaintAgain), 1_000],
    ...Object.keys(rounds[0]?.searches ?? {}).map((name): [string, number[], number] => [
      `results after the last key, ${name}`,
      rounds.map(({ searches }) => searches[name] ?? Number.NaN),
      150,
    ]),
    ['longest task while scrolling', rounds.map((round) => round.longestTask), 100],
    ['longest task while jumping', rounds.map((round) => round.longestTaskOfJumps), 100],
  ]
  console.log(`\n${PROJECTS} projects, ${ROUNDS} rounds: median (lowest to highest), ms`)
  for (const [name, values, goal] of lines) {
    const value = median(values)
    const verdict = goal === undefined ? '' : value < goal ? 'reached' : 'not reached'
    const bound = goal === undefined ? '' : `under ${goal}`
    const spread = `(${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`
    console.log(
      `${verdict.padEnd(12)} ${name.padEnd(46)} ${value.toFixed(0).padStart(6)} ${spread.padEnd(16)} ${bound}`,
    )
  }
}
