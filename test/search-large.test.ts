import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LARGE } from '../src/db/name-index/named-table.ts'
import { openScope, write } from '../src/db/scope.ts'
import { sortKey } from '../src/domain/fold.ts'
import { clients as clientStore } from '../src/resources/clients/client.store.ts'
import { projects } from '../src/resources/projects/project.store.ts'
import { onPostgres } from './engine.ts'
import { type Caller, newAccount, nextOf, startServer } from './harness.ts'
import { finds, joined, kept, PIECES, partOf } from './needles.ts'
import { untilIndexed } from './search-index.ts'

const server = await startServer()
afterAll(() => server.close())

/** Enough for the account to count as large. */
const PROJECTS = 10_200
const WORDS = [
  'Straße',
  'ΣΊΣΥΦΟΣ',
  'наряд',
  'Garten',
  'Ölwechsel',
  '見積',
  '🏗️ Umbau',
  '100 %',
  `"x" OR y*`,
  'İstanbul',
]

function nameOf(number: number): string {
  const words = `${WORDS[number % WORDS.length]} ${WORDS[(number * 7 + 3) % 9]}`
  const pieces = `${PIECES[number % PIECES.length]}${PIECES[(number * 31 + 7) % PIECES.length]}`
  return kept(`Projekt ${number} ${words} ${pieces}`)
}

/** Some projects far from each other belong to another client than the rest. */
const RARE_CLIENT = 'Borealis'
const clientOf = (number: number) => (number % 1_000 === 7 ? RARE_CLIENT : 'Acme')
const ofRareClient = (id: number) => clientOf(id) === RARE_CLIENT

let large: Caller
const names = new Map<number, string>()

beforeAll(async () => {
  large = await newAccount(server)
  for (const name of ['Acme', RARE_CLIENT]) await large.call('POST', '/clients', { body: { name } })
  const scope = openScope(server.database, large.account, 'test', 'write')
  for (let from = 1; from <= PROJECTS; from += 850)
    // All of a transaction at once: one by one they would wait for sixty thousand answers of PostgreSQL.
    await write(scope, (tx) =>
      Promise.all(
        Array.from({ length: 850 }, async (_, index) => {
          const projectName = nameOf(from + index)
          const { id } = await projects.create(tx, { projectName, clientName: clientOf(from + index) })
          names.set(id, projectName)
        }),
      ),
    )
  await find('anything')
  await indexed()
}, 60_000)

async function indexed(): Promise<void> {
  if (!onPostgres) await untilIndexed(server, large)
}

async function idsIn({ call }: Caller, path: string): Promise<number[]> {
  return (await call('GET', path)).json.map(({ id }: any) => id)
}

async function find(needle: string, others = ''): Promise<number[]> {
  const path = `/projects?limit=1000&projectName=${encodeURIComponent(needle)}${others}`
  const { json } = await large.call('GET', path, { headers: { Prefer: 'count=exact' } })
  return json.map((project: any) => project.id)
}

/** Follows next from a page on, over so many pages at most. */
async function follow(path: string, most = Number.POSITIVE_INFINITY): Promise<number[]> {
  const found: number[] = []
  let next: string | undefined = path
  for (let pages = 0; next && pages < most; pages++) {
    const reply = await large.call('GET', next)
    found.push(...reply.json.map((project: any) => project.id))
    next = nextOf(reply)
  }
  return found
}

/** What a plain search finds, in the order of ids. */
const foundIn = (all: ReadonlyMap<number, string>, needle: string) =>
  [...all].filter(([, name]) => finds(name, needle)).sort(([one], [other]) => one - other)

const found = (needle: string) => foundIn(names, needle)

const expected = (needle: string) => found(needle).map(([id]) => id)

const NEEDLES = [
  ...[
    'Projekt 77 ',
    'projekt 10199',
    'strasse',
    'σίσυφος',
    'НАРЯД Öl',
    'ölwechsel straße',
    '見積',
    '積',
    '🏗',
    '00 %',
  ],
  ...[
    '"x" or',
    'OR',
    'y*',
    'garten garten',
    'tenstr',
    'zzz',
    'zq',
    'q',
    ' ',
    '1',
    '77',
    'İ',
    'ROJEKT 5',
    'x AND y',
    'a"b',
  ],
]

test.each(NEEDLES)('a large account finds what a plain search finds: %s', async (needle) => {
  const all = expected(needle)
  expect(await find(needle)).toEqual(all.slice(0, 1000))
  const sorted = await find(needle, '&sort=-id')
  expect(sorted).toEqual(all.reverse().slice(0, 1000))
})

/** How an order compares two projects. No two have the same name here. */
const orders: Record<string, (one: [number, string], other: [number, string]) => number> = {
  id: ([one], [other]) => one - other,
  '-id': ([one], [other]) => other - one,
  projectName: ([, one], [, other]) => Buffer.compare(Buffer.from(sortKey(one)), Buffer.from(sortKey(other))),
  '-projectName': (one, other) => orders.projectName!(other, one),
}

const MOST_PAGES = 4

test('any needle finds what a plain search finds, in every order, page by page and counted', async () => {
  const trial = fc.record({
    needle: fc.oneof(partOf([...names.values()], 20), joined(1, 4)),
    order: fc.constantFrom(...Object.keys(orders)),
    limit: fc.integer({ min: 1, max: 1_000 }),
  })
  await fc.assert(
    fc.asyncProperty(trial, async ({ needle, order, limit }) => {
      const path = `/projects?projectName=${encodeURIComponent(needle)}&sort=${order}`
      const all = found(needle)
        .sort(orders[order])
        .map(([id]) => id)
      expect(await follow(`${path}&limit=${limit}`, MOST_PAGES)).toEqual(all.slice(0, MOST_PAGES * limit))
      const counted = await large.call('GET', `${path}&limit=0`, { headers: { Prefer: 'count=exact' } })
      expect(counted.headers['x-total-count']).toBe(String(all.length))
    }),
    { numRuns: 60 },
  )
})

test('what was changed since is found under its new name alone, at once', async () => {
  await large.call('PUT', '/projects/77', { body: { projectName: 'Brücke' } })
  await large.call('DELETE', '/projects/78')
  const { json } = await large.call('POST', '/projects', {
    body: { projectName: 'Brückenkopf', clientName: 'Acme' },
  })
  names.set(77, 'Brücke').set(json.id, 'Brückenkopf').delete(78)
  expect(await find('brücke')).toEqual([77, json.id])
  expect(await find('projekt 77 ')).toEqual(expected('projekt 77 '))
  expect(await find('projekt 78 ')).toEqual(expected('projekt 78 '))
})

test.each(['brücke', 'rojekt 7', 'garten', 'q', '77'])(
  'following next from page to page finds each once, changed ones in their places: %s',
  async (needle) => {
    const found = await follow(`/projects?limit=13&projectName=${encodeURIComponent(needle)}`)
    expect(found).toEqual(expected(needle))
  },
)

test('counts, numbered pages, the trash and a client beside the needle are those of a plain search', async () => {
  const all = expected('straße')
  const path = '/projects?projectName=straße&limit=10'.replace('ß', '%C3%9F')
  const counted = await large.call('GET', path, { headers: { Prefer: 'count=exact' } })
  expect(counted.headers['x-total-count']).toBe(String(all.length))
  const third = await large.call('GET', `${path}&page_number=2`)
  expect(third.json.map((project: any) => project.id)).toEqual(all.slice(20, 30))
  expect(await find('projekt 78', '&deleted=true')).toEqual([78])
  expect(await find('projekt 79 ', '&clientName=cme')).toEqual(expected('projekt 79 '))
  expect(await find('projekt 79 ', '&clientName=nobody')).toEqual([])
  const ofAcme = expected('e').filter((id) => !ofRareClient(id))
  expect(await find('e', '&clientName=acme')).toEqual(ofAcme.slice(0, 1000))
})

test('far behind, it is right before and after it has caught up', async () => {
  const operations = Array.from({ length: 700 }, (_, index) => {
    names.set(index + 100, `Turm ${index}`)
    return { method: 'update', id: index + 100, project: { projectName: `Turm ${index}` } }
  })
  await large.call('POST', '/projects/batch', { body: { atomic: true, operations } })
  for (const needle of ['turm 69', 'projekt 101', 'brücke'])
    expect(await find(needle)).toEqual(expected(needle))
  await indexed()
  for (const needle of ['turm 69', 'projekt 101', 'brücke'])
    expect(await find(needle)).toEqual(expected(needle))
})

test('the projects of a client are found, counted and renamed wherever they are', async () => {
  const ids = [...names.keys()].filter(ofRareClient).sort((one, other) => one - other)
  const [client] = (await large.call('GET', '/clients?name=Borealis')).json
  const path = '/projects?clientName=boreal&limit=1000'
  const { json, headers } = await large.call('GET', path, { headers: { Prefer: 'count=exact' } })
  expect(json.map((project: any) => project.id)).toEqual(ids)
  expect(headers['x-total-count']).toBe(String(ids.length))
  expect(await find('projekt 5', '&clientName=boreal')).toEqual(
    expected('projekt 5').filter((id) => ofRareClient(id)),
  )
  const refused = await large.call('DELETE', `/clients/${client.id}`)
  expect(refused.json.errors[0].detail).toContain(`has ${ids.length} projects`)
  await large.call('POST', `/clients/${client.id}/rename`, { body: { name: 'Aurora' } })
  const renamed = (await large.call('GET', '/projects?clientName=aurora&limit=1000')).json
  expect(renamed.map((project: any) => [project.id, project.clientName])).toEqual(
    ids.map((id) => [id, 'Aurora']),
  )
  expect((await large.call('GET', path)).json).toEqual([])
})

test('a part of the names of very many clients finds the projects of all of them', async () => {
  const caller = await newAccount(server)
  const operations = Array.from({ length: 450 }, (_, index) => ({
    method: 'create',
    project: { projectName: `Shop ${index}`, clientName: `${index % 9 ? 'Branch' : 'Depot'} ${index}` },
  }))
  await caller.call('POST', '/projects/batch', { body: { operations } })
  for (const needle of ['branch', 'depot', 'branch 44']) {
    const { json } = await caller.call('GET', `/projects?limit=1000&clientName=${encodeURIComponent(needle)}`)
    const matching = operations.filter(({ project }) => project.clientName.toLowerCase().includes(needle))
    expect(json.map((project: any) => project.projectName)).toEqual(
      matching.map(({ project }) => project.projectName),
    )
  }
})

test('in an account of very many clients they, and their projects, are found by a part of the name', async () => {
  const caller = await newAccount(server)
  const clients = new Map<number, string>()
  await write(openScope(server.database, caller.account, 'test', 'write'), (tx) =>
    Promise.all(
      Array.from({ length: LARGE }, async (_, index) => {
        const name = `${kept(WORDS[index % WORDS.length]!)} ${index}`
        clients.set((await clientStore.create(tx, { name })).id, name)
      }),
    ),
  )
  const operations = [7, 777, 7_770, 9_001].map((id) => ({
    method: 'create',
    project: { projectName: 'Project', clientName: clients.get(id) },
  }))
  await caller.call('POST', '/projects/batch', { body: { atomic: true, operations } })

  const check = async (needle: string) => {
    const found = foundIn(clients, needle).map(([id]) => id)
    const query = encodeURIComponent(needle)
    expect(await idsIn(caller, `/clients?limit=1000&name=${query}`)).toEqual(found.slice(0, 1_000))
    const reversed = `/clients?limit=1000&sort=-id&name=${query}`
    expect(await idsIn(caller, reversed)).toEqual(found.reverse().slice(0, 1_000))
    const projects = operations.flatMap(({ project }, index) =>
      finds(project.clientName!, needle) ? [index + 1] : [],
    )
    expect(await idsIn(caller, `/projects?clientName=${query}`)).toEqual(projects)
  }
  const needles = ['straße 6', 'σίσυφος 77', 'y* 9', 'q', '積', 'garten 7773', ' ', 'nobody']
  for (const needle of needles) await check(needle)
  if (!onPostgres) await untilIndexed(server, caller, 'client')
  for (const needle of needles) await check(needle)
  await caller.call('POST', '/clients/777/rename', { body: { name: 'Brücke' } })
  clients.set(777, 'Brücke')
  operations[1]!.project.clientName = 'Brücke'
  await caller.call('DELETE', '/clients/8')
  clients.delete(8)
  for (const needle of ['brücke', ...needles]) await check(needle)
})
