import { afterAll, expect, test } from 'vitest'
import type { Operation } from '../src/http/operation.ts'
import { exercisedOperations, servedOperations } from './api.ts'
import { bodyFor, callerFor, type Member, make, perform } from './exercise.ts'
import { expectErrors } from './expect.ts'
import { newAccount, nextOf, startServer } from './harness.ts'
import { keptOf } from './store.ts'

const operations = exercisedOperations()

const server = await startServer()
afterAll(() => server.close())

/** In every text that the owner writes, so that a leak of any of them is seen. */
const MARK = 'confidential'

/** An account with objects for the operation to work on; the id is one that a stranger does not have. */
async function owner(operation: Operation): Promise<{ owner: Member; id: number }> {
  const { caller, id } = await make(server, operation, [`${MARK} 1`, `${MARK} 2`])
  return { owner: caller, id }
}

/** Another account, with one object of its own. */
const strangerTo = async (operation: Operation): Promise<Member> =>
  (await make(server, operation, ['own'])).caller

/** What to send so that nothing but the account can be the reason for a refusal. */
const goodMark = ({ path }: Operation, mark: string) => (path.includes('{id}') ? mark : `${mark} new`)

test('there are operations to exercise, each under a name of its own', () => {
  expect(operations.length).toBeGreaterThan(0)
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
})

test.each(operations.map((operation) => [operation.id, operation] as const))(
  '%s: the owner can, so that the tests below exercise it',
  async (_, operation) => {
    const { owner: account, id } = await owner(operation)
    const reply = await perform(account, operation, id, goodMark(operation, `${MARK} 2`))
    expect(reply.status).toBeGreaterThanOrEqual(200)
    expect(reply.status).toBeLessThan(300)
    expect(reply.text).toContain(MARK)
    if (reply.status === 207) expect(reply.json.map((one: any) => one.status)).toEqual([200, 200, 201])
  },
)

test.each(operations.map((operation) => [operation.id, operation] as const))(
  '%s: another account sees nothing and changes nothing',
  async (_, operation) => {
    const { owner: account, id } = await owner(operation)
    const stranger = await strangerTo(operation)
    const kept = await keptOf(server, account)
    const reply = await perform(stranger, operation, id, goodMark(operation, 'own'))
    expect(reply.text).not.toContain(MARK)
    expect(reply.text).not.toContain(account.key)
    if (operation.path.includes('{id}')) expect(reply.status).toBe(404)
    else expect(reply.status).toBeLessThan(300)
    if (reply.status === 207) expect(reply.json.map((one: any) => one.status)).toEqual([404, 404, 201])
    expect(await keptOf(server, account)).toBe(kept)
    expect(await keptOf(server, stranger)).not.toContain(MARK)
  },
)

test.each(
  operations
    .filter(({ path }) => path.includes('{id}'))
    .map((operation) => [operation.id, operation] as const),
)(
  '%s: whether an id exists, was deleted or never was in another account cannot be told',
  async (_, operation) => {
    const { owner: account, id } = await owner(operation)
    const stranger = await strangerTo(operation)
    const answer = async (which: number) => {
      const { status, headers, text } = await perform(stranger, operation, which, 'own')
      return [status, text.replaceAll(String(headers['x-request-id']), 'ID')]
    }
    const never = await answer(999)
    expect(never[0]).toBe(404)
    expect(await answer(id)).toEqual(never)
    const collection = operation.path.replace(/\/\{id\}.*$/, '')
    const removes = servedOperations().find(
      (one) => one.method === 'DELETE' && one.path === `${collection}/{id}`,
    )
    if (removes) expect((await perform(account, removes, id, MARK)).status).toBe(200)
    expect(await answer(id)).toEqual(never)
  },
)

test.each(
  operations.filter(({ success }) => success.status === 207).map((batch) => [batch.id, batch] as const),
)(
  '%s: whether an id exists, was deleted or never was in another account cannot be told',
  async (_, batch) => {
    const { owner: account, id } = await owner(batch)
    const stranger = await strangerTo(batch)
    const answer = async (which: number) => {
      const lines = ['update', 'delete'].map((method) => ({ method, id: which, ifMatch: '"7"' }))
      const { json } = await stranger.call('POST', batch.path, { body: { operations: lines } })
      return json
    }
    const never = await answer(999)
    expect(never.map((one: any) => one.status)).toEqual([404, 404])
    expect(await answer(id)).toEqual(never)
    const removed = await account.call('DELETE', `${batch.path.replace('/batch', '')}/${id}`)
    expect(removed.status).toBe(200)
    expect(await answer(id)).toEqual(never)
  },
)

test.each(
  operations
    .filter(({ documentedRead }) => documentedRead)
    .map((operation) => [operation.id, operation] as const),
)('%s: another account sees nothing by POST either', async (_, operation) => {
  const { owner: account, id } = await owner(operation)
  const stranger = await strangerTo(operation)
  const kept = await keptOf(server, account)
  const path = `${operation.path.replace('{id}', String(id))}/`
  const own = await account.call('POST', path, { body: {} })
  expect([own.status, own.text.includes(MARK)]).toEqual([200, true])
  const reply = await stranger.call('POST', path, { body: {} })
  expect(reply.text).not.toContain(MARK)
  expect(reply.status).toBe(operation.path.includes('{id}') ? 404 : 200)
  expect(await keptOf(server, account)).toBe(kept)
})

test.each(operations.map((operation) => [operation.id, operation] as const))(
  '%s: 401 without credentials, and on the host of another account',
  async (_, operation) => {
    const { owner: account, id } = await owner(operation)
    const stranger = await strangerTo(operation)
    const kept = await keptOf(server, account)
    const path = operation.path.replace('{id}', String(id))
    for (const headers of [
      { 'X-TimeTrack-Api-Secret': stranger.secret },
      { 'X-TimeTrack-Api-Key': stranger.key },
      { Host: `${stranger.name}.localhost` },
    ]) {
      const body = bodyFor(operation, id, 'other')
      const reply = await callerFor(account, operation).call(operation.method, path, { body, headers })
      expectErrors(reply, 401, [11001])
    }
    expect(await keptOf(server, account)).toBe(kept)
  },
)

test.each(operations.filter(({ changes }) => changes).map((operation) => [operation.id, operation] as const))(
  '%s: an id in the body leads to no other account',
  async (_, operation) => {
    const { owner: account, id } = await owner(operation)
    const stranger = await strangerTo(operation)
    const kept = await keptOf(server, account)
    const body = {
      ...bodyFor(operation, id, 'new'),
      account: account.account,
      account_id: account.account,
      accountId: account.account,
    }
    const query = `?account=${account.account}&account_id=${account.account}`
    const path = operation.path.replace('{id}', String(id)) + query
    const reply = await callerFor(stranger, operation).call(operation.method, path, { body })
    expect(reply.text).not.toContain(MARK)
    expect(await keptOf(server, account)).toBe(kept)
  },
)

test('200: lists, searches and counts hold the own objects alone', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  for (const [caller, word] of [
    [one, MARK],
    [two, 'own'],
  ] as const)
    for (let index = 0; index < 3; index++)
      await caller.call('POST', '/projects', { body: { projectName: `${word} ${index}`, clientName: word } })
  const headers = { Prefer: 'count=exact' }
  for (const query of ['', '?limit=1', '?projectName=o', '?clientName=n', '?page_number=1&limit=2']) {
    const reply = await two.call('GET', `/projects${query}`, { headers })
    expect([reply.status, reply.headers['x-total-count']]).toEqual([200, '3'])
    expect(reply.text).not.toContain(MARK)
    const next = nextOf(reply)
    if (next) expect((await one.call('GET', next)).status).toBe(400)
  }
  expect((await two.call('GET', `/projects?projectName=${MARK}`, { headers })).headers['x-total-count']).toBe(
    '0',
  )
})

test('200: lists of clients and changes hold the own ones alone, and their cursors fit nobody else', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  for (const [caller, word] of [
    [one, MARK],
    [two, 'own'],
  ] as const)
    for (let index = 0; index < 3; index++)
      await caller.call('POST', '/clients', { body: { name: `${word} ${index}` } })
  for (const path of ['/clients', '/changes']) {
    const reply = await two.call('GET', `${path}?limit=2`)
    expect([reply.status, reply.json.length, reply.text.includes(MARK)]).toEqual([200, 2, false])
    const next = nextOf(reply)!
    expect((await two.call('GET', next)).json).toHaveLength(1)
    expect((await one.call('GET', next)).status).toBe(400)
  }
})
