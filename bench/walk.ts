import { median } from './compare.ts'
import type { Program } from './programs.ts'

const PAGES_PER_GROUP = 100
const BESIDE_FIRST = 1.5
const WARM_UP_PAGES = 50

/** How long the pages of a list took when following its next links. */
export interface Walk {
  readonly limit: number
  readonly pages: number
  /** Medians of groups of a hundred pages, in milliseconds, in order. */
  readonly groups: readonly number[]
  /** The slowest group relative to the first. */
  readonly slowest: number
  /** Single pages that took more than 1.5 times the first group's median. */
  readonly outside: number
}

/** Follows the next links from the first page to the last, and in pages of 50 near both ends. */
export async function walkLists(program: Program): Promise<Walk[]> {
  const list = '/api/v2/ext/projects?limit='
  await follow(program, `${list}50`, WARM_UP_PAGES)
  await follow(program, `${list}1000`, WARM_UP_PAGES)
  const large = await follow(program, `${list}1000`)
  const nearTheEnd = large.paths.at(-11)?.replace('limit=1000', 'limit=50') ?? ''
  const first = await follow(program, `${list}50`, 2 * PAGES_PER_GROUP)
  const last = await follow(program, nearTheEnd)
  return [walkOf(1000, large.times), walkOf(50, [...first.times, ...last.times])]
}

function walkOf(limit: number, times: number[]): Walk {
  const groups: number[] = []
  for (let at = 0; at + PAGES_PER_GROUP <= times.length; at += PAGES_PER_GROUP)
    groups.push(median(times.slice(at, at + PAGES_PER_GROUP)))
  const [first = Number.NaN] = groups
  return {
    limit,
    pages: times.length,
    groups,
    slowest: Math.max(...groups) / first,
    outside: times.filter((time) => time > BESIDE_FIRST * first).length,
  }
}

/** The paths of the pages, and the milliseconds that each took. */
async function follow(program: Program, start: string, most = Number.POSITIVE_INFINITY) {
  const paths: string[] = []
  const times: number[] = []
  for (let path: string | undefined = start; path !== undefined && paths.length < most; ) {
    const begin = performance.now()
    const response: Response = await fetch(`http://127.0.0.1:${program.port}${path}`, {
      headers: program.headersOf(1),
    })
    await response.arrayBuffer()
    times.push(performance.now() - begin)
    if (!response.ok) throw new Error(`${path} answers ${response.status}`)
    paths.push(path)
    path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  }
  return { paths, times }
}
