import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { type Caller, newAccount, newKey, type Reply, startServer } from '../../test/harness.ts'
import { changes, make, ready } from '../../test/samples.ts'
import { ageRecords, holdAccount, keptOf, tamper } from '../../test/store.ts'
import { type Param, query } from '../db/query.ts'
import { sweepIdempotency } from './idempotency.ts'

const server = await startServer()
afterAll(() => server.close())

const DAY = 24 * 3_600_000
const HEADER = { header: 'Idempotency-Key' }
const body = { projectName: 'Website', clientName: 'Acme' }
const key = (text: string) => ({ 'Idempotency-Key': text })
const create = ({ call }: Caller, under: string, fields: object = body) =>
  call('POST', '/projects', { body: fields, headers: key(under) })

const records = async (caller: Caller): Promise<string[]> =>
  JSON.parse(await keptOf(server, caller)).idempotency.map((record: any) => record.key)

/** What a replay has to repeat. */
const partsOf = ({ status, text, headers }: Reply) => [
  status,
  text,
  headers.location,
  headers.etag,
  headers['content-type'],
]
const replayed = ({ headers }: Reply) => headers['idempotency-replayed']

test.each(changes)(
  'replay: same status, body, Location and ETag; done once: %s',
  async (_, operation, method) => {
    const change = await ready(server, operation, method)
    const first = await make(change, key('k'))
    expect([first.status, replayed(first)]).toEqual([operation.success.status === 201 ? 201 : 200, undefined])
    const kept = await keptOf(server, change.caller)
    for (let round = 0; round < 3; round++) {
      const again = await make(change, key('k'))
      expect(partsOf(again)).toEqual(partsOf(first))
      expect(replayed(again)).toBe('true')
    }
    expect(await keptOf(server, change.caller)).toBe(kept)
  },
)

test.each(changes)('403: a read-only key gets no replay: %s', async (_, operation, method) => {
  const change = await ready(server, operation, method)
  const reader = await newKey(server, change.caller, 'read')
  await make(change, key('k'))
  const reply = await make({ ...change, caller: reader }, key('k'))
  expectErrors(reply, 403, [11002, { header: 'X-TimeTrack-Api-Key' }])
})

test('201: a replay has the Location and ETag of a create', async () => {
  const caller = await newAccount(server)
  const again = [await create(caller, 'k'), await create(caller, 'k')][1]!
  expect(again.headers).toMatchObject({ location: '/api/v2/ext/projects/1', etag: '"1"' })
  expect((await caller.call('GET', '/projects')).json).toHaveLength(1)
})

test('422: another request under the key, by method, path, query, raw body or If-Match', async () => {
  const caller = await newAccount(server)
  await create(caller, 'other')
  await create(caller, 'another', { ...body, projectName: 'Shop' })
  const send = (
    method: string,
    path: string,
    sent: string | undefined,
    headers: Record<string, string> = { 'If-Match': '"1"' },
  ) => caller.call(method, path, { body: sent, headers: { ...key('k'), ...headers } })
  const first = await send('PUT', '/projects/1', '{"notes":"x"}')
  expect(first.status).toBe(200)
  const kept = await keptOf(server, caller)
  for (const reply of [
    await send('PATCH', '/projects/1', '{"notes":"x"}'),
    await send('DELETE', '/projects/1', '{"notes":"x"}'),
    await send('PUT', '/projects/2', '{"notes":"x"}'),
    await send('PUT', '/projects/1?', '{"notes":"x"}'),
    await send('PUT', '/projects/1?x=1', '{"notes":"x"}'),
    await send('PUT', '/projects/1', '{"notes": "x"}'),
    await send('PUT', '/projects/1', '{"notes":"y"}'),
    await send('PUT', '/projects/1', undefined),
    await send('PUT', '/projects/1', '{"notes":"x"}', {}),
    await send('PUT', '/projects/1', '{"notes":"x"}', { 'If-Match': '*' }),
    await send('PUT', '/projects/1', '{"notes":"x"}', { 'If-Match': '"2"' }),
    await send('POST', '/projects', JSON.stringify({ ...body, projectName: 'New' })),
    await send('POST', '/clients', '{"name":"New"}'),
  ]) {
    expectErrors(reply, 422, [10031, HEADER])
    expect(replayed(reply)).toBeUndefined()
  }
  expect(await keptOf(server, caller)).toBe(kept)
  expect(partsOf(await send('PUT', '/projects/1', '{"notes":"x"}'))).toEqual(partsOf(first))
})

test('a refused request stores nothing: its key is free for the right one', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  await create(caller, 'taken')
  const kept = await keptOf(server, caller)
  const headers = { ...key('k'), 'If-Match': '"9"' }
  const refused = [
    await create(caller, 'k'),
    await create(caller, 'k', { projectName: 'Shop' }),
    await call('POST', '/projects', { body: '{', headers: key('k') }),
    await call('PUT', '/projects/1', { body: { notes: 'x' }, headers }),
    await call('PUT', '/projects/7', { body: { notes: 'x' }, headers: key('k') }),
    await call('DELETE', '/clients/1', { headers: key('k') }),
    await call('POST', '/projects/batch', {
      body: { atomic: true, operations: [{ method: 'delete', id: 7 }] },
      headers: key('k'),
    }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([409, 422, 400, 412, 404, 409, 404])
  expect(await keptOf(server, caller)).toBe(kept)
  const done = await create(caller, 'k', { ...body, projectName: 'Shop' })
  expect([done.status, done.json.ID, replayed(done)]).toEqual([201, 2, undefined])
  expect(replayed(await create(caller, 'k', { ...body, projectName: 'Shop' }))).toBe('true')
})

test('200: ignored on reads, documented ones too, valid or not', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  await create(caller, 'k')
  for (const under of ['k', 'new', '', 'x'.repeat(256), 'é']) {
    for (const [method, path] of [
      ['GET', '/projects'],
      ['HEAD', '/projects/1'],
      ['GET', '/changes'],
      ['POST', '/projects/'],
      ['POST', '/projects?limit=1'],
      ['POST', '/projects/1'],
      ['POST', '/clients/'],
      ['POST', '/clients/1'],
    ] as const) {
      const reply = await call(method, path, { headers: key(under) })
      expect([path, reply.status, replayed(reply)]).toEqual([path, 200, undefined])
    }
  }
  expect(await records(caller)).toEqual(['k'])
})

test('201: keys of 1 to 255 printable characters, each a key of its own', async () => {
  const caller = await newAccount(server)
  const printable = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => index + 33))
  const keys = ['k', 'K', '0', printable, 'a b', 'x'.repeat(255), 'x'.repeat(254)]
  for (const [index, under] of keys.entries()) {
    const fields = { ...body, projectName: `p${index}` }
    expect((await create(caller, under, fields)).status).toBe(201)
    expect(replayed(await create(caller, under, fields))).toBe('true')
  }
  expect((await records(caller)).sort()).toEqual([...keys].sort())
})

test('400: keys that are empty, too long or not printable', async () => {
  const caller = await newAccount(server)
  const kept = await keptOf(server, caller)
  for (const under of ['', '  ', 'x'.repeat(256), 'é', 'a\tb', '\u00a0x', '\u0080'])
    expectErrors(await create(caller, under), 400, [10026, HEADER])
  expect(await keptOf(server, caller)).toBe(kept)
})

test('404, 400: faults of the path come before those of headers, which are all reported', async () => {
  const caller = await newAccount(server)
  const headers = { ...key(''), 'If-Match': 'x' }
  const put = (path: string) => caller.call('PUT', path, { body: { notes: 'x' }, headers })
  expectErrors(await put('/projects/abc'), 404, [13001])
  expectErrors(await put('/clients/01'), 404, [12002])
  const reply = await put('/projects/1')
  expect(reply.status).toBe(400)
  expect(reply.json.errors.map(({ code, source }: any) => [code, source.header]).sort()).toEqual([
    [10026, 'Idempotency-Key'],
    [10026, 'If-Match'],
  ])
})

test('400: faults of the query come before those of headers', async () => {
  const caller = await newAccount(server)
  const headers = { ...key(''), Prefer: 'handling=strict' }
  const reply = await caller.call('POST', '/projects?x=1', { body, headers })
  expectErrors(reply, 400, [10024, { parameter: 'x' }])
})

test('409: a twin of a running request, with Retry-After; then its answer, and it was done once', async () => {
  const caller = await newAccount(server)
  const second = await newKey(server, caller, 'write')
  // Known to the server, it is not looked up: the first comes first.
  expect((await caller.call('GET', '/projects')).status).toBe(200)
  const release = await holdAccount(server, caller)
  const first = create(caller, 'k')
  await sleep(100)
  const twins = await Promise.all([create(caller, 'k'), create(second, 'k')])
  const other = await create(caller, 'k', { ...body, notes: 'another' })
  await release()
  const { status, text } = await first
  expect(status).toBe(201)
  for (const twin of twins) {
    expectErrors(twin, 409, [10032, { header: 'Idempotency-Key' }])
    expect(twin.headers['retry-after']).toBe('1')
  }
  expectErrors(other, 422, [10031, { header: 'Idempotency-Key' }])
  const replay = await create(second, 'k')
  expect([replay.status, replay.text, replayed(replay)]).toEqual([201, text, 'true'])
  expect((await caller.call('GET', '/projects')).json).toHaveLength(1)
})

test('201: simultaneous twins are done once, and answered alike or asked to wait', async () => {
  const caller = await newAccount(server)
  const replies = await Promise.all(Array.from({ length: 10 }, () => create(caller, 'k')))
  const [first, ...others] = replies.toSorted((a, b) => a.status - b.status)
  expect(first!.status).toBe(201)
  for (const { status, text } of others)
    if (status !== 409) expect([status, text]).toEqual([201, first!.text])
  expect((await caller.call('GET', '/projects')).json).toHaveLength(1)
})

test('201, 422: simultaneous, different requests under one key: one is done', async () => {
  const caller = await newAccount(server)
  const replies = await Promise.all(
    Array.from({ length: 6 }, (_, index) => create(caller, 'k', { ...body, projectName: `p${index}` })),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422])
  expect((await caller.call('GET', '/projects')).json).toHaveLength(1)
})

test('201: the same key in another account is another key', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  await create(one, 'k', { ...body, notes: 'confidential' })
  const reply = await create(two, 'k')
  expect([reply.status, reply.json.notes, replayed(reply)]).toEqual([201, null, undefined])
})

test('a replay gives the first answer, whatever became of the object since', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  const first = await create(caller, 'k')
  await call('PUT', '/projects/1', { body: { projectName: 'Renamed', notes: 'new' } })
  expect(partsOf(await create(caller, 'k'))).toEqual(partsOf(first))
  await call('POST', '/clients/1/rename', { body: { name: 'New' } })
  await call('DELETE', '/projects/1')
  const again = await create(caller, 'k')
  expect([partsOf(again), replayed(again)]).toEqual([partsOf(first), 'true'])
  expectErrors(await call('GET', '/projects/1'), 404, [13020])
})

test('201: a record lasts 24 hours, then the key is new', async () => {
  const caller = await newAccount(server)
  const first = await create(caller, 'k')
  await ageRecords(server, caller, DAY - 60_000)
  expect([partsOf(await create(caller, 'k')), await records(caller)]).toEqual([partsOf(first), ['k']])
  await ageRecords(server, caller, DAY + 1)
  expectErrors(await create(caller, 'k'), 409, [13002, { pointer: '/projectName' }])
  const other = { ...body, projectName: 'Shop' }
  const fresh = await create(caller, 'k', other)
  expect([fresh.status, fresh.json.ID, replayed(fresh)]).toEqual([201, 2, undefined])
  expect(partsOf(await create(caller, 'k', other))).toEqual(partsOf(fresh))
  expect(await records(caller)).toEqual(['k'])
})

test('the sweep removes the expired records of every account, however many, and no others', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  for (const caller of [one, two]) await create(caller, 'first')
  await ageRecords(server, one, DAY + 60_000)
  for (let index = 0; index < 2_100; index++) await tamper(server, two, addRecord, { key: `old ${index}` })
  await ageRecords(server, two, DAY + 60_000)
  const objects = (await one.call('GET', '/projects')).text
  for (const caller of [one, two]) await create(caller, 'young', { ...body, projectName: 'Shop' })
  await sweepIdempotency(server.database)
  expect([await records(one), await records(two)]).toEqual([['young'], ['young']])
  await ageRecords(server, one, DAY - 60_000)
  await sweepIdempotency(server.database)
  expect(await records(one)).toEqual(['young'])
  expect((await one.call('GET', '/projects')).text).toContain(objects.slice(1, -1))
  expect(replayed(await create(one, 'young', { ...body, projectName: 'Shop' }))).toBe('true')
})

const addRecord = query((db, param: Param<{ key: string }>) =>
  db.insertInto('idempotency').values({
    account_id: param('account'),
    key: param('key'),
    fingerprint: '',
    status: 200,
    headers: '{}',
    body: '',
    created_at: '',
  }),
)
