import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { BASE, type Caller, newAccount, type Reply, startServer } from '../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const COUNT = 120

async function withProjects(count: number): Promise<Caller> {
  const caller = await newAccount(server)
  const bodies = Array.from({ length: count }, (_, index) => ({
    projectName: `project ${index + 1}`,
    clientName: index % 2 === 0 ? 'Even' : 'Odd',
  }))
  for (const body of bodies) await caller.call('POST', '/projects', { body })
  return caller
}

let caller: Caller
beforeAll(async () => {
  caller = await withProjects(COUNT)
})

const get = (query: string) => caller.call('GET', `/projects${query}`)
const ids = (reply: Reply): number[] => reply.json.map((project: any) => project.ID)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** The links of an answer by their relation. */
function links({ headers }: Reply): Record<string, string> {
  const entries = String(headers.link)
    .split(', ')
    .map((one) => /^<([^>]*)>; rel="(\w+)"$/.exec(one)!)
  return Object.fromEntries(entries.map(([, target, relation]) => [relation, target]))
}

const follow = (target: string, by = caller) => by.call('GET', target.replace(BASE, ''))

test('limit is 50 and page_number 0 by default', async () => {
  const reply = await get('')
  expect([reply.status, ids(reply)]).toEqual([200, range(1, 50)])
  expect(ids(await get('?page_number=0&limit=50'))).toEqual(range(1, 50))
})

test('pages by number, in the order of ids, the last one shorter', async () => {
  expect(ids(await get('?page_number=1'))).toEqual(range(51, 100))
  expect(ids(await get('?page_number=2'))).toEqual(range(101, COUNT))
  expect(ids(await get('?page_number=7&limit=7'))).toEqual(range(50, 56))
  expect(ids(await get('?limit=1000'))).toEqual(range(1, COUNT))
})

test('200: limit=0 is an empty list', async () => {
  for (const query of ['?limit=0', '?limit=0&page_number=3', '?limit=00', '?limit=0&projectName=p']) {
    const reply = await get(query)
    expect([reply.status, reply.text, links(reply).next]).toEqual([200, '[]', undefined])
  }
})

test.each([
  '3',
  '1000000',
  '2147483648',
  '9007199254740991',
  '9007199254740993',
  '18446744073709551616',
  '9'.repeat(20),
])('200: past the end the list is empty: page %s', beyondTheEnd)

test.each([100, 400, 5000])(
  '200: past the end, however far, the list is empty: a page of %i digits',
  (digits) => beyondTheEnd('9'.repeat(digits)),
)

async function beyondTheEnd(page: string): Promise<void> {
  for (const limit of ['', '&limit=1000', '&limit=0']) {
    const reply = await get(`?page_number=${page}${limit}`)
    expect([reply.status, reply.text]).toEqual([200, '[]'])
    expect(links(reply).next).toBeUndefined()
  }
}

test.each([
  '-1',
  '1001',
  '99999999999999999999',
  '9'.repeat(400),
  'ten',
  '1.0',
  '1e1',
  '0x1',
  '+1',
  '%2B1',
  '%201',
  '1%20',
  '1,0',
  '٣',
  'null',
  'true',
])('400: limit=%s', async (limit) => {
  expectErrors(await get(`?limit=${encodeURI(decodeURI(limit))}`), 400, [10023, { parameter: 'limit' }])
})

test.each(['-1', '-0', 'one', '1.0', '1e1', '0x1', '+1', '%201', '1%20', '٣', 'NaN', 'Infinity'])(
  '400: page_number=%s',
  async (page) => {
    const reply = await get(`?page_number=${encodeURI(decodeURI(page))}`)
    expectErrors(reply, 400, [10023, { parameter: 'page_number' }])
  },
)

test('Link is path-absolute, keeps filters and limit, and drops the page', async () => {
  const reply = await get('?clientName=even%20%26%C3%9F&limit=10&page_number=2&unknown=1')
  const { first, prev } = links(reply)
  expect(first).toBe(`${BASE}/projects?clientName=even%20%26%C3%9F&limit=10`)
  expect(prev).toBe(`${BASE}/projects?clientName=even%20%26%C3%9F&limit=10&page_number=1`)
  expect(links(await get('')).first).toBe(`${BASE}/projects`)
  expect(links(await get('/?limit=3')).next).toMatch(/^\/api\/v2\/ext\/projects\?limit=3&cursor=[\w-]+$/)
})

test('next is there if a row follows, on numbered pages too, and only then', async () => {
  const hasNext = async (query: string) => 'next' in links(await get(query))
  expect(await hasNext('?limit=119')).toBe(true)
  expect(await hasNext('?limit=120')).toBe(false)
  expect(await hasNext('?limit=60&page_number=0')).toBe(true)
  expect(await hasNext('?limit=60&page_number=1')).toBe(false)
  expect(await hasNext('?limit=60&page_number=2')).toBe(false)
  expect(await hasNext('?clientName=odd&limit=60')).toBe(false)
  expect(await hasNext('?clientName=odd&limit=59')).toBe(true)
})

test('prev is there on numbered pages except the first', async () => {
  expect(links(await get('')).prev).toBeUndefined()
  expect(links(await get('?page_number=0')).prev).toBeUndefined()
  expect(links(await get('?page_number=1')).prev).toBe(`${BASE}/projects?page_number=0`)
  expect(links(await get('?page_number=1000000')).prev).toBe(`${BASE}/projects?page_number=999999`)
  expect(ids(await follow(links(await get('?page_number=2&limit=9')).prev!))).toEqual(range(10, 18))
})

test('following next visits every row once, from any page, and first begins again', async () => {
  const seen: number[] = []
  for (let target: string | undefined = `${BASE}/projects?limit=17`; target; ) {
    const reply = await follow(target)
    seen.push(...ids(reply))
    expect(ids(await follow(links(reply).first!))).toEqual(range(1, 17))
    target = links(reply).next
  }
  expect(seen).toEqual(range(1, COUNT))
  expect(ids(await follow(links(await get('?limit=17&page_number=2')).next!))).toEqual(range(52, 68))
})

test('following next keeps the filters', async () => {
  const reply = await get('?clientName=ODD&projectName=1&projectEnabled=1&limit=5')
  const rest = ids(await follow(links(reply).next!.replace('limit=5', 'limit=1000')))
  expect([...ids(reply), ...rest]).toEqual(
    range(1, COUNT).filter((id) => id % 2 === 0 && String(id).includes('1')),
  )
})

test('a cursor continues after its row, whatever was deleted or created in the meantime', async () => {
  const own = await withProjects(6)
  const next = links(await own.call('GET', '/projects?limit=2')).next!
  for (const id of [1, 2, 3]) await own.call('DELETE', `/projects/${id}`)
  await own.call('POST', '/projects', { body: { projectName: 'new', clientName: 'Even' } })
  const rest = await follow(next.replace('limit=2', 'limit=9'), own)
  expect(ids(rest)).toEqual([4, 5, 6, 7])
})

const cursorOf = async (query: string) =>
  new URLSearchParams(links(await get(query)).next!.split('?')[1]).get('cursor')!

test('200: a cursor may be used again, with another limit, with a needle that folds the same', async () => {
  const cursor = await cursorOf('?limit=5&clientName=odd')
  const rest = range(11, COUNT).filter((id) => id % 2 === 0)
  for (const query of ['limit=3&clientName=odd', 'limit=3&clientName=ODD', 'clientName=Odd&limit=3'])
    expect(ids(await get(`?cursor=${cursor}&${query}`))).toEqual(rest.slice(0, 3))
})

const misfit: [number, object] = [10025, { parameter: 'cursor' }]

test('400: a cursor together with page_number', async () => {
  const cursor = await cursorOf('?limit=5')
  for (const page of [0, 1]) expectErrors(await get(`?cursor=${cursor}&page_number=${page}`), 400, misfit)
  expect((await get(`?cursor=${cursor}&page_number=`)).status).toBe(200)
})

test('400: a cursor of other filters', async () => {
  const plain = await cursorOf('?limit=5')
  const filtered = await cursorOf('?limit=5&clientName=odd')
  for (const query of ['clientName=odd', 'projectName=p', 'projectEnabled=1', 'projectEnabled=0'])
    expectErrors(await get(`?cursor=${plain}&${query}`), 400, misfit)
  for (const query of ['', '&clientName=eve', '&clientName=odd&projectName=p', '&projectName=odd'])
    expectErrors(await get(`?cursor=${filtered}${query}`), 400, misfit)
})

test('400: a cursor of another account', async () => {
  const cursor = await cursorOf('?limit=5')
  const other = await withProjects(7)
  expectErrors(await other.call('GET', `/projects?cursor=${cursor}`), 400, misfit)
  expect((await get(`?cursor=${cursor}`)).status).toBe(200)
})

test('400: what is not a cursor', async () => {
  const cursor = await cursorOf('?limit=5')
  const wrong = [
    'x',
    '5',
    '0',
    '-1',
    `${cursor}x`,
    cursor.slice(1),
    cursor.toUpperCase(),
    `${cursor}=`,
    `%20${cursor}`,
    '%F0%9F%98%80',
    'NaN',
    'x'.repeat(5000),
  ]
  for (const one of wrong) expectErrors(await get(`?cursor=${one}`), 400, misfit)
})
