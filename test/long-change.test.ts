import { afterAll, expect, test } from 'vitest'
import { type Caller, newAccount, send, startServer } from './harness.ts'
import { fillAccount } from './rows.ts'
import { auditOf } from './store.ts'

const server = await startServer()
afterAll(() => server.close())

const OPERATIONS = 1_000

const createOf = (number: number) => ({
  method: 'create',
  project: { projectName: `Project ${number}`, clientName: 'Acme' },
})

const creates = Array.from({ length: OPERATIONS }, (_, index) => createOf(index + 1))

function sendBatch({ call }: Caller, operations: unknown[], atomic = true, headers = {}) {
  return call('POST', '/projects/batch', { body: { atomic, operations }, headers })
}

const countOf = async ({ call }: Caller) =>
  Number(
    (await call('GET', '/projects?limit=0', { headers: { Prefer: 'count=exact' } })).headers['x-total-count'],
  )

test('a batch of 1,000 is done whole, in its order, and each change is recorded once', async () => {
  const caller = await newAccount(server)
  const before = (await auditOf(server, caller)).length
  const { status, json } = await sendBatch(caller, creates)
  expect(status).toBe(200)
  expect(json.map(({ project }: any) => project.id)).toEqual(creates.map((_, index) => index + 1))
  const audit = await auditOf(server, caller)
  expect(audit.slice(before).map(({ action }) => action)).toEqual([
    'client.create',
    ...creates.map(() => 'project.create'),
  ])
  expect(audit.map(({ change }) => change)).toEqual(audit.map((_, index) => index + 1))
})

test('a batch of 1,000 of which the last is refused leaves nothing behind, not even a number', async () => {
  const caller = await newAccount(server)
  const { status, json } = await sendBatch(caller, [...creates.slice(0, -1), createOf(7)])
  expect([status, json.errors[0].source.pointer]).toEqual([
    409,
    `/operations/${OPERATIONS - 1}/project/projectName`,
  ])
  expect(await countOf(caller)).toBe(0)
  const { json: created } = await caller.call('POST', '/projects', { body: createOf(1).project })
  expect(created.id).toBe(1)
})

test('of 1,000 operations each for itself, those that are refused leave nothing behind', async () => {
  const caller = await newAccount(server)
  const isTwin = (number: number) => number % 10 === 0
  const operations = creates.map((create, index) => (isTwin(index) && index > 0 ? createOf(index) : create))
  const { status, json } = await sendBatch(caller, operations, false)
  expect(status).toBe(207)
  const expected = operations.map((_, index) => (isTwin(index) && index > 0 ? 409 : 201))
  expect(json.map((result: any) => result.status)).toEqual(expected)
  const ids = json.flatMap(({ project }: any) => project?.id ?? [])
  expect(ids).toEqual(ids.map((_: number, index: number) => index + 1))
  expect(await countOf(caller)).toBe(ids.length)
})

test('a batch of 1,000 that is sent again is answered as the first time', async () => {
  const caller = await newAccount(server)
  const headers = { 'Idempotency-Key': 'a batch' }
  const first = await sendBatch(caller, creates, true, headers)
  const again = await sendBatch(caller, creates, true, headers)
  expect(again.text).toBe(first.text)
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(await countOf(caller)).toBe(OPERATIONS)
})

test('changes beside a batch of 1,000 are all done, with numbers of their own', async () => {
  const caller = await newAccount(server)
  const others = Array.from({ length: 30 }, (_, index) =>
    caller.call('POST', '/projects', { body: { projectName: `Beside ${index}`, clientName: 'Acme' } }),
  )
  const [batch, second] = await Promise.all([
    sendBatch(caller, creates),
    sendBatch(
      caller,
      creates.map(({ project }) => ({
        method: 'create',
        project: { ...project, clientName: 'Borealis' },
      })),
    ),
  ])
  const ids = [
    ...(await Promise.all(others)).map(({ json }) => json.id),
    ...[...batch.json, ...second.json].map(({ project }: any) => project.id),
  ]
  expect(ids.sort((one, other) => one - other)).toEqual(ids.map((_, index) => index + 1))
})

test('while a client with 4,000 projects is renamed others are answered, with all of them as they were', async () => {
  const caller = await newAccount(server)
  await fillAccount(server.location, caller.account, ['Acme'], 4_000)
  let isOver = false
  const rename = caller.call('POST', '/clients/1/rename', { body: { name: 'Borealis' } }).then((reply) => {
    isOver = true
    return reply
  })
  const seen: string[] = []
  while (!isOver) {
    await send(server.port, 'GET', '/healthz')
    const { json } = await caller.call('GET', '/projects?limit=1000')
    seen.push([...new Set(json.map(({ clientName }: any) => clientName))].join())
  }
  expect((await rename).status).toBe(200)
  // Until it is done there is nothing of it, and then there is all of it.
  const first = seen.indexOf('Borealis')
  const before = first < 0 ? seen : seen.slice(0, first)
  expect(before.length).toBeGreaterThan(3)
  expect(new Set(before)).toEqual(new Set(['Acme']))
  expect(new Set(seen.slice(before.length))).not.toContain('Acme')
  expect((await caller.call('GET', '/projects?clientName=acme')).json).toEqual([])
  expect((await caller.call('GET', '/projects/4000')).json.clientName).toBe('Borealis')
})
