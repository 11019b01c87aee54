import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { letPass } from './clock.ts'
import { expectErrors } from './expect.ts'
import { newAccount, newKey, type Reply, startServer } from './harness.ts'
import { auditOf, holdAccount } from './store.ts'

const server = await startServer()
afterAll(() => server.close())

const AT_ONCE = 20
const atOnce = <T>(act: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => act(index)))
const times = (replies: Reply[], status: number) => replies.filter((reply) => reply.status === status).length
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('201, then 409: of equal creates at once one is accepted', async () => {
  const caller = await newAccount(server)
  const second = await newKey(server, caller, 'write')
  const body = { projectName: 'Same', clientName: 'Acme' }
  const replies = await atOnce((index) => (index % 2 ? caller : second).call('POST', '/projects', { body }))
  expect([times(replies, 201), times(replies, 409)]).toEqual([1, AT_ONCE - 1])
  for (const reply of replies.filter(({ status }) => status === 409))
    expectErrors(reply, 409, [13002, { pointer: '/projectName' }])
  expect((await caller.call('GET', '/projects')).json).toHaveLength(1)
})

test('201: ids of creates at once are without gaps, refused ones between them or not', async () => {
  const caller = await newAccount(server)
  const replies = await atOnce((index) =>
    caller.call('POST', '/projects', {
      body: { projectName: `p${index - (index % 2)}`, clientName: 'Acme' },
    }),
  )
  expect([times(replies, 201), times(replies, 409)]).toEqual([AT_ONCE / 2, AT_ONCE / 2])
  const ids: number[] = replies.filter(({ status }) => status === 201).map(({ json }) => json.ID)
  expect(ids.sort((one, other) => one - other)).toEqual(range(AT_ONCE / 2))
})

test('a batch that is refused after it wrote takes nothing of the changes beside it with it', async () => {
  const caller = await newAccount(server)
  const batch = {
    atomic: true,
    operations: [
      { method: 'create', project: { projectName: 'taken back', clientName: 'Taken back' } },
      { method: 'delete', id: 999 },
    ],
  }
  const replies = await atOnce((index) =>
    index % 4 === 1
      ? caller.call('POST', '/projects/batch', { body: batch })
      : caller.call('POST', '/projects', { body: { projectName: `p${index}`, clientName: 'Acme' } }),
  )
  expect([times(replies, 201), times(replies, 404)]).toEqual([15, 5])
  const kept = (await caller.call('GET', '/projects')).json
  expect(kept.map(({ id }: { id: number }) => id)).toEqual(range(15))
  expect((await caller.call('GET', '/clients')).json.map(({ name }: { name: string }) => name)).toEqual([
    'Acme',
  ])
  expect((await auditOf(server, caller)).map(({ change }) => change)).toEqual(range(18))
})

test('201: creates at once with the same new client make one client', async () => {
  const caller = await newAccount(server)
  const spellings = ['Straße', 'STRASSE', 'strasse', 'straSSe']
  const replies = await atOnce((index) =>
    caller.call('POST', '/projects', {
      body: { projectName: `p${index}`, clientName: spellings[index % 4]! },
    }),
  )
  expect(times(replies, 201)).toBe(AT_ONCE)
  expect(new Set(replies.map(({ json }) => json.clientName)).size).toBe(1)
  const clients = (await auditOf(server, caller)).filter(({ action }) => action === 'client.create')
  expect(clients.map((row) => row.entity_id)).toEqual(['1'])
})

test('201: accounts that create at once do not wait for one another’s names or ids', async () => {
  const callers = await atOnce(() => newAccount(server))
  const body = { projectName: 'Same', clientName: 'Acme' }
  const replies = await Promise.all(callers.map((caller) => caller.call('POST', '/projects', { body })))
  expect(replies.map(({ status, json }) => [status, json.ID])).toEqual(callers.map(() => [201, 1]))
})

test('200, then 404: of deletions at once one is accepted; of restores all', async () => {
  const caller = await newAccount(server)
  await caller.call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })
  const deletions = await atOnce(() => caller.call('DELETE', '/projects/1'))
  expect([times(deletions, 200), times(deletions, 404)]).toEqual([1, AT_ONCE - 1])
  const restores = await atOnce(() => caller.call('POST', '/projects/1/restore'))
  expect(times(restores, 200)).toBe(AT_ONCE)
  const actions = (await auditOf(server, caller)).map(({ action }) => action)
  expect(actions.filter((action) => /delete|restore/.test(action))).toEqual([
    'project.delete',
    'project.restore',
  ])
})

test('200, 409: a name that several projects take at once goes to one', async () => {
  const caller = await newAccount(server)
  await atOnce((index) =>
    caller.call('POST', '/projects', { body: { projectName: `p${index}`, clientName: 'c' } }),
  )
  const replies = await atOnce((index) =>
    caller.call('PUT', `/projects/${index + 1}`, { body: { projectName: 'wanted' } }),
  )
  expect([times(replies, 200), times(replies, 409)]).toEqual([1, AT_ONCE - 1])
})

test('200: updates of different fields at once all stay', async () => {
  const caller = await newAccount(server)
  await caller.call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })
  const fields = {
    projectName: 'new',
    projectEnabled: false,
    notes: 'n',
    hourRate: 1,
    timeEstimated: 2,
    budgetEstimated: 3,
  }
  await Promise.all(
    Object.entries(fields).map(([name, value]) =>
      caller.call('PUT', '/projects/1', { body: { [name]: value } }),
    ),
  )
  expect((await caller.call('GET', '/projects/1')).json).toMatchObject(fields)
})

test('201: a change waits for another process’s transaction, reads do not', async () => {
  const caller = await newAccount(server)
  const release = await holdAccount(server, caller)
  let answered = false
  const change = caller
    .call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })
    .finally(() => {
      answered = true
    })
  expect((await caller.call('GET', '/projects')).status).toBe(200)
  expect(answered).toBe(false)
  await release()
  expect((await change).status).toBe(201)
})

test('503: the wait for another process is used up; nothing is changed, and Retry-After says when to try again', async () => {
  const busy = await startServer()
  const caller = await newAccount(busy)
  const release = await holdAccount(busy, caller)
  let answered = false
  const change = caller
    .call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })
    .finally(() => {
      answered = true
    })
  while (!answered) {
    // PostgreSQL has a clock of its own.
    letPass(100)
    await sleep(10)
  }
  const reply = await change
  expectErrors(reply, 503, [10008])
  expect(reply.headers['retry-after']).toMatch(/^[1-9]\d*$/)
  expect((await caller.call('GET', '/projects')).text).toBe('[]')
  await release()
  expect(
    (await caller.call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })).json.ID,
  ).toBe(1)
  await busy.close()
})

test('200, 404: of reads at once each gets its own object of its own account', async () => {
  const callers = [await newAccount(server), await newAccount(server)]
  for (const { name, call } of callers)
    for (const index of range(AT_ONCE))
      await call('POST', '/projects', { body: { projectName: `${name} ${index}`, clientName: 'Acme' } })
  const ids = [...range(AT_ONCE), 1, AT_ONCE + 1]
  const asked = callers.flatMap(({ name, call }) => ids.map((id) => ({ name, call, id })))
  const replies = await Promise.all(asked.map(({ call, id }) => call('GET', `/projects/${id}`)))
  for (const [index, { name, id }] of asked.entries()) {
    const { status, json } = replies[index]!
    const expected = id > AT_ONCE ? [404, undefined] : [200, `${name} ${id}`]
    expect([status, json.projectName]).toEqual(expected)
  }
})

test('a page, its count and its tag are of one moment, while projects are created', async () => {
  const caller = await newAccount(server)
  const create = (projectName: string) =>
    caller.call('POST', '/projects', { body: { projectName, clientName: 'Client' } })
  await create('First')
  const [made, ...seen] = await Promise.all([
    Promise.all(Array.from({ length: 150 }, (_, number) => create(`Project ${number}`))),
    ...Array.from({ length: 60 }, async (_, turn) => {
      await sleep(turn)
      return caller.call('GET', '/projects?limit=1000', { headers: { Prefer: 'count=exact' } })
    }),
  ])
  expect(made.every(({ status }) => status === 201)).toBe(true)
  // Each create is one change; those before it made the account, its key, the client and the first project.
  const offsets = seen.map(({ json, headers }) => Number(/^"(\d+)-/.exec(headers.etag!)![1]) - json.length)
  expect(new Set(offsets)).toEqual(new Set([3]))
  for (const { json, headers } of seen) expect(headers['x-total-count']).toBe(String(json.length))
})
