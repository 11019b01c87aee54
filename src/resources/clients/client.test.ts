import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Caller, newAccount, newKey, startServer } from '../../../test/harness.ts'
import { auditOf, keptOf } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

const DETAILS = {
  color: '#3366CC',
  notes: 'first line\nsecond\tline',
  email: 'office@example.com',
  phone: '+43 1 234',
  address: 'Hauptstraße 1',
  address2: 'Stiege 2',
  addressZipCode: '1010',
  addressCity: 'Wien',
  addressCountry: 'AT',
  contactPerson: 'Ms Müller',
  field1: 'VAT ID: 123455678',
  field2: 'two',
  field3: 'three',
}
const NOTHING = Object.fromEntries(Object.keys(DETAILS).map((name) => [name, null]))

async function withClient(fields: object = {}) {
  const caller = await newAccount(server)
  const created = await caller.call('POST', '/clients', { body: { name: 'Acme', ...fields } })
  return { ...caller, created }
}

const addProject = ({ call }: Caller, projectName: string) =>
  call('POST', '/projects', { body: { projectName, clientName: 'Acme' } })

const namesOf = async ({ call }: Caller, query: string) =>
  (await call('GET', `/clients${query}`)).json.map(({ name }: any) => name)

test('201: a client with every field, its Location, and the same from every read', async () => {
  const { call, created } = await withClient({ ...DETAILS, enabled: false })
  expect([created.status, created.headers.location]).toEqual([201, '/api/v2/ext/clients/1'])
  const wanted = { ID: 1, id: 1, name: 'Acme', enabled: false, ...DETAILS, createdAt: TIME, updatedAt: TIME }
  expect(created.json).toEqual(wanted)
  expect(Object.keys(created.json)).toEqual(Object.keys(wanted))
  expect((await call('GET', '/clients/1')).text).toBe(created.text)
  expect((await call('GET', '/clients')).text).toBe(`[${created.text}]`)
})

test('201: name alone is enough; the others are null, and the client is enabled', async () => {
  const { created } = await withClient()
  expect(created.json).toEqual({
    ID: 1,
    id: 1,
    name: 'Acme',
    enabled: true,
    ...NOTHING,
    createdAt: created.json.updatedAt,
    updatedAt: TIME,
  })
})

test('201: a client that came with a project is a client like any other', async () => {
  const caller = await newAccount(server)
  const { json } = await addProject(caller, 'Website')
  expect((await caller.call('GET', '/clients/1')).json).toEqual({
    ID: 1,
    id: 1,
    name: 'Acme',
    enabled: true,
    ...NOTHING,
    createdAt: json.createdAt,
    updatedAt: json.createdAt,
  })
})

test('422: a client without a name, with one fault for each wrong field', async () => {
  const caller = await newAccount(server)
  expectErrors(await caller.call('POST', '/clients'), 422, [10050, { pointer: '/name' }])
  const body = { name: 5, enabled: 'yes', color: 'red', phone: 'x'.repeat(256), addressCountry: 'XX' }
  expectErrors(
    await caller.call('POST', '/clients', { body }),
    422,
    [10051, { pointer: '/name' }],
    [10051, { pointer: '/enabled' }],
    [10058, { pointer: '/color' }],
    [10052, { pointer: '/phone' }],
    [10058, { pointer: '/addressCountry' }],
  )
  expect((await caller.call('GET', '/clients')).text).toBe('[]')
})

test.each([
  [
    'color',
    ['#000000', '#ffffff', '#aAbBcC'],
    ['#fff', 'ffffff', '#GGGGGG', '#1234567', 'red', '', '#３３66CC'],
  ],
  ['addressCountry', ['DE', 'AT', 'CH', 'US'], ['XX', 'ZZ', 'D', 'DEU', 'Germany', '', 'de', 'UK']],
  ['email', ['a@b', 'a.b+c@d.example'], ['a', '@b', 'a@', 'a b@c', 'a@b@c']],
])('200, 422: %s has its form', async (name, good, bad) => {
  const { call } = await withClient()
  const put = (value: unknown) => call('PUT', '/clients/1', { body: { [name]: value } })
  for (const value of good) expect([value, (await put(value)).json[name]]).toEqual([value, value])
  for (const value of bad) expectErrors(await put(value), 422, [10058, { pointer: `/${name}` }])
  for (const value of [5, true, {}, []]) expectErrors(await put(value), 422, [10051, { pointer: `/${name}` }])
  expect((await call('GET', '/clients/1')).json[name]).toBe(good.at(-1))
  expect((await put(null)).json[name]).toBeNull()
})

test.each(['PUT', 'PATCH'])('200: %s changes the fields that are sent, null clears', async (method) => {
  const { call, created } = await withClient(DETAILS)
  const changed = await call(method, '/clients/1', { body: { phone: '2', notes: null, id: 1 } })
  expect([changed.status, changed.json]).toEqual([
    200,
    { ...created.json, phone: '2', notes: null, updatedAt: TIME },
  ])
  const cleared = await call(method, '/clients/1', { body: NOTHING })
  expect(cleared.json).toMatchObject({ name: 'Acme', enabled: true, ...NOTHING })
  const unchanged = await call(method, '/clients/1', { body: { phone: null } })
  expect([unchanged.status, unchanged.text]).toEqual([200, cleared.text])
  expectErrors(await call(method, '/clients/1', { body: { ID: 2 } }), 422, [10057, { pointer: '/ID' }])
})

test('200, 422: an update does not change name or enabled: ignored, refused under strict', async () => {
  const caller = await withClient()
  const { call, created } = caller
  for (const body of [{ name: 'Other' }, { enabled: false }, { name: null, enabled: 'nonsense' }]) {
    const reply = await call('PUT', '/clients/1', { body })
    expect([reply.status, reply.text]).toEqual([200, created.text])
  }
  const kept = await keptOf(server, caller)
  const headers = { Prefer: 'handling=strict' }
  expectErrors(
    await call('PUT', '/clients/1', { body: { phone: '1', name: 'Other', enabled: false }, headers }),
    422,
    [10056, { pointer: '/name' }],
    [10056, { pointer: '/enabled' }],
  )
  expect(await keptOf(server, caller)).toBe(kept)
  const mixed = await call('PUT', '/clients/1', { body: { phone: '1', name: 'Other', enabled: false } })
  expect(mixed.json).toEqual({ ...created.json, phone: '1', updatedAt: TIME })
})

test('200: disable and enable do it on purpose, and stay where it is so already', async () => {
  const { call, created } = await withClient()
  const disabled = await call('POST', '/clients/1/disable')
  expect(disabled.json).toEqual({ ...created.json, enabled: false, updatedAt: TIME })
  expect((await call('POST', '/clients/1/disable', { body: {} })).text).toBe(disabled.text)
  expect((await call('GET', '/clients/1')).text).toBe(disabled.text)
  const enabled = await call('POST', '/clients/1/enable')
  expect(enabled.json).toEqual({ ...created.json, updatedAt: TIME })
  expect((await call('POST', '/clients/1/enable/')).text).toBe(enabled.text)
})

test('200: filters by name and enabled, in the order of ids', async () => {
  const caller = await newAccount(server)
  for (const name of ['Straße GmbH', 'Acme', 'STRASSE 2', '100%_'])
    await caller.call('POST', '/clients', { body: { name, enabled: name !== 'Acme' } })
  const find = (query: string) => namesOf(caller, query)
  expect(await find('?name=strasse')).toEqual(['Straße GmbH', 'STRASSE 2'])
  expect(await find('?name=%25_')).toEqual(['100%_'])
  expect(await find('?name=a%25')).toEqual([])
  expect(await find('?enabled=false')).toEqual(['Acme'])
  expect(await find('?enabled=1&name=2')).toEqual(['STRASSE 2'])
  expect(await find('?sort=-name')).toEqual(['Straße GmbH', 'STRASSE 2', 'Acme', '100%_'])
  expect((await caller.call('GET', '/clients?fields=name,id&limit=1')).json).toEqual([
    { id: 1, name: 'Straße GmbH' },
  ])
  expect(await find('?updatedSince=9999-12-31T00:00:00Z')).toEqual([])
  expectErrors(await caller.call('GET', '/clients?sort=email'), 400, [10023, { parameter: 'sort' }])
  expectErrors(await caller.call('GET', '/clients?fields=x'), 400, [10023, { parameter: 'fields' }])
  expectErrors(await caller.call('GET', '/clients?enabled=x'), 400, [10023, { parameter: 'enabled' }])
})

test('200, 422: documented reads work on clients, too', async () => {
  const { call, created } = await withClient()
  for (const path of ['/clients/', '/clients?name=ac', '/clients/?name=ac'])
    expect((await call('POST', path, { body: {} })).text).toBe(`[${created.text}]`)
  expect((await call('POST', '/clients/1', { body: {} })).text).toBe(created.text)
  expectErrors(await call('POST', '/clients/1', { body: { phone: '1' } }), 422, [10044])
  expectErrors(await call('POST', '/clients', { body: {} }), 422, [10050, { pointer: '/name' }])
})

test('409: a client with projects is not deleted; the refusal counts them, those in the trash not', async () => {
  const caller = await withClient()
  for (const [count, name] of ['One', 'Two', 'Three'].entries()) {
    await addProject(caller, name)
    const kept = await keptOf(server, caller)
    const reply = await caller.call('DELETE', '/clients/1')
    expectErrors(reply, 409, [12004])
    expect(reply.json.errors[0].detail).toMatch(new RegExp(`\\b${count + 1} project`))
    expect(await keptOf(server, caller)).toBe(kept)
  }
  for (const id of [1, 2]) await caller.call('DELETE', `/projects/${id}`)
  expect((await caller.call('DELETE', '/clients/1')).json.errors[0].detail).toMatch(/\b1 project/)
  await caller.call('DELETE', '/projects/3')
  expect((await caller.call('DELETE', '/clients/1')).status).toBe(200)
})

test('200: deleted, in the trash alone, and restored as it was', async () => {
  const caller = await withClient(DETAILS)
  const { call, created } = caller
  const deleted = await call('DELETE', '/clients/1')
  const { deletedAt } = deleted.json
  expect(deleted.json).toEqual({ ...created.json, updatedAt: deletedAt, deletedAt: TIME })
  expect([await namesOf(caller, ''), await namesOf(caller, '?deleted=true')]).toEqual([[], ['Acme']])
  expect((await call('GET', '/clients?deleted=true')).text).toBe(`[${deleted.text}]`)
  const restored = await call('POST', '/clients/1/restore')
  expect(restored.json).toEqual({ ...created.json, updatedAt: TIME })
  expect((await call('POST', '/clients/1/restore')).text).toBe(restored.text)
  expect((await call('GET', '/clients/1')).text).toBe(restored.text)
  expect(await namesOf(caller, '?deleted=1')).toEqual([])
})

test.each([
  ['GET', ''],
  ['PUT', ''],
  ['DELETE', ''],
  ['POST', ''],
  ['POST', '/rename'],
  ['POST', '/enable'],
  ['POST', '/disable'],
  ['POST', '/restore'],
])(
  '404: %s /clients/{id}%s of a deleted client has its own code, of an unknown one another',
  async (...op) => {
    const [method, path] = op
    const { call } = await withClient()
    await call('DELETE', '/clients/1')
    const body = path === '/rename' ? { name: 'x' } : {}
    for (const id of ['2', '0', '01', '-1', '1.0', 'x', '999999999999999999'])
      expectErrors(await call(method, `/clients/${id}${path}`, { body }), 404, [12002])
    if (path !== '/restore') expectErrors(await call(method, `/clients/1${path}`, { body }), 404, [12020])
  },
)

test('403: a read-only key reads clients and changes none', async () => {
  const owner = await withClient()
  const { call } = await newKey(server, owner, 'read')
  const kept = await keptOf(server, owner)
  expect((await call('GET', '/clients/1')).text).toBe(owner.created.text)
  expect((await call('POST', '/clients/', { body: {} })).text).toBe(`[${owner.created.text}]`)
  for (const [method, path] of [
    ['POST', '/clients'],
    ['PUT', '/clients/1'],
    ['DELETE', '/clients/1'],
    ...['rename', 'enable', 'disable', 'restore'].map((verb) => ['POST', `/clients/1/${verb}`] as const),
  ] as const)
    expectErrors(await call(method, path, { body: { name: 'New' } }), 403, [
      11002,
      { header: 'X-TimeTrack-Api-Key' },
    ])
  expect(await keptOf(server, owner)).toBe(kept)
})

test('every change leaves one audit row; what changes nothing leaves none', async () => {
  const caller = await newAccount(server)
  const { call, account, key } = caller
  const start = (await auditOf(server, caller)).length
  const replies: [string, string][] = []
  for (const [action, method, path, body] of [
    ['create', 'POST', '/clients', { name: 'Acme' }],
    ['update', 'PUT', '/clients/1', { phone: '1' }],
    ['', 'PUT', '/clients/1', { phone: '1', name: 'x' }],
    ['rename', 'POST', '/clients/1/rename', { name: 'ACME' }],
    ['', 'POST', '/clients/1/rename', { name: 'ACME' }],
    ['disable', 'POST', '/clients/1/disable', undefined],
    ['', 'POST', '/clients/1/disable', undefined],
    ['enable', 'POST', '/clients/1/enable', undefined],
    ['delete', 'DELETE', '/clients/1', undefined],
    ['restore', 'POST', '/clients/1/restore', undefined],
    ['', 'POST', '/clients/1/restore', undefined],
  ] as const) {
    const reply = await call(method, path, { body })
    if (action) replies.push([action, reply.text])
  }
  const row = { account_id: account, actor: key, entity: 'client', entity_id: '1' }
  expect((await auditOf(server, caller)).slice(start)).toEqual(
    replies.map(([action, after], index) => ({
      ...row,
      change: start + index + 1,
      at: JSON.parse(after).updatedAt,
      action: `client.${action}`,
      after,
    })),
  )
})
