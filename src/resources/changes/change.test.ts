import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Caller, newAccount, newKey, nextOf, type Reply, startServer } from '../../../test/harness.ts'
import { auditOf, keptOf, removeAudit, rewind, rotate } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

const misfit: [number, object] = [10025, { parameter: 'after' }]
const gone: [number, object] = [10027, { parameter: 'after' }]

const cursorsOf = ({ json }: Reply): string[] => json.map(({ cursor }: any) => cursor)

const create = ({ call }: Caller, projectName: string, clientName = 'Acme') =>
  call('POST', '/projects', { body: { projectName, clientName } })

/** An account with that many changes of one project and its client. */
async function withChanges(count: number) {
  const caller = await newAccount(server)
  await create(caller, 'Website')
  for (let hourRate = 3; hourRate <= count; hourRate++)
    await caller.call('PUT', '/projects/1', { body: { hourRate } })
  return caller
}

const lastCursor = async ({ call }: Caller) =>
  cursorsOf(await call('GET', '/changes?limit=1000')).at(-1) ?? ''

test('200: every change in order, with the object as it was then', async () => {
  const caller = await newAccount(server)
  const { call, key } = caller
  const second = await newKey(server, caller, 'write')
  const made: [string, string, Reply][] = []
  const did = async (action: string, actor: string, reply: Promise<Reply>) =>
    made.push([action, actor, await reply])
  await did('client.create', key, call('POST', '/clients', { body: { name: 'Acme' } }))
  await did('project.create', key, create(caller, 'Website'))
  await did('project.update', second.key, second.call('PUT', '/projects/1', { body: { notes: 'x' } }))
  await did('client.update', key, call('PUT', '/clients/1', { body: { phone: '1' } }))
  await did('project.delete', key, call('DELETE', '/projects/1'))
  await did('client.disable', key, call('POST', '/clients/1/disable'))
  await did('client.delete', key, call('DELETE', '/clients/1'))
  await did('client.restore', key, call('POST', '/clients/1/restore'))
  await did('project.restore', second.key, second.call('POST', '/projects/1/restore'))
  const { status, json, headers } = await call('GET', '/changes')
  expect([status, headers.link]).toEqual([200, undefined])
  const start = json[0].change
  expect(json).toEqual(
    made.map(([action, actor, reply], index) => ({
      cursor: expect.stringMatching(/^[\w-]+$/),
      change: start + index,
      at: reply.json.updatedAt,
      actor,
      action,
      entity: action.split('.')[0],
      id: 1,
      deleted: action.endsWith('.delete'),
      object: reply.json,
    })),
  )
  expect(new Set(json.map(({ cursor }: any) => cursor)).size).toBe(made.length)
})

test('200: a new client comes before its project, a renamed one before its projects, the trash too', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  for (const name of ['One', 'Two']) await create(caller, name)
  await call('DELETE', '/projects/2')
  await call('POST', '/clients/1/rename', { body: { name: 'New' } })
  const rows = (await call('GET', '/changes')).json
  expect(rows.map((row: any) => [row.action, row.id, row.deleted, row.object.clientName])).toEqual([
    ['client.create', 1, false, undefined],
    ['project.create', 1, false, 'Acme'],
    ['project.create', 2, false, 'Acme'],
    ['project.delete', 2, true, 'Acme'],
    ['client.rename', 1, false, undefined],
    ['project.update', 1, false, 'New'],
    ['project.update', 2, true, 'New'],
  ])
})

test('200: a copy that follows the changes is what the lists hold', async () => {
  const caller = await newAccount(server)
  const { call } = caller
  const copy = new Map<string, any>()
  let after = ''
  const follow = async () => {
    for (let page = 1; page > 0; ) {
      const { json } = await call('GET', `/changes?limit=2&after=${after}`)
      for (const { cursor, entity, id, deleted, object } of json) {
        if (deleted) copy.delete(`${entity} ${id}`)
        else copy.set(`${entity} ${id}`, object)
        after = cursor
      }
      page = json.length
    }
    const wanted: any[] = [...(await call('GET', '/clients')).json, ...(await call('GET', '/projects')).json]
    const byText = (objects: Iterable<any>) => [...objects].map((one) => JSON.stringify(one)).sort()
    expect(byText(copy.values())).toEqual(byText(wanted))
  }
  await follow()
  for (const name of ['One', 'Two', 'Three']) await create(caller, name, `of ${name.length}`)
  await follow()
  await call('DELETE', '/projects/1')
  await call('POST', '/clients/1/rename', { body: { name: 'New' } })
  await call('PUT', '/projects/1', { body: { notes: 'refused' } })
  await follow()
  await call('POST', '/projects/1/restore')
  await call('POST', '/projects/batch', {
    body: {
      operations: [
        { method: 'delete', id: 2 },
        { method: 'delete', id: 9 },
      ],
    },
  })
  await follow()
})

test('200: goes on behind any change, and has nothing new at the end', async () => {
  const caller = await withChanges(8)
  const { json } = await caller.call('GET', '/changes')
  for (const [index, { cursor }] of json.entries()) {
    const rest = await caller.call('GET', `/changes?after=${cursor}`)
    expect([rest.status, rest.json]).toEqual([200, json.slice(index + 1)])
  }
  const path = `/changes?after=${json.at(-1).cursor}`
  expect((await caller.call('GET', path)).text).toBe('[]')
  expect((await caller.call('GET', '/projects/9')).status).toBe(404)
  await newKey(server, caller, 'read')
  expect((await caller.call('GET', path)).text).toBe('[]')
  await create(caller, 'Shop')
  expect((await caller.call('GET', path)).json.map(({ action }: any) => action)).toEqual(['project.create'])
})

test.each(['/changes', '/projects/1/history'])('200: %s is paged by Link, each change once', async (path) => {
  const { call } = await withChanges(9)
  const all = (await call('GET', path)).json
  for (const limit of [1, 2, 3, all.length - 1, all.length, 1000]) {
    const seen: any[] = []
    for (let next: string | undefined = `${path}?limit=${limit}`; next; ) {
      const reply = await call('GET', next)
      seen.push(...reply.json)
      next = nextOf(reply)
      expect(reply.json).toHaveLength(
        next ? limit : all.length % limit || limit > all.length ? all.length % limit : limit,
      )
    }
    expect(seen).toEqual(all)
  }
})

test.each(['/changes', '/projects/1/history'])(
  '200: %s has 50 changes where limit is not sent',
  async (path) => {
    const { call } = await withChanges(60)
    const [page, all] = [await call('GET', path), await call('GET', `${path}?limit=1000`)]
    expect([page.json, nextOf(all)]).toEqual([all.json.slice(0, 50), undefined])
    expect((await call('GET', nextOf(page)!)).json).toEqual(all.json.slice(50))
    const none = await call('GET', `${path}?limit=0`)
    expect([none.status, none.text, nextOf(none)]).toEqual([200, '[]', undefined])
    for (const limit of ['-1', '1001', 'x', '1.0', '+1'])
      expectErrors(await call('GET', `${path}?limit=${limit}`), 400, [10023, { parameter: 'limit' }])
  },
)

test('200: an account that has changed nothing has no changes', async () => {
  expect((await (await newAccount(server)).call('GET', '/changes')).text).toBe('[]')
})

test('400: cursors of another account, of another list, tampered with, or none', async () => {
  const [one, two] = [await withChanges(5), await withChanges(5)]
  const own = cursorsOf(await one.call('GET', '/changes'))[1]!
  const text = Buffer.from(own, 'base64url').toString()
  await create(one, 'x')
  const { link } = (await one.call('GET', '/projects?limit=1')).headers
  const wrong = [
    cursorsOf(await two.call('GET', '/changes'))[1],
    cursorsOf(await one.call('GET', '/projects/1/history'))[1],
    /cursor=([^&>]+)/.exec(String(link))![1],
    Buffer.from(text.replace(/\d+\]$/, '1]')).toString('base64url'),
    own.slice(1),
    `${own}A`,
    `${own}=`,
    '0',
    'x'.repeat(5000),
  ]
  for (const cursor of wrong) expectErrors(await one.call('GET', `/changes?after=${cursor}`), 400, misfit)
  for (const cursor of [own, ...wrong.filter((_, index) => index !== 1)])
    expectErrors(await one.call('GET', `/projects/1/history?after=${cursor}`), 400, misfit)
  expectErrors(await one.call('GET', `/projects/2/history?after=${wrong[1]}`), 400, misfit)
})

test('410: a cursor older than the stored changes; 200 for those that missed none', async () => {
  const caller = await withChanges(10)
  const { json } = await caller.call('GET', '/changes')
  await removeAudit(server, caller, 0, json[4].change)
  for (const index of [0, 1, 2, 3])
    expectErrors(await caller.call('GET', `/changes?after=${json[index].cursor}`), 410, gone)
  for (const index of [4, 5, 9]) {
    const reply = await caller.call('GET', `/changes?after=${json[index].cursor}`)
    expect([reply.status, reply.json]).toEqual([200, json.slice(index + 1)])
  }
  expect((await caller.call('GET', '/changes')).json).toEqual(json.slice(5))
})

test('200: the newest cursor has missed nothing, even where no older change is kept', async () => {
  const caller = await withChanges(4)
  const { json } = await caller.call('GET', '/changes')
  await removeAudit(server, caller, 0, json.at(-1).change)
  expectErrors(await caller.call('GET', `/changes?after=${json[0].cursor}`), 410, gone)
  const path = `/changes?after=${json.at(-1).cursor}`
  const reply = await caller.call('GET', path)
  expect([reply.status, reply.text]).toEqual([200, '[]'])
  await create(caller, 'Shop')
  expect((await caller.call('GET', path)).json.map(({ action }: any) => action)).toEqual(['project.create'])
})

test('410: a cursor from the future, as after a backup was restored', async () => {
  const caller = await withChanges(8)
  const { json } = await caller.call('GET', '/changes')
  await rewind(server, caller, json[4].change)
  for (const index of [5, 6, 7])
    expectErrors(await caller.call('GET', `/changes?after=${json[index].cursor}`), 410, gone)
  expect((await caller.call('GET', `/changes?after=${json[4].cursor}`)).text).toBe('[]')
})

test('200: nothing of keys, secrets and other accounts is among the changes', async () => {
  const [caller, other] = [await newAccount(server), await newAccount(server)]
  await create(other, 'confidential', 'confidential')
  const reader = await newKey(server, caller, 'read')
  await create(caller, 'Website')
  const rotated = await rotate(server, caller, 1)
  await caller.call('PUT', '/projects/1', { body: { notes: 'x' } })
  expect((await auditOf(server, caller)).map(({ entity }) => entity)).toContain('key')
  for (const { call } of [caller, reader]) {
    const { text, json } = await call('GET', '/changes')
    expect(json.map(({ action }: any) => action)).toEqual([
      'client.create',
      'project.create',
      'project.update',
    ])
    for (const hidden of [
      'confidential',
      'key.',
      other.key,
      reader.key,
      caller.secret,
      rotated!.secret,
      'account',
    ])
      expect(text).not.toContain(hidden)
  }
})

test('200: the history of a project, with before and after, deleted or not', async () => {
  const caller = await newAccount(server)
  const { call, key } = caller
  const texts = [(await create(caller, 'Website')).json]
  await create(caller, 'Other')
  for (const [method, body] of [
    ['PUT', { hourRate: 50 }],
    ['DELETE', undefined],
  ] as const) {
    texts.push((await call(method, '/projects/1', { body })).json)
    await call(method, '/projects/1', { body })
  }
  const { status, json } = await call('GET', '/projects/1/history')
  const actions = ['project.create', 'project.update', 'project.delete']
  expect([status, json]).toEqual([
    200,
    actions.map((action, index) => ({
      cursor: expect.stringMatching(/^[\w-]+$/),
      change: expect.any(Number),
      at: texts[index].updatedAt,
      actor: key,
      action,
      before: texts[index - 1] ?? null,
      after: texts[index],
    })),
  ])
  for (const [index, { cursor }] of json.entries())
    expect((await call('GET', `/projects/1/history?after=${cursor}`)).json).toEqual(json.slice(index + 1))
})

test('404: the history of no project, and of another account’s', async () => {
  const [one, two] = [await withChanges(4), await newAccount(server)]
  const kept = await keptOf(server, one)
  for (const id of ['1', '2', '0', 'x'])
    expectErrors(await two.call('GET', `/projects/${id}/history`), 404, [13001])
  expectErrors(await two.call('GET', `/projects/1/history?after=${await lastCursor(one)}`), 404, [13001])
  expect(await keptOf(server, one)).toBe(kept)
})
