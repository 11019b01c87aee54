import { afterAll, expect, test } from 'vitest'
import {
  atomic,
  batch,
  create,
  faultsOf,
  namesOf,
  remove,
  statusesOf,
  update,
  withProjects,
} from '../../../test/batches.ts'
import { expectErrors } from '../../../test/expect.ts'
import { newAccount, newKey, startServer } from '../../../test/harness.ts'
import { auditOf, keptOf } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

const many = (count: number) => Array.from({ length: count }, (_, index) => create(`p${index}`))

test('207: each is done or refused for itself, with the status it would have had alone', async () => {
  const caller = await withProjects(server)
  await caller.call('DELETE', '/projects/3')
  const reply = await batch(caller, [
    create('Four', 'New', { hourRate: '50' }),
    update(1, { notes: 'x' }),
    remove(2),
    create('four', 'NEW'),
    update(9, { notes: 'x' }),
    remove(3),
    update(1, { notes: 'x' }),
  ])
  expect([reply.status, statusesOf(reply.json)]).toEqual([207, [201, 200, 200, 409, 404, 404, 200]])
  const [four, one] = [await caller.call('GET', '/projects/4'), await caller.call('GET', '/projects/1')]
  const two = (await caller.call('GET', '/projects?deleted=true')).json[0]
  expect(reply.json.slice(0, 3)).toEqual([
    { status: 201, etag: '"1"', project: four.json },
    { status: 200, etag: '"2"', project: one.json },
    { status: 200, etag: '"2"', project: two },
  ])
  expect(reply.json[6]).toEqual(reply.json[1])
  expect(reply.json[3]).toEqual({
    status: 409,
    errors: [
      {
        title: 'Project name is taken',
        status: 409,
        code: 13002,
        detail: expect.stringMatching(/\.$/),
        source: { pointer: '/operations/3/project/projectName' },
      },
    ],
  })
  expect([four.json.hourRate, one.headers.etag]).toEqual([50, '"2"'])
  const [[unknown], [deleted]] = faultsOf(reply.json.slice(4, 6)) as any
  expect(unknown).toEqual([13001, expect.stringMatching(/^\/operations\/4(\/id)?$/)])
  expect(deleted).toEqual([13020, expect.stringMatching(/^\/operations\/5(\/id)?$/)])
})

test('atomic 200: all are done; 404: none is', async () => {
  const caller = await withProjects(server)
  const operations = [create('Four', 'New'), update(1, { notes: 'x' }), remove(2)]
  const kept = await keptOf(server, caller)
  for (const id of [3, 9]) {
    const last = await atomic(caller, [...operations, remove(3), remove(id)])
    expect([last.status, last.json.errors[0].code]).toEqual([404, id === 3 ? 13020 : 13001])
    expect(last.json.errors[0].source.pointer).toMatch(/^\/operations\/4(\/id)?$/)
    expect(await keptOf(server, caller)).toBe(kept)
  }
  const reply = await atomic(caller, operations)
  expect([reply.status, statusesOf(reply.json)]).toEqual([200, [201, 200, 200]])
  expect(reply.json.map(({ project, etag }: any) => [project.id, etag])).toEqual([
    [4, '"1"'],
    [1, '"2"'],
    [2, '"2"'],
  ])
  expect(await namesOf(caller)).toEqual(['1 One', '3 Three', '4 Four'])
})

test.each([
  [false, 207],
  [true, 200],
])('order counts inside a batch: atomic %s', async (whole, status) => {
  const caller = await withProjects(server)
  const reply = await batch(
    caller,
    [
      remove(1),
      create('one'),
      update(4, { projectName: 'Four', clientName: 'acme' }, { ifMatch: '"1"' }),
      create('ONE', 'New'),
      update(2, { clientName: 'new', projectName: 'Two' }),
      update(3, { projectName: 'One' }, { ifMatch: 'W/"1"' }),
      remove(3, { ifMatch: '"7", "2"' }),
      create('One', 'Acme'),
    ],
    { atomic: whole },
  )
  expect([reply.status, statusesOf(reply.json)]).toEqual([status, [200, 201, 200, 201, 200, 200, 200, 201]])
  expect(await namesOf(caller)).toEqual(['2 Two', '4 Four', '5 ONE', '6 One'])
  const changes = (await auditOf(server, caller)).slice(-9)
  expect(changes.map(({ change }) => change)).toEqual(changes.map((_, index) => changes[0]!.change + index))
  expect(new Set(changes.map(({ at }) => at)).size).toBe(1)
  expect(changes.map(({ action }) => action)).toContain('client.create')
})

test('412: ifMatch of a line, after 404 and before the rules', async () => {
  const caller = await withProjects(server)
  await caller.call('PUT', '/projects/1', { body: { notes: 'x' } })
  const { status, json } = await batch(caller, [
    update(1, { notes: 'y' }, { ifMatch: '"1"' }),
    remove(8, { ifMatch: '"9"' }),
    update(2, { projectName: 'One' }, { ifMatch: '"9"' }),
    remove(3, { ifMatch: '*' }),
    remove(1, { ifMatch: 'W/"9", W/"2"' }),
  ])
  expect([status, statusesOf(json)]).toEqual([207, [412, 404, 412, 200, 200]])
  expect(await namesOf(caller)).toEqual(['2 Two'])
})

test('412: a stale line has the current ETag and points at its ifMatch', async () => {
  const caller = await withProjects(server)
  await caller.call('PUT', '/projects/1', { body: { notes: 'x' } })
  const { json } = await batch(caller, [
    update(1, { notes: 'y' }, { ifMatch: '"1"' }),
    remove(2, { ifMatch: '"9"' }),
  ])
  expect(faultsOf(json)).toEqual([[[10030, '/operations/0/ifMatch']], [[10030, '/operations/1/ifMatch']]])
  expect(json.map(({ etag }: any) => etag)).toEqual(['"2"', '"1"'])
})

test('atomic 412: a stale line refuses the whole, nothing done', async () => {
  const caller = await withProjects(server)
  const kept = await keptOf(server, caller)
  const refused = await atomic(caller, [create('Four', 'New'), remove(1, { ifMatch: '"9"' })])
  expect(await keptOf(server, caller)).toBe(kept)
  expectErrors(refused, 412, [10030, { pointer: '/operations/1/ifMatch' }])
})

test('207, 200: a refused line leaves nothing behind, no client, no audit row and no gap in the ids', async () => {
  const caller = await withProjects(server)
  const before = (await auditOf(server, caller)).length
  await batch(caller, [
    create('ONE'),
    create('x', 'New', { notes: 5 }),
    update(1, { clientName: 'New' }),
    create('Four'),
  ])
  expect(
    (await auditOf(server, caller)).slice(before).map((row) => `${row.action} ${row.entity_id}`),
  ).toEqual(['project.create 4'])
  expect((await caller.call('GET', '/clients')).json).toHaveLength(1)
  expect((await caller.call('POST', '/clients', { body: { name: 'Second' } })).json.ID).toBe(2)
})

test.each([
  [true, 200],
  [false, 207],
])('1,000 lines are done, atomic %s', async (whole, status) => {
  const caller = await newAccount(server)
  const reply = await batch(caller, many(1_000), { atomic: whole })
  expect([reply.status, statusesOf(reply.json)]).toEqual([status, Array(1_000).fill(201)])
  expect((await caller.call('GET', '/projects?limit=1000')).json).toEqual(
    reply.json.map(({ project }: any) => project),
  )
})

test('replay: 207, 200: a batch under one key is done once', async () => {
  const caller = await withProjects(server)
  for (const [key, whole, status] of [
    ['a', false, 207],
    ['b', true, 200],
  ] as const) {
    const headers = { 'Idempotency-Key': key }
    const send = (name: string) =>
      batch(caller, [create(name), ...(whole ? [] : [remove(9)])], { atomic: whole }, headers)
    const first = await send(key)
    const kept = await keptOf(server, caller)
    const again = await send(key)
    expect([first.status, again.status, again.text]).toEqual([status, status, first.text])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expectErrors(await send('other'), 422, [10031, { header: 'Idempotency-Key' }])
    expect(await keptOf(server, caller)).toBe(kept)
  }
})

test('403: a read-only key', async () => {
  const caller = await withProjects(server)
  const reader = await newKey(server, caller, 'read')
  expectErrors(await batch(reader, [remove(1)]), 403, [11002, { header: 'X-TimeTrack-Api-Key' }])
  expect(await namesOf(caller)).toHaveLength(3)
})

test('204: OPTIONS of a batch allows POST', async () => {
  const { call } = await newAccount(server)
  const { status, headers } = await call('OPTIONS', '/projects/batch')
  expect([status, headers.allow]).toEqual([204, 'POST, OPTIONS'])
})

test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('405: %s of a batch', async (method) => {
  const { call } = await newAccount(server)
  const reply = await call(method, '/projects/batch')
  expectErrors(reply, 405, [10006])
  expect(reply.headers.allow).toBe('POST, OPTIONS')
})
