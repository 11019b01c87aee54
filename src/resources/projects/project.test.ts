import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { newAccount, startServer } from '../../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const AMOUNTS = ['hourRate', 'timeEstimated', 'budgetEstimated'] as const
const minimal = { projectName: 'Website', clientName: 'Acme' }

async function create(fields: object) {
  const caller = await newAccount(server)
  return caller.call('POST', '/projects', { body: { ...minimal, ...fields } })
}

test('201: the object with defaults, its Location, real JSON types', async () => {
  const caller = await newAccount(server)
  const reply = await caller.call('POST', '/projects', { body: minimal })
  expect(reply.status).toBe(201)
  expect(reply.headers.location).toBe('/api/v2/ext/projects/1')
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(reply.json).toEqual({
    ID: 1,
    id: 1,
    projectName: 'Website',
    clientName: 'Acme',
    projectEnabled: true,
    notes: null,
    hourRate: null,
    timeEstimated: null,
    budgetEstimated: null,
    createdAt: expect.stringMatching(TIME),
    updatedAt: reply.json.createdAt,
  })
  expect(Math.abs(Date.now() - Date.parse(reply.json.createdAt))).toBeLessThan(10_000)
  const read = await caller.call('GET', '/projects/1')
  expect([read.status, read.text]).toEqual([200, reply.text])
})

test('201: all fields, and the Location can be followed', async () => {
  const caller = await newAccount(server)
  const fields = {
    ...minimal,
    projectEnabled: false,
    notes: 'One\nTwo',
    hourRate: 75.5,
    timeEstimated: 90.25,
    budgetEstimated: 999_999_999_999,
  }
  const reply = await caller.call('POST', '/projects', { body: fields })
  expect(reply.status).toBe(201)
  expect(reply.json).toMatchObject(fields)
  const read = await caller.call('GET', reply.headers.location!.replace('/api/v2/ext', ''))
  expect([read.status, read.text]).toEqual([200, reply.text])
})

test('201: null where a field is marked "or null"', async () => {
  const reply = await create({ notes: null, hourRate: null, timeEstimated: null, budgetEstimated: null })
  expect(reply.status).toBe(201)
  expect(reply.json).toMatchObject({
    notes: null,
    hourRate: null,
    timeEstimated: null,
    budgetEstimated: null,
  })
})

test('422: null where a field is not marked "or null"', async () => {
  const caller = await newAccount(server)
  const body = { projectName: null, clientName: null, projectEnabled: null }
  expectErrors(
    await caller.call('POST', '/projects', { body }),
    422,
    [10051, { pointer: '/projectName' }],
    [10051, { pointer: '/clientName' }],
    [10051, { pointer: '/projectEnabled' }],
  )
})

test('422: projectName and clientName are required', async () => {
  const caller = await newAccount(server)
  expectErrors(
    await caller.call('POST', '/projects', { body: { notes: 'x' } }),
    422,
    [10050, { pointer: '/projectName' }],
    [10050, { pointer: '/clientName' }],
  )
  expect((await caller.call('GET', '/projects')).json).toEqual([])
})

test('ids count from 1 in each account, refused creates take none, deleted ones are not used again', async () => {
  const [caller, other] = [await newAccount(server), await newAccount(server)]
  const make = async (who: typeof caller, projectName: string) =>
    (await who.call('POST', '/projects', { body: { ...minimal, projectName } })).json.ID
  expect(await make(caller, 'a')).toBe(1)
  expect(await make(caller, 'a')).toBeUndefined()
  expect(await make(caller, '')).toBeUndefined()
  expect(await make(caller, 'b')).toBe(2)
  await caller.call('DELETE', '/projects/2')
  expect(await make(caller, 'b')).toBe(3)
  expect(await make(other, 'a')).toBe(1)
})

test('201: ID, id and the times in a body are ignored on create', async () => {
  const time = '2001-01-01T00:00:00.000Z'
  const reply = await create({ ID: 7, id: 'nonsense', createdAt: time, updatedAt: 5, deletedAt: time })
  expect(reply.status).toBe(201)
  expect(reply.json).toMatchObject({ ID: 1, id: 1, createdAt: expect.not.stringMatching(time) })
  expect(reply.json.updatedAt).toBe(reply.json.createdAt)
  expect(reply.json).not.toHaveProperty('deletedAt')
})

test.each(['projectName', 'clientName'])('%s: 1 to 255 code points after trimming and NFC', async (name) => {
  const good = ['x', 'x'.repeat(255), '😀'.repeat(255), 'e\u0301'.repeat(255), `  ${'x'.repeat(255)}\u3000`]
  for (const text of good) {
    const reply = await create({ [name]: text })
    expect([reply.status, reply.json[name]]).toEqual([201, text.normalize('NFC').trim()])
  }
  for (const text of ['', '   ', '\u00a0', 'x'.repeat(256), '😀'.repeat(256)])
    expectErrors(await create({ [name]: text }), 422, [10052, { pointer: `/${name}` }])
})

test.each(['projectName', 'clientName'])(
  '422: control characters and lone surrogates in %s',
  async (name) => {
    for (const bad of ['\0', '\n', '\r', '\t', '\u001f', '\u007f', '\u0085', '\ud800', '\udc00'])
      expectErrors(await create({ [name]: `a${bad}b` }), 422, [10053, { pointer: `/${name}` }])
  },
)

test('notes are kept as sent, in NFC, with tabs and line breaks', async () => {
  for (const notes of ['', ' \t a\r\nb \n', '😀 e\u0301 <b>"\\', '\u2028\u202e\ufeff'])
    expect((await create({ notes })).json.notes).toBe(notes.normalize('NFC'))
})

test('notes: up to 65,535 code points, 422 above', async () => {
  for (const notes of ['x'.repeat(65_535), '😀'.repeat(65_535)])
    expect((await create({ notes })).json.notes).toBe(notes)
  for (const notes of ['x'.repeat(65_536), '😀'.repeat(65_536)])
    expectErrors(await create({ notes }), 422, [10052, { pointer: '/notes' }])
})

test('422: control characters but tab, LF, CR, and lone surrogates in notes', async () => {
  for (const bad of ['\0', '\b', '\v', '\f', '\u001b', '\u007f', '\u009f', '\udfff'])
    expectErrors(await create({ notes: `a${bad}b` }), 422, [10053, { pointer: '/notes' }])
})

test.each(AMOUNTS)('%s: exact, in its shortest form', async (name) => {
  const values = {
    '50.00': '50',
    '0.1': '0.1',
    '1e2': '100',
    '-0': '0',
    '0': '0',
    '999999999999': '999999999999',
  }
  for (const [sent, kept] of Object.entries(values)) {
    const caller = await newAccount(server)
    const body = `{"projectName":"a","clientName":"b","${name}":${sent}}`
    const reply = await caller.call('POST', '/projects', { body })
    expect(reply.status).toBe(201)
    expect(reply.text).toContain(`"${name}":${kept},"`)
  }
})

test.each(AMOUNTS)('422: %s out of range', async (name) => {
  for (const value of [-1, -0.001, 1_000_000_000_000, 1e300, '-1', '1000000000000'])
    expectErrors(await create({ [name]: value }), 422, [10054, { pointer: `/${name}` }])
})

test.each(AMOUNTS)('422: %s with more than 15 significant digits is never rounded', async (name) => {
  for (const value of [0.1234567890123456, 1.234_567_890_123_456, '123456789012.3456', 100 / 3])
    expectErrors(await create({ [name]: value }), 422, [10055, { pointer: `/${name}` }])
  for (const value of [0.123_456_789_012_345, 123_456_789_012.345])
    expect((await create({ [name]: value })).json[name]).toBe(value)
})

test('422: all faults of the body at once', async () => {
  const body = {
    projectName: 5,
    clientName: '',
    projectEnabled: 'yes',
    notes: 1,
    hourRate: -1,
    timeEstimated: 'x',
  }
  expectErrors(
    await create(body),
    422,
    [10051, { pointer: '/projectName' }],
    [10052, { pointer: '/clientName' }],
    [10051, { pointer: '/projectEnabled' }],
    [10051, { pointer: '/notes' }],
    [10054, { pointer: '/hourRate' }],
    [10051, { pointer: '/timeEstimated' }],
  )
})

test('404: an id that never was, and texts that are not an id', async () => {
  const caller = await newAccount(server)
  await caller.call('POST', '/projects', { body: minimal })
  for (const id of [
    '2',
    '0',
    '01',
    '-1',
    '1.0',
    '1e0',
    '+1',
    '%31%20',
    'abc',
    '１',
    '9'.repeat(400),
    '9007199254740993',
  ])
    for (const method of ['GET', 'PUT', 'DELETE'])
      expectErrors(await caller.call(method, `/projects/${encodeURI(decodeURI(id))}`), 404, [13001])
  expect((await caller.call('GET', '/projects/%31')).status).toBe(200)
})
