import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { newAccount, startServer } from '../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const minimal = { projectName: 'a', clientName: 'b' }
const strict = { Prefer: 'handling=strict' }

async function withProject() {
  const caller = await newAccount(server)
  const created = await caller.call('POST', '/projects', { body: minimal })
  return { ...caller, created }
}

/** Names that every object has or that would change its nature; JSON text, since an object literal cannot hold them all. */
const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

test('200, 201: unknown parameters and fields are ignored', async () => {
  const { call } = await newAccount(server)
  const body = { ...minimal, projectNamee: 'x', nested: { projectName: 1 }, 'a/b~c': null, '': 1 }
  expect((await call('POST', '/projects?foo=1', { body })).status).toBe(201)
  for (const path of [
    '/projects?foo=1&foo=2',
    '/projects?Limit=x',
    '/projects/1?foo=1&foo=2',
    '/projects?&&=&=x',
  ])
    expect((await call('GET', path)).status).toBe(200)
  expect((await call('PUT', '/projects/1?limit=x&limit=y', { body: { foo: 1 } })).status).toBe(200)
})

test.each(PROTOTYPE)('200, 201: the prototype key %s is ignored, wherever it is', async (name) => {
  const { call } = await newAccount(server)
  const value = '{"projectName":"hacked","notes":"hacked","limit":0}'
  const created = await call('POST', '/projects', {
    body: `{"projectName":"a","clientName":"b","${name}":${value}}`,
  })
  expect([created.status, created.json.projectName, created.json.notes]).toEqual([201, 'a', null])
  const updated = await call('PUT', '/projects/1', { body: `{"${name}":${value}}` })
  expect([updated.status, updated.text]).toEqual([200, created.text])
  for (const query of [`${name}=x`, `${name}=x&${name}=y`, `${name}[projectName]=x`]) {
    const reply = await call('GET', `/projects?${query}`)
    expect([reply.status, reply.json]).toEqual([200, [created.json]])
  }
  expect(Object.keys(created.json)).not.toContain(name)
})

test.each(PROTOTYPE)('422: the prototype key %s does not stand for a field that is missing', async (name) => {
  const { call } = await newAccount(server)
  expectErrors(
    await call('POST', '/projects', { body: `{"${name}":{"projectName":"a","clientName":"b"}}` }),
    422,
    [10050, { pointer: '/projectName' }],
    [10050, { pointer: '/clientName' }],
  )
})

test.each(PROTOTYPE)('400, 422: strict refuses the prototype key %s', async (name) => {
  const { call } = await withProject()
  expectErrors(await call('PUT', '/projects/1', { body: `{"${name}":1}`, headers: strict }), 422, [
    10056,
    { pointer: `/${name}` },
  ])
  expectErrors(await call('GET', `/projects?${name}=1`, { headers: strict }), 400, [
    10024,
    { parameter: name },
  ])
})

test('400: strict refuses unknown parameters on every operation, all at once', async () => {
  const { call } = await withProject()
  const faults = ['foo', 'bar'].map((parameter): [number, object] => [10024, { parameter }])
  for (const [method, path] of [
    ['GET', '/projects'],
    ['GET', '/projects/1'],
    ['POST', '/projects/1'],
    ['PUT', '/projects/1'],
    ['DELETE', '/projects/1'],
    ['POST', '/projects/1/restore'],
  ] as const)
    expectErrors(await call(method, `${path}?foo=1&bar=2`, { headers: strict }), 400, ...faults)
  const body = { ...minimal, projectName: 'new' }
  expectErrors(await call('POST', '/projects?foo=1&bar=2', { body, headers: strict }), 400, ...faults)
  expect((await call('GET', '/projects')).json).toHaveLength(1)
})

test('422: strict refuses unknown and read-only fields, with the other faults of the body', async () => {
  const { call } = await withProject()
  const body = { hourRate: 'x', foo: 1, 'a/b~c': 2, createdAt: 'x', updatedAt: 'x', deletedAt: null }
  expectErrors(
    await call('PUT', '/projects/1', { body, headers: strict }),
    422,
    [10051, { pointer: '/hourRate' }],
    [10056, { pointer: '/foo' }],
    [10056, { pointer: '/a~1b~0c' }],
    [10056, { pointer: '/createdAt' }],
    [10056, { pointer: '/updatedAt' }],
    [10056, { pointer: '/deletedAt' }],
  )
})

test('422: strict refuses ID and id on create; on update they may repeat the path’s', async () => {
  const { call } = await withProject()
  const body = { ...minimal, projectName: 'new', ID: 2, id: 2 }
  expectErrors(
    await call('POST', '/projects', { body, headers: strict }),
    422,
    [10056, { pointer: '/ID' }],
    [10056, { pointer: '/id' }],
  )
  expect((await call('PUT', '/projects/1', { body: { ID: 1, id: 1 }, headers: strict })).status).toBe(200)
})

test('422: strict refuses unknown fields on restore', async () => {
  const { call } = await withProject()
  await call('DELETE', '/projects/1')
  const reply = await call('POST', '/projects/1/restore', { body: { foo: 1 }, headers: strict })
  expectErrors(reply, 422, [10056, { pointer: '/foo' }])
})

test('strict honours what is known, and says so', async () => {
  const { call } = await withProject()
  const query = 'projectName=a&clientName=b&projectEnabled=1&limit=5&page_number=0'
  const body = { notes: 'x' }
  const replies = [
    await call('GET', `/projects?${query}`, { headers: strict }),
    await call('GET', '/projects?foo=&cursor=', { headers: strict }),
    await call('GET', '/projects/1', { headers: strict }),
    await call('PUT', '/projects/1', { body, headers: strict }),
    await call('DELETE', '/projects/1', { body: { foo: 1 }, headers: strict }),
    await call('POST', '/projects/1/restore', { headers: strict }),
  ]
  for (const { status, headers } of replies)
    expect([status, headers['preference-applied']]).toEqual([200, 'handling=strict'])
})

test.each([
  ['handling=strict', true],
  ['HANDLING=STRICT', true],
  ['handling = "strict"', true],
  ['respond-async, handling=strict', true],
  ['handling=strict; wait=10', true],
  [['respond-async', 'handling=strict'], true],
  ['handling=lenient', false],
  ['handling=lenient, handling=strict', false],
  ['handling', false],
  ['handling=', false],
  ['strict', false],
  ['x-handling=strict', false],
  ['', false],
  [',,;=', false],
])('Prefer: %s', async (prefer, isStrict) => {
  const { call } = await withProject()
  const headers = { Prefer: prefer }
  expect((await call('GET', '/projects?foo=1', { headers })).status).toBe(isStrict ? 400 : 200)
  const applied = isStrict ? 'handling=strict' : undefined
  expect((await call('GET', '/projects', { headers })).headers['preference-applied']).toBe(applied)
})

test('count=exact adds X-Total-Count of all that match, and says so', async () => {
  const { call } = await withProject()
  for (const projectName of ['ab', 'c', 'deleted'])
    await call('POST', '/projects', { body: { ...minimal, projectName } })
  await call('DELETE', '/projects/4')
  const headers = { Prefer: 'count=exact' }
  const counts = {
    '': '3',
    '?limit=1': '3',
    '?limit=0': '3',
    '?page_number=1': '3',
    '?page_number=99999999999999999999': '3',
    '?projectName=a': '2',
    '?clientName=B&projectName=A&limit=1': '2',
    '?clientName=x': '0',
    '?projectEnabled=0': '0',
  }
  for (const [query, count] of Object.entries(counts)) {
    const reply = await call('GET', `/projects${query}`, { headers })
    expect([reply.headers['x-total-count'], reply.headers['preference-applied']]).toEqual([
      count,
      'count=exact',
    ])
  }
  const next = /<\/api\/v2\/ext([^>]+)>; rel="next"/.exec(
    (await call('GET', '/projects?limit=1')).headers.link as string,
  )
  expect((await call('GET', next![1]!, { headers })).headers['x-total-count']).toBe('3')
  expect((await call('HEAD', '/projects', { headers })).headers['x-total-count']).toBe('3')
})

test('nothing is counted without count=exact, nor on a single object', async () => {
  const { call } = await withProject()
  for (const prefer of [{}, { Prefer: 'count=planned' }, { Prefer: 'count' }]) {
    const { headers } = await call('GET', '/projects', { headers: prefer })
    expect([headers['x-total-count'], headers['preference-applied']]).toEqual([undefined, undefined])
  }
  const { headers } = await call('GET', '/projects/1', { headers: { Prefer: 'count=exact' } })
  expect([headers['x-total-count'], headers['preference-applied']]).toEqual([undefined, undefined])
})

test('both preferences are honoured at once', async () => {
  const { call } = await withProject()
  const reply = await call('GET', '/projects', { headers: { Prefer: 'count=exact, handling=strict' } })
  const applied = String(reply.headers['preference-applied']).split(', ')
  expect([reply.headers['x-total-count'], applied.sort()]).toEqual(['1', ['count=exact', 'handling=strict']])
})

test('200: long runs of spaces in headers that are cut into parts are read as quickly as others', async () => {
  const { call } = await newAccount(server)
  const spaces = ' '.repeat(7_000)
  for (const headers of [
    { Prefer: `a=${spaces}""x` },
    { Prefer: `a${spaces}b` },
    { 'Accept-Encoding': `x${spaces}y` },
    { 'If-None-Match': `"a"${spaces}x` },
  ])
    expect((await call('GET', '/projects', { headers })).status).toBe(200)
})

test('422: of very many faults the first hundred are told, and how many more there are', async () => {
  const { call } = await newAccount(server)
  const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, 1]))
  const { status, json } = await call('POST', '/projects', { body, headers: strict })
  expect([status, json.errors.length]).toEqual([422, 100])
  expect(json.errors.at(-1).detail).toMatch(/ And 49902 more faults\.$/)
})
