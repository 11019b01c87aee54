import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Caller, newAccount, startServer } from '../../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const PROJECTS = [
  ['Website', 'Acme'],
  ['WEBSHOP relaunch', 'Acme'],
  ['Straße', 'Größe AG'],
  ['STRASSE 2', 'ÖBB'],
  ['αστ', 'Ελλάς'],
  ['100% done', 'A_B'],
  ['1000 done', 'AxB'],
  [`it's "quoted" \\ back`, 'Quo"te'],
  ['a* OR b', 'NEAR(x)'],
  ['Café', 'Acme'],
  ['a+b & c=d #1', 'Plus + Co'],
] as const

let caller: Caller

beforeAll(async () => {
  caller = await newAccount(server)
  for (const [index, [projectName, clientName]] of PROJECTS.entries())
    await caller.call('POST', '/projects', {
      body: { projectName, clientName, projectEnabled: index % 2 === 0 },
    })
})

/** The names found; a filter's value is sent percent-encoded. */
async function find(filters: Record<string, string>): Promise<string[]> {
  const search = Object.entries(filters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const reply = await caller.call('GET', `/projects?${search.join('&')}`)
  expect(reply.status).toBe(200)
  return reply.json.map((project: any) => project.projectName)
}

test('200: a bare array, ordered by id, of what a single read answers', async () => {
  const { status, json } = await caller.call('GET', '/projects')
  expect(status).toBe(200)
  expect(json.map((project: any) => project.ID)).toEqual(PROJECTS.map((_, index) => index + 1))
  for (const project of json)
    expect((await caller.call('GET', `/projects/${project.ID}`)).json).toEqual(project)
})

test('200: an account without projects has an empty list', async () => {
  expect((await (await newAccount(server)).call('GET', '/projects')).text).toBe('[]')
})

test.each([
  ['web', ['Website', 'WEBSHOP relaunch']],
  ['SITE', ['Website']],
  ['straße', ['Straße', 'STRASSE 2']],
  ['strasse', ['Straße', 'STRASSE 2']],
  ['ß', ['Straße', 'STRASSE 2']],
  ['ΑΣ', ['αστ']],
  ['ας', ['αστ']],
  ['cafe\u0301', ['Café']],
  ['cafe', []],
  ['%', ['100% done']],
  ['100%', ['100% done']],
  ['1_0', []],
  [`'`, [`it's "quoted" \\ back`]],
  ['"quoted"', [`it's "quoted" \\ back`]],
  ['\\', [`it's "quoted" \\ back`]],
  ['*', ['a* OR b']],
  ['a* or', ['a* OR b']],
  ['web OR site', []],
  ['a+b & c=d #1', ['a+b & c=d #1']],
  ['nothing has this', []],
  ['x'.repeat(3000), []],
])('200: projectName is a literal substring by fold: %s', async (needle, names) => {
  expect(await find({ projectName: needle })).toEqual(names)
})

test.each([
  ['acme', ['Website', 'WEBSHOP relaunch', 'Café']],
  ['GRÖSSE', ['Straße']],
  ['öbb', ['STRASSE 2']],
  ['ΕΛΛΆΣ', ['αστ']],
  ['a_b', ['100% done']],
  ['"', [`it's "quoted" \\ back`]],
  ['near(', ['a* OR b']],
  ['website', []],
])('200: clientName is a literal substring by fold: %s', async (needle, names) => {
  expect(await find({ clientName: needle })).toEqual(names)
})

test('200: filters combine with AND', async () => {
  expect(await find({ projectName: 'web', clientName: 'acme', projectEnabled: 'true' })).toEqual(['Website'])
  expect(await find({ projectName: 'web', projectEnabled: '0' })).toEqual(['WEBSHOP relaunch'])
  expect(await find({ clientName: 'acme', projectEnabled: 'false' })).toEqual(['WEBSHOP relaunch', 'Café'])
  expect(await find({ projectName: 'web', clientName: 'öbb' })).toEqual([])
})

test('200: projectEnabled in all its forms; 400 in any other', async () => {
  const enabled = PROJECTS.filter((_, index) => index % 2 === 0).map(([name]) => name)
  const disabled = PROJECTS.filter((_, index) => index % 2 === 1).map(([name]) => name)
  for (const value of ['1', 'true']) expect(await find({ projectEnabled: value })).toEqual(enabled)
  for (const value of ['0', 'false']) expect(await find({ projectEnabled: value })).toEqual(disabled)
  for (const value of ['TRUE', 'yes', '2', ' true', 'null', '00'])
    expectErrors(await caller.call('GET', `/projects?projectEnabled=${encodeURIComponent(value)}`), 400, [
      10023,
      { parameter: 'projectEnabled' },
    ])
})

test('200: needles are not trimmed, + is a space', async () => {
  expect(await find({ projectName: ' relaunch' })).toEqual(['WEBSHOP relaunch'])
  expect(await find({ projectName: 'relaunch ' })).toEqual([])
  expect((await caller.call('GET', '/projects?projectName=+relaunch')).json).toHaveLength(1)
})

test('200: an empty value counts as not sent', async () => {
  const reply = await caller.call(
    'GET',
    '/projects?projectName=&clientName&projectEnabled=&limit=&page_number=&cursor=',
  )
  expect([reply.status, reply.json.length]).toEqual([200, PROJECTS.length])
})

test('400: U+0000 and lone surrogates in a needle', async () => {
  expectErrors(await caller.call('GET', '/projects?projectName=a%00b'), 400, [
    10023,
    { parameter: 'projectName' },
  ])
  const surrogate = await caller.call('GET', '/projects?projectName=%ED%A0%80')
  expect([surrogate.status, surrogate.json.errors[0].code]).toEqual([400, 10021])
})

test('200: search sees a rename, a move and a deletion at once', async () => {
  const { call } = await newAccount(server)
  const count = async (search: string) => (await call('GET', `/projects?${search}`)).json.length
  await call('POST', '/projects', { body: { projectName: 'first', clientName: 'one' } })
  await call('POST', '/projects', { body: { projectName: 'second', clientName: 'two' } })
  await call('PUT', '/projects/1', { body: { projectName: 'renamed', clientName: 'two' } })
  expect([await count('projectName=first'), await count('projectName=renamed')]).toEqual([0, 1])
  expect([await count('clientName=one'), await count('clientName=two')]).toEqual([0, 2])
  await call('DELETE', '/projects/1')
  expect([await count('projectName=renamed'), await count('clientName=two')]).toEqual([0, 1])
})
