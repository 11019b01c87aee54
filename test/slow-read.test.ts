import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, newAccount, send, startServer } from './harness.ts'
import { fillAccount } from './rows.ts'

const server = await startServer()
afterAll(() => server.close())

const PROJECTS = 40_000
const COUNT = { headers: { Prefer: 'count=exact' } }

let large: Caller
let small: Caller
/** It does not change. */
let still: Caller

beforeAll(async () => {
  const filled = async (projects: number) => {
    const caller = await newAccount(server)
    await fillAccount(server.location, caller.account, ['Acme'], projects)
    return caller
  }
  large = await filled(PROJECTS)
  still = await filled(PROJECTS)
  small = await filled(20)
}, 60_000)

/** Goes through all projects: they are sorted without an index, and counted. */
const readSlowly = () => large.call('GET', '/projects?sort=-hourRate,projectName&limit=5', COUNT)

let highest = PROJECTS
const create = async () => {
  const body = { projectName: `Project ${++highest}`, clientName: 'Acme', hourRate: highest }
  return (await large.call('POST', '/projects', { body })).json
}

test('a read that takes long sees every change that was acknowledged before it', async () => {
  for (let round = 1; round <= 10; round++) {
    const others = Array.from({ length: 3 }, readSlowly)
    const created = await create()
    const { json, headers } = await readSlowly()
    expect(json[0]).toEqual(created)
    expect(headers['x-total-count']).toBe(String(PROJECTS + round))
    const body = { hourRate: ++highest }
    const { json: updated } = await large.call('PUT', `/projects/${round}`, { body })
    expect((await readSlowly()).json[0]).toEqual(updated)
    await Promise.all(others)
  }
})

test('its page, its count and its tag are of one moment', async () => {
  const state = async () => {
    const { json, headers } = await readSlowly()
    const change = Number(/\d+/.exec(headers.etag ?? '')?.[0])
    return { newest: json[0].id, total: Number(headers['x-total-count']), change }
  }
  await create()
  let isOver = false
  const changes = (async () => {
    for (let round = 1; round <= 40; round++) await create()
    isOver = true
  })()
  const seen = []
  while (!isOver) seen.push(await state())
  await changes
  const last = await state()
  // Each create takes an id, adds one to the count, and is one change.
  for (const { newest, total, change } of seen)
    expect([last.newest - newest, last.change - change]).toEqual([last.total - total, last.total - total])
})

test('long reads hold up no others: those that come behind them are answered first', async () => {
  const order: string[] = []
  const slow = Array.from({ length: 24 }, () => readSlowly().then(() => order.push('slow')))
  for (let round = 0; round < 20; round++) {
    await send(server.port, 'GET', '/healthz')
    await large.call('GET', `/projects/${1 + round}`)
    await large.call('GET', '/projects')
    await small.call('GET', '/projects?sort=-hourRate', COUNT)
    order.push('quick')
  }
  await Promise.all(slow)
  expect(order.lastIndexOf('quick')).toBeLessThan(order.length - 3)
})

test.each([
  ['sort=hourRate', [1, 2, 3]],
  ['sort=-projectName&projectEnabled=true', [9_999, 9_998, 9_997]],
  ['projectName=project%20399&sort=-id', [39_999, 39_998, 39_997]],
  ['hourRate[gte]=39998&hourRate[lt]=40000', [39_998, 39_999]],
  ['deleted=true', []],
  ['page_number=10000', [30_001, 30_002, 30_003]],
  ['clientName=cm&sort=-createdAt,-hourRate', [40_000, 39_999, 39_998]],
])('what takes long is answered as ever: %s', async (query, expected) => {
  const { json } = await still.call('GET', `/projects?limit=3&${query}`)
  expect(json.map(({ id }: any) => id)).toEqual(expected)
})
