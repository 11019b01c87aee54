import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Caller, newAccount, nextOf, startServer } from '../../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

/** Name, client, hourRate, timeEstimated, budgetEstimated, projectEnabled. */
const PROJECTS = [
  ['Zebra', 'Acme', 50, null, 100.5, true],
  ['äpfel', 'beta', null, 60, 0, false],
  ['Apfel', 'Beta', 0, 90, null, true],
  ['APFELMUS', 'Ácme', 50, null, 7, true],
  ['étude', 'Acme', 0.5, 1.25, 100.5, false],
  ['Eton', 'ähm', 999_999_999_999, 0, null, true],
  ['öl', 'Acme', null, null, 7, false],
  ['Straße', 'Beta', 50, 60, 1000, true],
  ['Strassf', 'Beta', 10, 7, 20, true],
] as const

let caller: Caller

async function fill(): Promise<Caller> {
  const filled = await newAccount(server)
  for (const [projectName, clientName, hourRate, timeEstimated, budgetEstimated, projectEnabled] of PROJECTS)
    await filled.call('POST', '/projects', {
      body: { projectName, clientName, hourRate, timeEstimated, budgetEstimated, projectEnabled },
    })
  return filled
}

beforeAll(async () => {
  caller = await fill()
})

const get = (query: string, { call } = caller) => call('GET', `/projects?${query}`)

async function ids(query: string, from = caller): Promise<number[]> {
  const { status, json } = await get(query, from)
  expect(status).toBe(200)
  return json.map(({ ID }: any) => ID)
}

const SORTS: [string, number[]][] = [
  ['id', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['-id', [9, 8, 7, 6, 5, 4, 3, 2, 1]],
  ['projectName', [2, 3, 4, 6, 5, 7, 8, 9, 1]],
  ['-projectName', [1, 9, 8, 7, 5, 6, 4, 2, 3]],
  ['projectName,-id', [3, 2, 4, 6, 5, 7, 8, 9, 1]],
  ['clientName', [1, 4, 5, 7, 6, 2, 3, 8, 9]],
  ['-clientName', [2, 3, 8, 9, 6, 1, 4, 5, 7]],
  ['projectEnabled', [2, 5, 7, 1, 3, 4, 6, 8, 9]],
  ['-projectEnabled', [1, 3, 4, 6, 8, 9, 2, 5, 7]],
  ['hourRate', [3, 5, 9, 1, 4, 8, 6, 2, 7]],
  ['-hourRate', [6, 1, 4, 8, 9, 5, 3, 2, 7]],
  ['timeEstimated', [6, 5, 9, 2, 8, 3, 1, 4, 7]],
  ['-timeEstimated', [3, 2, 8, 9, 5, 6, 1, 4, 7]],
  ['budgetEstimated', [2, 4, 7, 9, 1, 5, 8, 3, 6]],
  ['-budgetEstimated', [8, 1, 5, 9, 4, 7, 2, 3, 6]],
  ['createdAt', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['projectName,-budgetEstimated', [2, 3, 4, 6, 5, 7, 8, 9, 1]],
  ['-hourRate,budgetEstimated', [6, 4, 1, 8, 9, 5, 3, 2, 7]],
  ['clientName,-hourRate', [1, 4, 5, 7, 6, 8, 9, 3, 2]],
  ['-clientName,hourRate,-id', [3, 9, 8, 2, 6, 5, 4, 1, 7]],
  ['hourRate,-timeEstimated,-projectName', [3, 5, 9, 8, 1, 4, 6, 2, 7]],
  ['-projectEnabled,-budgetEstimated,-id', [8, 1, 9, 4, 6, 3, 5, 7, 2]],
]

test.each(SORTS)('200: sort=%s, nulls last both ways, the id last', async (sort, wanted) => {
  expect(await ids(`sort=${sort}`)).toEqual(wanted)
})

test.each(SORTS)('200: sort=%s, by cursor and by number, page by page', async (sort, wanted) => {
  for (const limit of [1, 2, 4]) {
    const seen: number[] = []
    for (let path: string | undefined = `/projects?sort=${sort}&limit=${limit}`; path; ) {
      const reply = await caller.call('GET', path)
      seen.push(...reply.json.map(({ ID }: any) => ID))
      path = nextOf(reply)
    }
    expect(seen).toEqual(wanted)
    for (let page = 0; page * limit <= wanted.length; page++)
      expect(await ids(`sort=${sort}&limit=${limit}&page_number=${page}`)).toEqual(
        wanted.slice(page * limit, (page + 1) * limit),
      )
  }
})

test('200: sort=updatedAt follows the changes', async () => {
  const own = await fill()
  for (const id of [4, 2]) {
    await sleep(5)
    await own.call('PUT', `/projects/${id}`, { body: { notes: 'new' } })
  }
  expect((await ids('sort=-updatedAt', own)).slice(0, 2)).toEqual([2, 4])
  expect((await ids('sort=updatedAt', own)).slice(-2)).toEqual([4, 2])
})

test('200: a cursor goes on at its place, whatever became of its row', async () => {
  const own = await fill()
  const first = await get('sort=-hourRate&limit=3', own)
  const next = nextOf(first)!
  await own.call('DELETE', '/projects/4')
  await own.call('PUT', '/projects/1', { body: { hourRate: 1 } })
  await own.call('PUT', '/projects/3', { body: { hourRate: 60 } })
  const rest = (await own.call('GET', next.replace('limit=3', 'limit=50'))).json
  expect(rest.map(({ ID }: any) => ID)).toEqual([8, 9, 1, 5, 2, 7])
})

test('400: a cursor of another sort, of other ranges, of the trash', async () => {
  const cursor = /[?&]cursor=([^&>]+)/.exec(String((await get('sort=hourRate&limit=2')).headers.link))![1]!
  expect(await ids(`sort=hourRate&cursor=${cursor}`)).toEqual([9, 1, 4, 8, 6, 2, 7])
  expect(await ids(`sort=hourRate&cursor=${cursor}&fields=ID`)).toEqual([9, 1, 4, 8, 6, 2, 7])
  const misfit: [number, object] = [10025, { parameter: 'cursor' }]
  for (const query of [
    '',
    'sort=-hourRate',
    'sort=timeEstimated',
    'sort=hourRate,projectName',
    'sort=hourRate&hourRate[gte]=0',
    'sort=hourRate&deleted=true',
    'sort=hourRate&page_number=0',
    `sort=hourRate&updatedSince=2020-01-01T00:00:00Z`,
  ])
    expectErrors(await get(`${query}&cursor=${cursor}`), 400, misfit)
  const other = await fill()
  expectErrors(await get(`sort=hourRate&cursor=${cursor}`, other), 400, misfit)
  const text = Buffer.from(cursor, 'base64url').toString()
  for (const tampered of [
    Buffer.from(text.replace('0.5', '0.4')).toString('base64url'),
    cursor.slice(0, -1),
    `${cursor}=`,
  ])
    expectErrors(await get(`sort=hourRate&cursor=${tampered}`), 400, misfit)
})

test.each([
  ['hourRate[gte]=50', [1, 4, 6, 8]],
  ['hourRate[gt]=50', [6]],
  ['hourRate[lte]=0.5', [3, 5]],
  ['hourRate[lt]=0.5', [3]],
  ['hourRate[lte]=0', [3]],
  ['hourRate[lt]=0', []],
  ['hourRate[gte]=0', [1, 3, 4, 5, 6, 8, 9]],
  ['hourRate[gte]=0.5&hourRate[lt]=50', [5, 9]],
  ['hourRate[gt]=50&hourRate[lt]=50', []],
  ['hourRate%5Bgte%5D=50.00', [1, 4, 6, 8]],
  ['hourRate[gte]=', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['timeEstimated[lte]=60&budgetEstimated[gt]=10', [5, 8, 9]],
  ['budgetEstimated[gte]=7&sort=-budgetEstimated', [8, 1, 5, 9, 4, 7]],
  ['projectEnabled=true', [1, 3, 4, 6, 8, 9]],
  ['projectEnabled=0&budgetEstimated[gt]=0', [5, 7]],
  ['clientName=beta&hourRate[gte]=10&projectName=s&sort=hourRate', [9, 8]],
  ['updatedSince=2020-01-01T00:00:00.000Z', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['updatedSince=9999-12-31T23:59:59Z', []],
])('200: %s', async (query, wanted) => {
  const reply = await caller.call('GET', `/projects?${query}`, { headers: { Prefer: 'count=exact' } })
  expect([reply.status, reply.json.map(({ ID }: any) => ID)]).toEqual([200, wanted])
  expect(reply.headers['x-total-count']).toBe(String(wanted.length))
})

test('200: updatedSince has what was changed at or after it', async () => {
  const own = await fill()
  await sleep(5)
  const { updatedAt } = (await own.call('PUT', '/projects/5', { body: { notes: 'x' } })).json
  await sleep(5)
  await own.call('DELETE', '/projects/6')
  const after = new Date(Date.parse(updatedAt) + 1).toISOString()
  expect(await ids(`updatedSince=${updatedAt}`, own)).toEqual([5])
  expect(await ids(`updatedSince=${after}`, own)).toEqual([])
  expect(await ids(`updatedSince=${after}&deleted=true`, own)).toEqual([6])
})

test('200: deleted=true is the trash, with deletedAt, filtered and sorted like the rest', async () => {
  const own = await fill()
  expect(await ids('deleted=true', own)).toEqual([])
  const texts = []
  for (const id of [4, 1, 2]) texts.push((await own.call('DELETE', `/projects/${id}`)).text)
  expect((await get('deleted=true&sort=-id', own)).text).toBe(`[${[texts[0], texts[2], texts[1]].join()}]`)
  expect(await ids('deleted=1&sort=projectName', own)).toEqual([2, 4, 1])
  expect(await ids('deleted=true&hourRate[gte]=1&clientName=%C3%A1cme', own)).toEqual([4])
  expect(await ids('deleted=false', own)).toEqual([3, 5, 6, 7, 8, 9])
  await own.call('POST', '/projects/1/restore')
  expect(await ids('deleted=true', own)).toEqual([2, 4])
})

test('200: fields sends only those, in the order of the whole object', async () => {
  const first = async (query: string) => JSON.stringify((await get(`${query}&limit=1`)).json[0])
  expect(await first('fields=projectName')).toBe('{"projectName":"Zebra"}')
  expect(await first('fields=hourRate,id,ID')).toBe('{"ID":1,"id":1,"hourRate":50}')
  expect(await first('fields=notes,notes')).toBe('{"notes":null}')
  expect(await first('fields=projectName,deletedAt')).toBe('{"projectName":"Zebra"}')
  expect(await first('fields=')).toBe(JSON.stringify((await get('limit=1')).json[0]))
  const page = await get('fields=ID&sort=-hourRate&limit=3')
  expect(page.text).toBe('[{"ID":6},{"ID":1},{"ID":4}]')
  expect((await caller.call('GET', nextOf(page)!)).text).toBe('[{"ID":8},{"ID":9},{"ID":5}]')
})

test.each([
  ...[
    'nope',
    'projectname',
    'name_sort',
    'notes',
    '--id',
    'id,',
    ',',
    'id desc',
    'id,id',
    'id,-id',
    '__proto__',
  ].map((value) => ['sort', value] as const),
  ...['nope', 'projectname', 'id,', 'id, ID', 'wire', 'constructor', '*'].map(
    (value) => ['fields', value] as const,
  ),
  ...['x', '-1', '1e3', '0x1', '1,5', ' 1', '1000000000000', 'null'].map(
    (value) => ['hourRate[gte]', value] as const,
  ),
  ['timeEstimated[lt]', 'x'] as const,
  ['budgetEstimated[gt]', ''.padEnd(400, '9')] as const,
  ...['2026', '2026-01-31', '2026-02-30T00:00:00Z', '2026-01-31T12:00:00', '2026-01-31T25:00:00Z', 'x'].map(
    (value) => ['updatedSince', value] as const,
  ),
  ...['yes', '2', 'TRUE'].map((value) => ['deleted', value] as const),
  ['projectEnabled', 'maybe'] as const,
])('400: %s=%s names its parameter', async (name, value) => {
  const reply = await get(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  expectErrors(reply, 400, [10023, { parameter: name }])
})

test('400: the detail of a wrong sort or field names those there are', async () => {
  const detailOf = async (query: string) => (await get(query)).json.errors[0].detail
  expect(await detailOf('sort=nope')).toBe(
    'sort cannot have "nope". Send names separated by commas, each once, with - in front for descending: ' +
      'id, projectName, clientName, projectEnabled, hourRate, timeEstimated, budgetEstimated, createdAt, updatedAt.',
  )
  expect(await detailOf('fields=ID,nope')).toMatch(
    /^fields cannot have "nope"\. Send names .*: ID, id, projectName, /,
  )
})

test('400: a range given twice; an unknown range under strict, ignored otherwise', async () => {
  const parameter = 'hourRate[gte]'
  expectErrors(await get(`${parameter}=1&hourRate%5Bgte%5D=2`), 400, [10022, { parameter }])
  for (const unknown of ['hourRate[eq]', 'hourRate', 'notes[gte]', 'hourRate[gte', 'sort[]']) {
    expect(await ids(`${unknown}=1`)).toHaveLength(PROJECTS.length)
    const headers = { Prefer: 'handling=strict' }
    const reply = await caller.call('GET', `/projects?${unknown}=1`, { headers })
    expectErrors(reply, 400, [10024, { parameter: unknown }])
  }
})

test('400: one fault for each parameter that is wrong', async () => {
  const faultsOf = async (query: string) => {
    const { status, json } = await get(query)
    return [status, json.errors.map(({ source }: any) => source.parameter).sort()]
  }
  expect(await faultsOf('limit=x&hourRate[gte]=x&deleted=x')).toEqual([
    400,
    ['deleted', 'hourRate[gte]', 'limit'],
  ])
  expect(await faultsOf('sort=nope&fields=nope')).toEqual([400, ['fields', 'sort']])
  expect(await faultsOf('sort=nope&fields=nope&limit=x')).toEqual([400, ['fields', 'limit', 'sort']])
})
