import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { newAccount, startServer } from '../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

/** One account and project for all: every test sets the field that it looks at. */
const caller = await newAccount(server)
await caller.call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })

/** Sends one field as the JSON text given. */
const put = (name: string, json: string) => caller.call('PUT', '/projects/1', { body: `{"${name}":${json}}` })

const AMOUNTS = ['hourRate', 'timeEstimated', 'budgetEstimated'] as const

test.each([
  ['0', 0],
  ['7', 7],
  ['7.0', 7],
  ['1e3', 1000],
  ['1E-2', 0.01],
  ['0.000001', 0.000001],
  ['1e-20', 1e-20],
  ['"0"', 0],
  ['"-0"', 0],
  ['"-0.00"', 0],
  ['"50"', 50],
  ['"50.00"', 50],
  ['"007.50"', 7.5],
  ['"0.1"', 0.1],
  ['"123456789012.345"', 123_456_789_012.345],
  ['"0.1000000000000000055511151231257827"', 0.1],
])('200: the number %s is %d, and a number in the answer', async (sent, value) => {
  for (const name of AMOUNTS) {
    const reply = await put(name, sent)
    expect([reply.status, reply.json[name]]).toEqual([200, value])
    expect(reply.text).toContain(`"${name}":${JSON.stringify(value)},"`)
  }
})

test.each([
  '""',
  '" "',
  '" 5"',
  '"5 "',
  '"5\\n"',
  '"+5"',
  '"5."',
  '".5"',
  '"--5"',
  '"5,0"',
  '"1,000"',
  '"1_000"',
  '"0x10"',
  '"1e3"',
  '"1e400"',
  '"Infinity"',
  '"NaN"',
  '"null"',
  '"true"',
  '"٣"',
  '"５"',
  '"5.0.0"',
  '"−5"',
  'true',
  'false',
  '[]',
  '[5]',
  '{}',
  '{"valueOf":5}',
])('422: the number %s is refused by name', async (sent) => {
  for (const name of AMOUNTS) expectErrors(await put(name, sent), 422, [10051, { pointer: `/${name}` }])
})

test('422: numbers beyond all range', async () => {
  for (const sent of ['1e400', '-1e400', `"${'9'.repeat(400)}"`, `"-${'9'.repeat(400)}"`])
    expectErrors(await put('hourRate', sent), 422, [10054, { pointer: '/hourRate' }])
})

test.each([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['1.0', true],
  ['-0', false],
  ['"true"', true],
  ['"false"', false],
  ['"1"', true],
  ['"0"', false],
])('200: the boolean %s is %s, and a boolean in the answer', async (sent, value) => {
  await put('projectEnabled', String(!value))
  const reply = await put('projectEnabled', sent)
  expect([reply.status, reply.json.projectEnabled]).toEqual([200, value])
})

test.each([
  '""',
  '"TRUE"',
  '"True"',
  '"yes"',
  '"on"',
  '" true"',
  '"1.0"',
  '"01"',
  '2',
  '-1',
  '0.5',
  'null',
  '[]',
  '[true]',
  '{}',
])('422: the boolean %s is refused by name', async (sent) => {
  expectErrors(await put('projectEnabled', sent), 422, [10051, { pointer: '/projectEnabled' }])
})

test('422: text only as text', async () => {
  for (const name of ['projectName', 'clientName', 'notes'])
    for (const sent of ['5', '0', 'true', 'false', '[]', '["a"]', '{}', '{"toString":"a"}'])
      expectErrors(await put(name, sent), 422, [10051, { pointer: `/${name}` }])
})

test('200: text that looks like something else stays text', async () => {
  for (const notes of ['5', 'true', 'null', '', '{}', '1e400']) {
    const reply = await put('notes', JSON.stringify(notes))
    expect([reply.status, reply.json.notes]).toEqual([200, notes])
  }
})

test('422: whole numbers are whole', async () => {
  for (const sent of ['1.5', '"1.5"', 'true', '""', '"1e0"', '[1]'])
    expectErrors(await put('ID', sent), 422, [10051, { pointer: '/ID' }])
  for (const sent of ['1', '1.0', '"1"', '1e0']) expect((await put('ID', sent)).status).toBe(200)
})

test('200: if a name is repeated in a JSON object, the last one counts', async () => {
  const reply = await caller.call('PUT', '/projects/1', { body: '{"notes":"first","notes":"last"}' })
  expect([reply.status, reply.json.notes]).toEqual([200, 'last'])
})

test('200: deeply nested values in unknown fields are ignored', async () => {
  const nested = `${'['.repeat(2000)}${']'.repeat(2000)}`
  expect((await put('unknown', nested)).status).toBe(200)
  expectErrors(await put('notes', nested), 422, [10051, { pointer: '/notes' }])
})

test('400: a known parameter given twice, however it is written', async () => {
  for (const query of ['limit=1&limit=2', 'limit=1&limit=1', 'limit=1&l%69mit=1', 'limit=1&x=1&limit=3'])
    expectErrors(await caller.call('GET', `/projects?${query}`), 400, [10022, { parameter: 'limit' }])
  expectErrors(
    await caller.call('GET', '/projects?projectName=a&clientName=b&clientName=c&projectName=d'),
    400,
    [10022, { parameter: 'clientName' }],
    [10022, { parameter: 'projectName' }],
  )
})

test.each(['%', '%2', '%zz', '%E9', '%C0%80', '%ED%A0%80', '%F5%80%80%80', 'a%', '%u0041'])(
  '400: the bad percent-escape %s in a query, of a name or a value, known or not, on every operation',
  async (bad) => {
    for (const query of [`projectName=${bad}`, `unknown=${bad}`, `${bad}=1`, bad])
      for (const [method, path] of [
        ['GET', '/projects'],
        ['GET', '/projects/1'],
        ['POST', '/projects'],
        ['PUT', '/projects/1'],
        ['POST', '/projects/1/restore'],
        ['DELETE', '/projects/1'],
      ] as const) {
        const body = { projectName: 'x', clientName: 'y' }
        const reply = await caller.call(method, `${path}?${query}`, { body })
        expect([reply.status, reply.json.errors.length, reply.json.errors[0].code]).toEqual([400, 1, 10021])
        expect(reply.json.errors[0].source).toHaveProperty('parameter')
      }
  },
)

test('the first part that fails is answered: the query before the body', async () => {
  const reply = await caller.call('PUT', '/projects/1?x=%', { body: { hourRate: 'x' } })
  expectErrors(reply, 400, [10021, { parameter: '%' }])
})

test('the first part that fails is answered: the path before the query', async () => {
  expectErrors(await caller.call('GET', '/projects/abc?x=%'), 404, [13001])
})

test('the first part that fails is answered: the path before the body', async () => {
  expectErrors(await caller.call('PUT', '/projects/abc', { body: { hourRate: 'x' } }), 404, [13001])
})

test('400: all faults of the query at once', async () => {
  const query = 'projectName=%00&projectEnabled=maybe&page_number=-1&limit=ten'
  expectErrors(
    await caller.call('GET', `/projects?${query}`),
    400,
    ...['projectName', 'projectEnabled', 'page_number', 'limit'].map((parameter): [number, object] => [
      10023,
      { parameter },
    ]),
  )
})
