import { afterAll, expect, test } from 'vitest'
import { exercisedOperations, servedResources } from '../../test/api.ts'
import { expectErrors } from '../../test/expect.ts'
import { newAccount, newKey, type Reply, startServer } from '../../test/harness.ts'
import { changes, collections, make, makeSample, ready } from '../../test/samples.ts'
import { keptOf } from '../../test/store.ts'
import type { Operation } from './operation.ts'

const server = await startServer()
afterAll(() => server.close())

const reads = exercisedOperations().filter(({ permission }) => permission === 'read')
const onObjects = changes.filter(([, { path }]) => path.includes('{id}'))
/** The codes for an object that never was, and for a deleted one, as the operation's own resource has them. */
function codesOf(operation: Operation) {
  const { errors = {} } = servedResources().find(({ operations: own }) => own.includes(operation)) ?? {}
  return { notFound: errors.notFound!.code, deleted: errors.deleted!.code }
}

const tagOf = (reply: Reply) => reply.headers.etag
const stale = (source = { header: 'If-Match' }): [number, object] => [10030, source]

async function withProject() {
  const caller = await newAccount(server)
  await caller.call('POST', '/projects', { body: { projectName: 'Website', clientName: 'Acme' } })
  return caller
}

test('200, 201: the ETag of a project is its version, however it is read or written', async () => {
  const { call } = await newAccount(server)
  const body = { projectName: 'Website', clientName: 'Acme' }
  const tags = [await call('POST', '/projects', { body })]
  for (const [method, path] of [
    ['GET', '/projects/1'],
    ['HEAD', '/projects/1'],
    ['POST', '/projects/1'],
    ['GET', '/projects/1/'],
  ] as const)
    tags.push(await call(method, path))
  expect(tags.map(tagOf)).toEqual(Array(5).fill('"1"'))
  expect(tagOf(await call('PUT', '/projects/1', { body: { notes: 'x' } }))).toBe('"2"')
  expect(tagOf(await call('PUT', '/projects/1', { body: { notes: 'x' } }))).toBe('"2"')
  expect(tagOf(await call('DELETE', '/projects/1'))).toBe('"3"')
  expect(tagOf(await call('POST', '/projects/1/restore'))).toBe('"4"')
  expect(tagOf(await call('POST', '/projects/1/restore'))).toBe('"4"')
  expect(tagOf(await call('GET', '/projects/1'))).toBe('"4"')
})

test('200, 201: the ETag of a client is its version, after each of its operations', async () => {
  const { call } = await newAccount(server)
  const tags = [tagOf(await call('POST', '/clients', { body: { name: 'Acme' } }))]
  for (const [method, path, body] of [
    ['PUT', '', { phone: '1' }],
    ['PUT', '', { phone: '1' }],
    ['POST', '/rename', { name: 'ACME' }],
    ['POST', '/disable', undefined],
    ['POST', '/enable', undefined],
    ['DELETE', '', undefined],
    ['POST', '/restore', undefined],
    ['GET', '', undefined],
  ] as const)
    tags.push(tagOf(await call(method, `/clients/1${path}`, { body })))
  expect(tags).toEqual(['"1"', '"2"', '"2"', '"3"', '"4"', '"5"', '"6"', '"7"', '"7"'])
})

test('200: the ETag of a list is strong, stays while nothing changes, and differs by query', async () => {
  const { call } = await withProject()
  const queries = ['', '?limit=1', '?limit=2', '?projectName=a', '?fields=id', '?deleted=true', '?sort=-id']
  const tags = await Promise.all(queries.map(async (query) => tagOf(await call('GET', `/projects${query}`))))
  for (const tag of tags) expect(tag).toMatch(/^"[\x21\x23-\x7e]+"$/)
  expect(new Set(tags).size).toBe(queries.length)
  for (const [index, query] of queries.entries()) {
    expect(tagOf(await call('GET', `/projects${query}`))).toBe(tags[index])
    expect(tagOf(await call('HEAD', `/projects${query}`))).toBe(tags[index])
    expect(tagOf(await call('POST', `/projects${query || '/'}`))).toBe(tags[index])
  }
})

test('200: the ETag of a list changes with every change of its kind, and with no other', async () => {
  const caller = await withProject()
  const { call } = caller
  const kinds = ['/projects', '/clients?name=nobody', '/tasks'] as const
  const lists = () => Promise.all(kinds.map(async (path) => tagOf(await call('GET', path))))
  const other = await withProject()
  let before = await lists()
  for (const [changed, change] of [
    ['projects', () => call('POST', '/projects', { body: { projectName: 'Shop', clientName: 'Acme' } })],
    ['projects clients', () => call('POST', '/projects', { body: { projectName: 'x', clientName: 'Beta' } })],
    ['projects', () => call('PUT', '/projects/1', { body: { hourRate: 1 } })],
    ['projects', () => call('DELETE', '/projects/1')],
    ['projects', () => call('POST', '/projects/1/restore')],
    ['clients', () => call('POST', '/clients/1/disable')],
    ['projects clients', () => call('POST', '/clients/1/rename', { body: { name: 'New' } })],
    [
      'projects',
      () => call('POST', '/projects/batch', { body: { operations: [{ method: 'delete', id: 2 }] } }),
    ],
    ['tasks', () => call('POST', '/tasks', { body: { name: 'Development' } })],
    ['', () => newKey(server, caller, 'read')],
  ] as const) {
    await change()
    const after = await lists()
    const differing = kinds.filter((_, index) => after[index] !== before[index])
    expect(differing.map((path) => /\w+/.exec(path)?.[0]).join(' ')).toBe(changed)
    before = after
  }
  await other.call('DELETE', '/projects/1')
  await call('PUT', '/projects/1', { body: { hourRate: 1 } })
  await call('PUT', '/projects/1', { body: { clientName: 'nobody' } })
  expect(await lists()).toEqual(before)
})

test.each(
  reads.flatMap((read) =>
    ['GET', 'HEAD', ...(read.documentedRead ? ['POST'] : [])].map(
      (method) => [`${method} ${read.path}`, method, read] as const,
    ),
  ),
)('304: If-None-Match names the ETag: %s', async (_, method, { path }) => {
  const caller = await newAccount(server)
  for (const collection of collections) await makeSample(caller, collection, 'One')
  const { call } = caller
  const target = `${path.replace('{id}', '1')}/`
  const read = await call(method, target)
  const tag = tagOf(read)
  expect([read.status, tag]).toEqual([200, expect.stringMatching(/^"[^"]+"$/)])
  for (const sent of [tag!, `W/${tag}`, `"other", ${tag}`, `${tag},"other"`, '*']) {
    const reply = await call(method, target, { headers: { 'If-None-Match': sent } })
    expect([sent, reply.status, reply.text, tagOf(reply)]).toEqual([sent, 304, '', tag])
    expect(reply.headers['cache-control']).toBe('private, no-cache')
    expect(reply.headers.vary).toBe('Prefer, X-TimeTrack-Api-Key, Cookie')
    expect(reply.headers['content-type']).toBeUndefined()
  }
  for (const sent of ['"other"', 'nonsense', tag!.slice(1, -1), '"other", "x"']) {
    const reply = await call(method, target, { headers: { 'If-None-Match': sent } })
    expect([sent, reply.status, reply.text, tagOf(reply)]).toEqual([sent, 200, read.text, tag])
  }
  for (const collection of collections) await call('PUT', `${collection}/1`, { body: { notes: 'new' } })
  const later = await call(method, target, { headers: { 'If-None-Match': tag! } })
  expect(later.status).toBe(200)
  expect(tagOf(later)).not.toBe(tag)
})

test('404: If-None-Match on an object that is deleted or never existed', async () => {
  const { call } = await withProject()
  await call('DELETE', '/projects/1')
  const headers = { 'If-None-Match': '*' }
  expectErrors(await call('GET', '/projects/1', { headers }), 404, [13020])
  expectErrors(await call('GET', '/projects/2', { headers }), 404, [13001])
})

test.each(onObjects)('200: If-Match names the ETag: %s', async (_, operation, method) => {
  for (const form of ['TAG', 'W/TAG', '*', ' * ', '"0", TAG', 'TAG,W/"0"', '"0","00" , TAG']) {
    const change = await ready(server, operation, method)
    const reply = await make(change, { 'If-Match': form.replace('TAG', change.etag) })
    const next = `"${Number(change.etag.slice(1, -1)) + 1}"`
    expect([form, reply.status, tagOf(reply)]).toEqual([form, 200, next])
  }
})

test.each(onObjects)(
  '412: If-Match names other ETags; nothing is changed: %s',
  async (_, operation, method) => {
    const change = await ready(server, operation, method)
    const kept = await keptOf(server, change.caller)
    for (const sent of ['"0"', 'W/"999"', '"998", "999"', '""', `"0${change.etag.slice(1)}`]) {
      const reply = await make(change, { 'If-Match': sent })
      expectErrors(reply, 412, stale())
      expect(tagOf(reply)).toBe(change.etag)
    }
    expect(await keptOf(server, change.caller)).toBe(kept)
  },
)

test.each(onObjects)('400: If-Match that is no ETag: %s', async (_, operation, method) => {
  const change = await ready(server, operation, method)
  const kept = await keptOf(server, change.caller)
  for (const sent of ['', '1', '"1', '1"', 'W/1', 'w/"1"', '"1" "2"', '*, "1"', "'1'", '"1", 2', '**'])
    expectErrors(await make(change, { 'If-Match': sent }), 400, [10026, { header: 'If-Match' }])
  expect(await keptOf(server, change.caller)).toBe(kept)
})

test('200: lists of ETags as HTTP defines them: commas inside a tag, empty elements', async () => {
  for (const sent of ['"a,b", "1"', '"1", "a,b"', ',"1"', '"1",', '"0", ,"1"']) {
    const { call } = await withProject()
    const body = { notes: 'x' }
    const reply = await call('PUT', '/projects/1', { body, headers: { 'If-Match': sent } })
    expect([sent, reply.status]).toEqual([sent, 200])
    const read = await call('GET', '/projects/1', { headers: { 'If-None-Match': sent.replace('1', '2') } })
    expect([sent, read.status]).toEqual([sent, 304])
  }
})

test('200, then 412: of simultaneous updates from the same ETag, one succeeds', async () => {
  const { call } = await withProject()
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      call('PUT', '/projects/1', { body: { notes: `by ${index}` }, headers: { 'If-Match': '"1"' } }),
    ),
  )
  const done = replies.filter(({ status }) => status === 200)
  expect([done.length, replies.filter(({ status }) => status === 412).length]).toEqual([1, 9])
  for (const reply of replies) expect(tagOf(reply)).toBe('"2"')
  expect((await call('GET', '/projects/1')).text).toBe(done[0]!.text)
})

test('200: a replay comes before If-Match and 404', async () => {
  const { call } = await withProject()
  const headers = { 'If-Match': '"1"', 'Idempotency-Key': 'k' }
  const put = () => call('PUT', '/projects/1', { body: { notes: 'x' }, headers })
  const first = await put()
  const again = await put()
  await call('DELETE', '/projects/1')
  const last = await put()
  for (const reply of [first, again, last])
    expect([reply.status, reply.text, tagOf(reply)]).toEqual([200, first.text, '"2"'])
  expect([again, last].map(({ headers }) => headers['idempotency-replayed'])).toEqual(['true', 'true'])
})

test.each(onObjects)('404: before If-Match: %s', async (_, operation, method) => {
  const change = await ready(server, operation, method)
  const codes = codesOf(operation)
  const headers = { 'If-Match': '"999"' }
  expectErrors(await make({ ...change, path: change.path.replace(/\d/, '7') }, headers), 404, [
    codes.notFound,
  ])
  await change.caller.call('DELETE', change.object)
  const reply = await make(change, headers)
  if (change.path.endsWith('/restore')) expectErrors(reply, 412, stale())
  else expectErrors(reply, 404, [codes.deleted])
})

test('412: before the rules', async () => {
  const { call } = await withProject()
  const create = (projectName: string) =>
    call('POST', '/projects', { body: { projectName, clientName: 'Acme' } })
  await create('Shop')
  await create('Gone')
  await call('DELETE', '/projects/3')
  await create('Gone')
  await call('POST', '/clients', { body: { name: 'Beta' } })
  for (const [method, path, body, refused] of [
    ['PUT', '/projects/1', { projectName: 'shop' }, 409],
    ['PUT', '/projects/1', { clientName: 'Nobody' }, 422],
    ['POST', '/projects/3/restore', undefined, 409],
    ['DELETE', '/clients/1', undefined, 409],
    ['POST', '/clients/1/rename', { name: 'BETA' }, 409],
  ] as const) {
    const reply = await call(method, path, { body, headers: { 'If-Match': '"77"' } })
    expectErrors(reply, 412, stale())
    expect((await call(method, path, { body, headers: { 'If-Match': tagOf(reply)! } })).status).toBe(refused)
  }
})

test('200, 412: renaming a client changes the ETags of its projects with it', async () => {
  const { call } = await withProject()
  await call('POST', '/projects', { body: { projectName: 'Other', clientName: 'Other' } })
  const list = tagOf(await call('GET', '/projects'))
  await call('POST', '/clients/1/rename', { body: { name: 'New' } })
  expect(tagOf(await call('GET', '/projects/1'))).toBe('"2"')
  expect(tagOf(await call('GET', '/projects/2'))).toBe('"1"')
  expect(tagOf(await call('GET', '/projects'))).not.toBe(list)
  const reply = await call('PUT', '/projects/1', { body: { notes: 'x' }, headers: { 'If-Match': '"1"' } })
  expectErrors(reply, 412, stale())
  expect(tagOf(reply)).toBe('"2"')
})
