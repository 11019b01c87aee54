import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { BASE, newAccount, send, startServer } from '../../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const full = {
  projectName: 'Website',
  clientName: 'Acme',
  projectEnabled: false,
  notes: 'Notes',
  hourRate: 50,
  timeEstimated: 90,
  budgetEstimated: 1000,
}

/** An account with one project, some milliseconds old so that a new time differs. */
async function withProject() {
  const caller = await newAccount(server)
  const created = await caller.call('POST', '/projects', { body: full })
  await sleep(3)
  return { ...caller, created, put: (body: unknown) => caller.call('PUT', '/projects/1', { body }) }
}

test('200: only the fields sent change', async () => {
  const { created, put, call } = await withProject()
  const changes = {
    projectName: 'Shop',
    projectEnabled: true,
    notes: 'New',
    hourRate: 0,
    timeEstimated: 1.5,
    budgetEstimated: 2,
  }
  let expected = created.json
  for (const [name, value] of Object.entries(changes)) {
    const reply = await put({ [name]: value })
    expected = { ...expected, [name]: value, updatedAt: reply.json.updatedAt }
    expect([reply.status, reply.json]).toEqual([200, expected])
  }
  expect((await call('GET', '/projects/1')).json).toEqual(expected)
})

test('200: the change of the vendor’s page, numeric text and all', async () => {
  const { created, put } = await withProject()
  const reply = await put({ hourRate: '50.50', notes: 'Test project for API' })
  expect(reply.status).toBe(200)
  const { updatedAt } = reply.json
  expect(reply.json).toEqual({ ...created.json, hourRate: 50.5, notes: 'Test project for API', updatedAt })
})

test('200: updatedAt grows with a change, createdAt stays', async () => {
  const { created, put } = await withProject()
  const { json } = await put({ notes: 'other' })
  expect(json.createdAt).toBe(created.json.createdAt)
  expect(json.updatedAt > created.json.updatedAt).toBe(true)
})

test.each([
  ['no body', undefined],
  ['no fields', {}],
  ['the same values', full],
  ['the same values in other forms', { projectEnabled: '0', hourRate: '50.00', clientName: ' ACME ' }],
  ['the object itself', { ...full, ID: 1, id: 1, createdAt: 'x', updatedAt: 'y', deletedAt: 'z' }],
  ['an unknown field', { projectNam: 'x' }],
])('200: the whole object, updatedAt unchanged, when nothing changed: %s', async (_, body) => {
  const { created, put } = await withProject()
  const reply = await put(body)
  expect([reply.status, reply.text]).toEqual([200, created.text])
})

test('200: null clears a field marked "or null"', async () => {
  const { put } = await withProject()
  const cleared = { notes: null, hourRate: null, timeEstimated: null, budgetEstimated: null }
  const reply = await put(cleared)
  expect([reply.status, reply.json]).toEqual([200, expect.objectContaining(cleared)])
})

test('422: null elsewhere, and nothing changes', async () => {
  const { created, put, call } = await withProject()
  for (const name of ['ID', 'id', 'projectName', 'clientName', 'projectEnabled'])
    expectErrors(await put({ [name]: null, notes: 'x' }), 422, [10051, { pointer: `/${name}` }])
  expect((await call('GET', '/projects/1')).text).toBe(created.text)
})

test('422: the rules of the fields hold on update too, all faults at once', async () => {
  const { created, put, call } = await withProject()
  const body = {
    projectName: ' ',
    clientName: 'x'.repeat(256),
    notes: '\0',
    hourRate: -1,
    timeEstimated: 1 / 3,
  }
  expectErrors(
    await put(body),
    422,
    [10052, { pointer: '/projectName' }],
    [10052, { pointer: '/clientName' }],
    [10053, { pointer: '/notes' }],
    [10054, { pointer: '/hourRate' }],
    [10055, { pointer: '/timeEstimated' }],
  )
  expect((await call('GET', '/projects/1')).text).toBe(created.text)
})

test('200: ID and id may repeat the id of the path, 422 any other', async () => {
  const { created, put } = await withProject()
  expect((await put({ ID: 1, id: '1' })).text).toBe(created.text)
  expectErrors(await put({ ID: 2 }), 422, [10057, { pointer: '/ID' }])
  expectErrors(await put({ id: '2' }), 422, [10057, { pointer: '/id' }])
  expectErrors(await put({ ID: 3, id: 2 }), 422, [10057, { pointer: '/ID' }], [10057, { pointer: '/id' }])
  expectErrors(await put({ ID: 'one' }), 422, [10051, { pointer: '/ID' }])
})

test('PATCH is PUT', async () => {
  const { created, call } = await withProject()
  const reply = await call('PATCH', '/projects/1', { body: { notes: 'patched' } })
  const { updatedAt } = reply.json
  expect([reply.status, reply.json]).toEqual([200, { ...created.json, notes: 'patched', updatedAt }])
})

test('200: delete answers the deleted object with deletedAt', async () => {
  const { created, call } = await withProject()
  const reply = await call('DELETE', '/projects/1')
  const { deletedAt, updatedAt, ...rest } = reply.json
  const { updatedAt: _, ...before } = created.json
  expect([reply.status, rest]).toEqual([200, before])
  expect(deletedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(deletedAt >= created.json.createdAt).toBe(true)
  expect(updatedAt >= created.json.updatedAt).toBe(true)
})

test('404: a deleted id "exists but it is deleted", for every method, with its own code', async () => {
  const { call } = await withProject()
  await call('DELETE', '/projects/1')
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    expectErrors(await call(method, '/projects/1'), 404, [13020])
  expectErrors(await call('PUT', '/projects/1', { body: { notes: 'x' } }), 404, [13020])
  expect((await call('HEAD', '/projects/1')).status).toBe(404)
  expectErrors(await call('GET', '/projects/2'), 404, [13001])
  expect((await call('GET', '/projects')).json).toEqual([])
})

test('200: restore brings back the object, nothing of it erased', async () => {
  const { created, call } = await withProject()
  await call('DELETE', '/projects/1')
  const reply = await call('POST', '/projects/1/restore')
  const { updatedAt } = reply.json
  expect([reply.status, reply.json]).toEqual([200, { ...created.json, updatedAt }])
  expect((await call('GET', '/projects/1')).text).toBe(reply.text)
  expect((await call('GET', '/projects')).json).toEqual([reply.json])
  expect((await call('DELETE', '/projects/1')).status).toBe(200)
})

test('200: restore of a project that is not deleted changes nothing', async () => {
  const { created, call } = await withProject()
  const reply = await call('POST', '/projects/1/restore', { body: {} })
  expect([reply.status, reply.text]).toEqual([200, created.text])
})

test('409: restore where the name has been taken, 200 once it is free', async () => {
  const { call } = await withProject()
  await call('DELETE', '/projects/1')
  await call('POST', '/projects', { body: { projectName: 'WEBSITE', clientName: 'acme' } })
  expectErrors(await call('POST', '/projects/1/restore'), 409, [13002, { pointer: '/projectName' }])
  expectErrors(await call('GET', '/projects/1'), 404, [13020])
  await call('PUT', '/projects/2', { body: { projectName: 'Other' } })
  expect((await call('POST', '/projects/1/restore')).status).toBe(200)
})

test('409: a restored name is taken again', async () => {
  const { call } = await withProject()
  await call('DELETE', '/projects/1')
  await call('POST', '/projects/1/restore')
  const again = await call('POST', '/projects', { body: { projectName: 'website', clientName: 'acme' } })
  expectErrors(again, 409, [13002, { pointer: '/projectName' }])
})

test('404: restore where it never was', async () => {
  const { call } = await withProject()
  for (const id of ['2', '0', 'abc', '01'])
    expectErrors(await call('POST', `/projects/${id}/restore`), 404, [13001])
})

test('a change is there for a reader as soon as it is answered, over any connection', async () => {
  const { call, key, secret } = await withProject()
  const headers = { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': secret, Connection: 'close' }
  for (let round = 1; round <= 20; round++) {
    await call('PUT', '/projects/1', { body: { timeEstimated: round } })
    const read = await send(server.port, 'GET', `${BASE}/projects/1`, { headers })
    expect(read.json.timeEstimated).toBe(round)
  }
})
