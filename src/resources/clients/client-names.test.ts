import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Caller, newAccount, startServer } from '../../../test/harness.ts'
import { auditOf, keptOf } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

const create = ({ call }: Caller, name: string) => call('POST', '/clients', { body: { name } })
const rename = ({ call }: Caller, id: number, name: unknown) =>
  call('POST', `/clients/${id}/rename`, { body: { name } })
const addProject = ({ call }: Caller, projectName: string, clientName: string) =>
  call('POST', '/projects', { body: { projectName, clientName } })
const TAKEN: [number, object] = [12003, { pointer: '/name' }]

const SAME_BY_FOLD = [
  ['Acme', 'acme'],
  ['Acme', '  ACME '],
  ['Straße', 'STRASSE'],
  ['Café', 'CAFE\u0301'],
  ['ΟΔΟΣ', 'οδος'],
  ['ﬁnal', 'FINAL'],
] as const

test.each(SAME_BY_FOLD)('409: a name that is taken by fold: %s, %s', async (first, second) => {
  const caller = await newAccount(server)
  expect((await create(caller, first)).status).toBe(201)
  const kept = await keptOf(server, caller)
  expectErrors(await create(caller, second), 409, TAKEN)
  expect(await keptOf(server, caller)).toBe(kept)
  await create(caller, 'Other')
  expectErrors(await rename(caller, 2, second), 409, TAKEN)
  expect((await caller.call('GET', '/clients/2')).json.name).toBe('Other')
})

test('409: a name that a client of a project has', async () => {
  const caller = await newAccount(server)
  await addProject(caller, 'Website', 'Acme')
  expectErrors(await create(caller, 'ACME'), 409, TAKEN)
})

test('201: names that differ in more than case, ids counted without gaps', async () => {
  const caller = await newAccount(server)
  const names = ['Cafe', 'Café', 'Cafe 1', 'Ca fe']
  for (const [index, name] of names.entries()) {
    expectErrors(await create(caller, ''), 422, [10052, { pointer: '/name' }])
    expect((await create(caller, name)).json).toMatchObject({ ID: index + 1, name })
    expectErrors(await create(caller, name), 409, TAKEN)
  }
})

test('201: the same name in another account', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  for (const caller of [one, two]) expect((await create(caller, 'Acme')).json.ID).toBe(1)
})

test('201, then 409: of equal creates at once one is accepted', async () => {
  const caller = await newAccount(server)
  const replies = await Promise.all(
    SAME_BY_FOLD.slice(0, 2)
      .flat()
      .map((name) => create(caller, name)),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
})

test.each([
  ['missing', undefined, 10050],
  ['null', null, 10051],
  ['a number', 5, 10051],
  ['empty', '', 10052],
  ['blank', ' \u00a0 ', 10052],
  ['256 characters', 'x'.repeat(256), 10052],
  ['a control character', 'a\nb', 10053],
  ['a lone surrogate', 'a\ud800', 10053],
])('422: a name that is %s, in create and rename', async (_, name, code) => {
  const caller = await newAccount(server)
  await create(caller, 'Acme')
  const kept = await keptOf(server, caller)
  const body = { name }
  expectErrors(await caller.call('POST', '/clients', { body }), 422, [code, { pointer: '/name' }])
  expectErrors(await rename(caller, 1, name), 422, [code, { pointer: '/name' }])
  expect(await keptOf(server, caller)).toBe(kept)
})

test('200: rename trims and normalizes; 255 characters fit, outside the BMP too', async () => {
  const caller = await newAccount(server)
  await create(caller, 'Acme')
  expect((await rename(caller, 1, '  Cafe\u0301 ')).json.name).toBe('Café')
  expect((await rename(caller, 1, '😀'.repeat(255))).json.name).toBe('😀'.repeat(255))
})

test('422: rename knows no other field under strict, and ignores it otherwise', async () => {
  const caller = await newAccount(server)
  await create(caller, 'Acme')
  const body = { name: 'New', phone: '1' }
  const strict = await caller.call('POST', '/clients/1/rename', {
    body,
    headers: { Prefer: 'handling=strict' },
  })
  expectErrors(strict, 422, [10056, { pointer: '/phone' }])
  const reply = await caller.call('POST', '/clients/1/rename', { body })
  expect(reply.json).toMatchObject({ name: 'New', phone: null })
})

test('200: a client may take its own name in another spelling; the same one changes nothing', async () => {
  const caller = await newAccount(server)
  const created = await create(caller, 'Acme')
  expect((await rename(caller, 1, 'Acme')).text).toBe(created.text)
  const renamed = await rename(caller, 1, 'ACME')
  expect([renamed.status, renamed.json.name]).toEqual([200, 'ACME'])
})

test('201: the old name is free after a rename, and finds no client any more', async () => {
  const caller = await newAccount(server)
  await addProject(caller, 'Website', 'Acme')
  await rename(caller, 1, 'New')
  expectErrors(await caller.call('PUT', '/projects/1', { body: { clientName: 'Acme' } }), 422, [
    12001,
    { pointer: '/clientName' },
  ])
  expect((await create(caller, 'acme')).json.ID).toBe(2)
  expect((await addProject(caller, 'Website', 'ACME')).json.clientName).toBe('acme')
  expectErrors(await addProject(caller, 'Website', 'new'), 409, [13002, { pointer: '/projectName' }])
})

test('200: projects follow a rename at once, those in the trash and none of another client', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  for (const name of ['One', 'Gone', 'Two']) await addProject(caller, name, 'Acme')
  const other = await addProject(caller, 'Other', 'Other')
  await call('DELETE', '/projects/2')
  const { deletedAt } = (await call('GET', '/projects?deleted=true')).json[0]
  const start = (await auditOf(server, caller)).length
  await sleep(5)
  const renamed = await rename(caller, 1, 'Żeta')
  const { updatedAt } = renamed.json
  const live = (await call('GET', '/projects')).json
  expect(live.map((one: any) => [one.ID, one.clientName, one.updatedAt === updatedAt])).toEqual([
    [1, 'Żeta', true],
    [3, 'Żeta', true],
    [4, 'Other', false],
  ])
  expect((await call('GET', '/projects/4')).text).toBe(other.text)
  expect((await call('GET', '/projects?deleted=true')).json).toEqual([
    expect.objectContaining({ ID: 2, clientName: 'Żeta', deletedAt, updatedAt }),
  ])
  const ids = async (query: string) =>
    (await call('GET', `/projects?${query}`)).json.map((one: any) => one.ID)
  expect(await ids('clientName=%C5%BCeta')).toEqual([1, 3])
  expect(await ids('clientName=acme')).toEqual([])
  expect(await ids('sort=clientName')).toEqual([4, 1, 3])
  expect(await ids(`updatedSince=${updatedAt}`)).toEqual([1, 3])
  const rows = (await auditOf(server, caller)).slice(start)
  expect(rows.map((row) => [row.action, row.entity_id, row.at])).toEqual([
    ['client.rename', '1', updatedAt],
    ['project.update', '1', updatedAt],
    ['project.update', '2', updatedAt],
    ['project.update', '3', updatedAt],
  ])
  for (const row of rows) expect(row.after).toMatch(/"Żeta"/)
  expect((await call('POST', '/projects/2/restore')).json).toMatchObject({ clientName: 'Żeta' })
})

test('200: more projects than are followed at once', async () => {
  const caller = await newAccount(server)
  const operations = Array.from({ length: 1_000 }, (_, index) => ({
    method: 'create',
    project: { projectName: `p${index}`, clientName: 'Acme' },
  }))
  await caller.call('POST', '/projects/batch', { body: { operations } })
  await addProject(caller, 'last', 'Acme')
  await rename(caller, 1, 'New')
  const headers = { Prefer: 'count=exact' }
  const count = async (name: string) =>
    (await caller.call('GET', `/projects?clientName=${name}&limit=0`, { headers })).headers['x-total-count']
  expect([await count('New'), await count('Acme')]).toEqual(['1001', '0'])
  const names = new Set((await caller.call('GET', '/projects?limit=1000')).json.map((p: any) => p.clientName))
  expect([...names]).toEqual(['New'])
  expect((await caller.call('GET', '/projects/1001')).json.clientName).toBe('New')
})

test('201: a deleted client’s name is free; a new project makes a new client of that name', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  await addProject(caller, 'Website', 'Acme')
  await call('DELETE', '/projects/1')
  await call('DELETE', '/clients/1')
  await addProject(caller, 'Shop', 'Other')
  expectErrors(await call('PUT', '/projects/2', { body: { clientName: 'Acme' } }), 422, [
    12001,
    { pointer: '/clientName' },
  ])
  expect((await addProject(caller, 'Website', 'acme')).json).toMatchObject({ ID: 3, clientName: 'acme' })
  expect((await call('GET', '/clients')).json.map((one: any) => [one.ID, one.name])).toEqual([
    [2, 'Other'],
    [3, 'acme'],
  ])
  const kept = await keptOf(server, caller)
  expectErrors(await call('POST', '/clients/1/restore'), 409, TAKEN)
  expect(await keptOf(server, caller)).toBe(kept)
  await rename(caller, 3, 'Third')
  expect((await call('POST', '/clients/1/restore')).json.name).toBe('Acme')
})

test('409: a project whose client is deleted is restored after its client, not before', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  await addProject(caller, 'Website', 'Acme')
  await call('DELETE', '/projects/1')
  await call('DELETE', '/clients/1')
  const kept = await keptOf(server, caller)
  expectErrors(await call('POST', '/projects/1/restore'), 409, [13003])
  expect(await keptOf(server, caller)).toBe(kept)
  await call('POST', '/clients/1/restore')
  expect((await call('POST', '/projects/1/restore')).json).toMatchObject({ ID: 1, clientName: 'Acme' })
  expectErrors(await call('DELETE', '/clients/1'), 409, [12004])
})
