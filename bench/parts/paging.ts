import { median } from '../compare.ts'
import type { Engine } from '../engine.ts'
import { goal, limits } from '../goals.ts'
import { paragraphs } from '../markdown.ts'
import type { Outcome } from '../part.ts'
import { PROJECTS, type Program, startTimeTrack } from '../programs.ts'
import { send } from '../send.ts'
import { countText, oneMillion } from '../sizes.ts'

const PAGES_PER_GROUP = 100
const WARM_UP_PAGES = 50

/** How long the pages of a list took when following its next links. */
interface Walk {
  readonly limit: number
  readonly pages: number
  /** Medians of each hundred pages in their order, in milliseconds. */
  readonly groups: readonly number[]
  /** The slowest group relative to the first. */
  readonly slowest: number
  /** Single pages that took longer, relative to the first group's median, than the goal allows a group. */
  readonly outside: number
}

/** Follows next links through a list of a million projects. */
export async function paging(engine: Engine): Promise<Outcome> {
  const seed = await engine.take(oneMillion, 'reads')
  const program = await startTimeTrack(seed)
  await engine.rest()
  const walks = await walkLists(program)
  await program.stop()
  await engine.drop(seed)
  console.log('\nFollowing next')
  for (const { limit, groups } of walks) console.log(`limit=${limit}, ms: ${groupsText(groups)}`)
  const goals = walks.map(({ limit, slowest, pages, outside }) =>
    goal(
      `Following next, limit=${limit}: the slowest hundred pages relative to the first (medians; ${outside} of ${pages} single pages above ${limits.paging.limit})`,
      slowest,
      limits.paging,
    ),
  )
  return { goals, section: paragraphs(...walks.map(walkSection)), figures: walks }
}

/** From the first page to the last, and in pages of 50 near both ends. */
async function walkLists(program: Program): Promise<Walk[]> {
  const list = `${PROJECTS}?limit=`
  await follow(program, `${list}50`, WARM_UP_PAGES)
  await follow(program, `${list}1000`, WARM_UP_PAGES)
  const large = await follow(program, `${list}1000`)
  const nearTheEnd = large.paths.at(-11)?.replace('limit=1000', 'limit=50') ?? ''
  const first = await follow(program, `${list}50`, 2 * PAGES_PER_GROUP)
  const last = await follow(program, nearTheEnd)
  return [walkOf(1000, large.times), walkOf(50, [...first.times, ...last.times])]
}

function walkOf(limit: number, times: readonly number[]): Walk {
  const groups: number[] = []
  for (let at = 0; at + PAGES_PER_GROUP <= times.length; at += PAGES_PER_GROUP)
    groups.push(median(times.slice(at, at + PAGES_PER_GROUP)))
  const [first = Number.NaN] = groups
  return {
    limit,
    pages: times.length,
    groups,
    slowest: Math.max(...groups) / first,
    outside: times.filter((time) => time > limits.paging.limit * first).length,
  }
}

/** The paths of the pages, and the milliseconds that each took. */
async function follow(program: Program, start: string, most = Number.POSITIVE_INFINITY) {
  const paths: string[] = []
  const times: number[] = []
  for (let path: string | undefined = start; path !== undefined && paths.length < most; ) {
    const { ms, headers } = await send(program, { method: 'GET', path })
    times.push(ms)
    paths.push(path)
    path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
  }
  return { paths, times }
}

const groupsText = (groups: readonly number[]) => groups.map((group) => group.toFixed(2)).join(', ')

function walkSection({ limit, pages, groups, outside }: Walk): string {
  const what =
    limit === 1000
      ? `From the first page of ${countText(oneMillion.each)} projects to the last`
      : 'The first two hundred pages and the last two hundred'
  return paragraphs(
    `## Following \`next\` with limit=${limit}`,
    `${what}, ${pages} pages by one caller. Medians of each hundred pages, in ms: ${groupsText(groups)}. ${outside} single pages took more than ${limits.paging.limit} times the first hundred's median; garbage collection and other work on the machine falls on single pages.`,
  )
}
