import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, type Param, query } from '../src/db/query.ts'
import { openScope, write } from '../src/db/scope.ts'
import { createProject } from '../src/projects/project.store.ts'
import { type Caller, newAccount, startServer } from './harness.ts'

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

let large: Caller
const names = new Map<number, string>()

beforeAll(async () => {
  large = await newAccount(server)
  const scope = openScope(server.database, large.account, 'test', 'write')
  for (let from = 1; from <= PROJECTS; from += 850)
    await write(scope, async (tx) => {
      for (let number = from; number < from + 850; number++) {
        const projectName = `Projekt ${number} ${WORDS[number % WORDS.length]} ${WORDS[(number * 7 + 3) % 9]}`
        const { id } = await createProject(tx, { projectName, clientName: 'Acme' })
        names.set(id, projectName)
      }
    })
  await find('anything')
  await indexed()
}, 60_000)

const state = query((db, param: Param<object>) =>
  db.selectFrom('search_state').selectAll().where('account_id', '=', param('account')),
)

/** Waits until the index has caught up with everything that was changed so far. */
async function indexed(): Promise<void> {
  const latest = (await large.call('GET', '/projects?limit=0')).headers.etag?.match(/\d+/)?.[0]
  for (;;) {
    const [row] = await server.database.reader.all(large.account, call(state, {}))
    if (row && row.built_to === null && row.change >= Number(latest)) return
    await sleep(20)
  }
}

const fold = (text: string) => text.normalize('NFC').toUpperCase().normalize('NFC')

async function find(needle: string, others = ''): Promise<number[]> {
  const path = `/projects?limit=1000&projectName=${encodeURIComponent(needle)}${others}`
  const { json } = await large.call('GET', path, { headers: { Prefer: 'count=exact' } })
  return json.map((project: any) => project.id)
}

const expected = (needle: string) =>
  [...names].filter(([, name]) => fold(name).includes(fold(needle))).map(([id]) => id)

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
    const found: number[] = []
    let path: string | undefined = `/projects?limit=13&projectName=${encodeURIComponent(needle)}`
    while (path) {
      const { json, headers } = await large.call('GET', path)
      found.push(...json.map((project: any) => project.id))
      path = /<\/api\/v2\/ext([^>]*)>; rel="next"/.exec(String(headers.link))?.[1]
    }
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
  expect(await find('e', '&clientName=acme')).toEqual(expected('e').slice(0, 1000))
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
