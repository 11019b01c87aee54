import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { newAccount, startServer } from '../../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const STRICT = { Prefer: 'handling=strict' }

async function withTasks(...names: string[]) {
  const caller = await newAccount(server)
  for (const name of names) await caller.call('POST', '/tasks', { body: { name } })
  return caller
}

test('the examples of the vendor: filter, create, update, delete', async () => {
  const { call } = await withTasks('Test')
  expect((await call('GET', '/tasks?name=est')).json).toMatchObject([{ id: 1, name: 'Test' }])
  const created = await call('POST', '/tasks', { body: { name: 'Development', hourRate: 30.0 } })
  expect([created.status, created.headers.location, created.headers.etag]).toEqual([
    201,
    '/api/v2/ext/tasks/2',
    '"1"',
  ])
  expect(created.json).toEqual({
    ID: 2,
    id: 2,
    name: 'Development',
    enabled: true,
    notes: null,
    hourRate: 30,
    createdAt: created.json.createdAt,
    updatedAt: created.json.createdAt,
  })
  const updated = await call('PUT', '/tasks/1', { body: { hourRate: 35.5, notes: 'Test task for API' } })
  expect([updated.status, updated.json.hourRate, updated.json.notes]).toEqual([
    200,
    35.5,
    'Test task for API',
  ])
  expect((await call('DELETE', '/tasks/1')).json).toMatchObject({ id: 1, deletedAt: expect.any(String) })
  expectErrors(await call('GET', '/tasks/1'), 404, [14020])
  expectErrors(await call('GET', '/tasks/3'), 404, [14001])
})

test('409: a name is taken by fold, also by rename and restore; it is free again once its task is deleted', async () => {
  const { call } = await withTasks('Straße', 'Other')
  const taken: [number, object] = [14002, { pointer: '/name' }]
  expectErrors(await call('POST', '/tasks', { body: { name: ' STRASSE ' } }), 409, taken)
  expectErrors(await call('POST', '/tasks/2/rename', { body: { name: 'strasse' } }), 409, taken)
  await call('DELETE', '/tasks/1')
  expect((await call('POST', '/tasks', { body: { name: 'strasse' } })).status).toBe(201)
  expectErrors(await call('POST', '/tasks/1/restore'), 409, taken)
  expect((await call('POST', '/tasks/3/rename', { body: { name: 'Street' } })).json.name).toBe('Street')
  expect((await call('POST', '/tasks/1/restore')).json).toMatchObject({ id: 1, name: 'Straße' })
})

test('an update leaves the name and whether it is enabled alone; under strict it refuses them', async () => {
  const { call } = await withTasks('Development')
  const body = { name: 'Other', enabled: false, notes: 'x' }
  expect((await call('PUT', '/tasks/1', { body })).json).toMatchObject({
    name: 'Development',
    enabled: true,
    notes: 'x',
  })
  expectErrors(
    await call('PUT', '/tasks/1', { body, headers: STRICT }),
    422,
    [10056, { pointer: '/name' }],
    [10056, { pointer: '/enabled' }],
  )
  expect((await call('POST', '/tasks/1/disable')).json.enabled).toBe(false)
  expect((await call('GET', '/tasks?enabled=true')).json).toEqual([])
  expect((await call('POST', '/tasks/1/enable')).json.enabled).toBe(true)
})

test('sorted by the rate, either way, tasks without one come last', async () => {
  const { call } = await newAccount(server)
  for (const [name, hourRate] of [
    ['none', null],
    ['nought', 0],
    ['much', 120.5],
  ])
    await call('POST', '/tasks', { body: { name, hourRate } })
  const names = async (sort: string) =>
    (await call('GET', `/tasks?sort=${sort}`)).json.map((task: { name: string }) => task.name)
  expect(await names('hourRate')).toEqual(['nought', 'much', 'none'])
  expect(await names('-hourRate')).toEqual(['much', 'nought', 'none'])
})

test('a batch has every method but restore; a task is renamed once in it', async () => {
  const { call } = await withTasks('One', 'Two')
  const operations = [
    { method: 'create', task: { name: 'Three' } },
    { method: 'update', id: 1, task: { hourRate: 5 } },
    { method: 'rename', id: 1, task: { name: 'First' } },
    { method: 'disable', id: 2 },
    { method: 'delete', id: 3 },
    { method: 'rename', id: 1, task: { name: 'Second' } },
    { method: 'delete', id: 1e300 },
  ]
  const { status, json } = await call('POST', '/tasks/batch', { body: { operations } })
  expect(status).toBe(207)
  expect(json.map((one: any) => [one.status, one.errors?.[0].code])).toEqual([
    [201, undefined],
    [200, undefined],
    [200, undefined],
    [200, undefined],
    [200, undefined],
    [422, 10060],
    [404, 14001],
  ])
  expect((await call('GET', '/tasks')).json).toMatchObject([
    { id: 1, name: 'First', hourRate: 5 },
    { id: 2, name: 'Two', enabled: false },
  ])
  const { json: restored } = await call('POST', '/tasks/batch', {
    body: { operations: [{ method: 'restore', id: 3 }] },
  })
  expect(restored[0]).toMatchObject({ status: 422, errors: [{ code: 10060 }] })
})
