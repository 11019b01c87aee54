import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { hurry } from '../../test/clock.ts'
import { type Caller, newAccount, startServer } from '../../test/harness.ts'
import { startLossyProxy } from '../../test/lossy-proxy.ts'
import { TimeTrack, TimeTrackError } from './index.ts'
import { routes } from './types.ts'

const server = await startServer()
afterAll(() => server.close())

const url = `http://127.0.0.1:${server.port}`

const clientOf = ({ key, secret }: Caller, settings: { baseUrl?: string; retries?: number } = {}) =>
  new TimeTrack({ baseUrl: url, key, secret, ...settings })

const newClient = async () => clientOf(await newAccount(server))

/** What a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<TimeTrackError> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(TimeTrackError)
  return error
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The names of an object's methods, inherited ones too, but for `all`, which asks as `list` does. */
function methodsOf(object: object): string[] {
  const names: string[] = []
  for (let at = Object.getPrototypeOf(object); at !== Object.prototype; at = Object.getPrototypeOf(at))
    names.push(...Object.getOwnPropertyNames(at))
  return names.filter((name) => name !== 'constructor' && name !== 'all')
}

test('every operation of the document has a method', async () => {
  const { projects, clients, tasks, changes, keys, sessions } = new TimeTrack({ baseUrl: url, fetch: note })
  const asked = new Set<string>()
  function note(target: unknown, { method = 'GET' }: RequestInit = {}) {
    const path = String(target).slice(url.length).replace(/\/7\b/, '/{id}')
    for (const [operation, [verb, route]] of Object.entries(routes))
      if (verb === method && route === path.replace(/\?.*/, '')) asked.add(operation)
    return Promise.resolve(Response.json([]))
  }
  for (const resource of [projects, clients, tasks, changes, keys, sessions])
    for (const method of methodsOf(resource))
      await (resource as any)[method](/^(?:create|batch|list)$/.test(method) ? {} : 7, {})
  expect(Object.keys(routes).filter((operation) => !asked.has(operation))).toEqual([])
})

test('it imports nothing but itself, so that it runs in a browser', () => {
  const folder = new URL('.', import.meta.url)
  for (const file of readdirSync(folder).filter((name) => !name.endsWith('.test.ts'))) {
    const source = readFileSync(new URL(file, folder), 'utf8')
    for (const [, from] of source.matchAll(/from '([^']+)'/g)) expect(from, file).toMatch(/^\.\/[a-z-]+\.ts$/)
  }
})

test('without key and secret: no header has them, and the cookie is for the browser to send', async () => {
  const sent: RequestInit[] = []
  const { projects } = new TimeTrack({
    baseUrl: url,
    async fetch(_, init = {}) {
      sent.push(init)
      return Response.json([])
    },
  })
  await projects.list()
  expect(sent[0]).toMatchObject({ credentials: 'same-origin' })
  expect(sent[0]?.headers).toEqual({})
})

test('projects: each method does what it is named for', async () => {
  const { projects } = await newClient()
  const { data: made, etag } = await projects.create({ projectName: 'Website', clientName: 'Acme' })
  expect(made).toMatchObject({ id: 1, projectName: 'Website', projectEnabled: true })
  expect(await projects.get(1)).toEqual({ data: made, etag })
  const updated = await projects.update(1, { hourRate: 50.5 })
  expect(updated.data.hourRate).toBe(50.5)
  expect(updated.etag).not.toBe(etag)
  expect((await projects.delete(1)).data.deletedAt).toBeDefined()
  expect((await projects.list({ deleted: true })).data).toHaveLength(1)
  expect((await projects.restore(1)).data).not.toHaveProperty('deletedAt')
  const batch = await projects.batch({
    operations: [
      { method: 'create', project: { projectName: 'Ä & b', clientName: 'Acme' } },
      { method: 'delete', id: 99 },
    ],
  })
  expect(batch.data.map(({ status }) => status)).toEqual([201, 404])
  const page = await projects.list({ projectName: 'ä & B' }, { count: true })
  expect(page).toMatchObject({ data: [{ id: 2 }], total: 1, next: undefined })
  const history = await projects.history(1, { limit: 2 })
  expect(history.data.map(({ action }) => action)).toEqual(['project.create', 'project.update'])
  const rest = await projects.history(1, history.next)
  expect(rest.data.map(({ action }) => action)).toEqual(['project.delete', 'project.restore'])
})

test('clients: each method does what it is named for', async () => {
  const { clients } = await newClient()
  const { data } = await clients.create({ name: 'Acme' })
  expect(data).toMatchObject({ id: 1, name: 'Acme', enabled: true })
  expect((await clients.get(1)).data).toEqual(data)
  expect((await clients.update(1, { email: 'office@example.com' })).data.email).toBe('office@example.com')
  expect((await clients.rename(1, { name: 'Acme GmbH' })).data.name).toBe('Acme GmbH')
  expect((await clients.disable(1)).data.enabled).toBe(false)
  expect((await clients.enable(1)).data.enabled).toBe(true)
  expect((await clients.delete(1)).data.deletedAt).toBeDefined()
  expect((await clients.restore(1)).data).not.toHaveProperty('deletedAt')
  expect((await clients.list({ name: 'gmbh' })).data).toHaveLength(1)
  expect(await collect(clients.all())).toHaveLength(1)
})

test('all: every page, once each and in order; changes, too', async () => {
  const client = await newClient()
  const names = Array.from({ length: 120 }, (_, index) => `Project ${index}`)
  await client.projects.batch({
    operations: names.map((projectName) => ({
      method: 'create',
      project: { projectName, clientName: 'Acme' },
    })),
  })
  expect((await collect(client.projects.all())).map(({ projectName }) => projectName)).toEqual(names)
  const some = await collect(client.projects.all({ projectName: 'project 1', sort: '-id', limit: 7 }))
  expect(some.map(({ projectName }) => projectName)).toEqual(
    names.filter((name) => name.startsWith('Project 1')).reverse(),
  )
  const changes = await collect(client.changes.all({ limit: 50 }))
  expect(changes).toHaveLength(121)
  const behind = await client.changes.list({ after: changes[118]!.cursor })
  expect(behind.data.map(({ change }) => change)).toEqual(changes.slice(119).map(({ change }) => change))
})

test('a stale etag: code 10030, and nothing done', async () => {
  const { projects } = await newClient()
  const { data, etag } = await projects.create({ projectName: 'Website', clientName: 'Acme' })
  await projects.update(data.id, { hourRate: 1 }, { ifMatch: etag })
  const error = await failure(projects.update(data.id, { hourRate: 2 }, { ifMatch: etag }))
  expect(error).toMatchObject({ name: 'TimeTrackError', status: 412, code: 10030 })
  expect(error.errors[0]).toMatchObject({ source: { header: 'If-Match' }, requestId: error.requestId })
  expect((await projects.get(data.id)).data.hourRate).toBe(1)
})

test('every fault of a body is told', async () => {
  const { projects } = await newClient()
  const error = await failure(projects.create({ projectName: '', clientName: 'Acme', hourRate: -1 }))
  expect(error).toMatchObject({ status: 422, code: 10052 })
  expect(error.errors.map(({ source }) => source?.pointer)).toEqual(['/projectName', '/hourRate'])
  expect(error.message).toContain('10052')
})

test('503 with Retry-After: sent again under the same key, not before that time', async () => {
  const caller = await newAccount(server)
  const proxy = await startLossyProxy(server.port)
  try {
    proxy.fates = [
      { status: 503, headers: { 'Retry-After': '1' } },
      { status: 502, body: '<html>' },
    ]
    const { projects } = clientOf(caller, { baseUrl: proxy.url })
    hurry()
    const { data } = await projects.create({ projectName: 'Website', clientName: 'Acme' })
    expect(data.id).toBe(1)
    const [first, second, third] = proxy.seen
    expect(second!.at - first!.at).toBeGreaterThan(990)
    expect(third!.at - second!.at).toBeGreaterThan(200)
    expect(new Set(proxy.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  } finally {
    proxy.close()
  }
})

test('a create whose answer was lost is sent again and done once', async () => {
  const caller = await newAccount(server)
  const proxy = await startLossyProxy(server.port)
  try {
    proxy.fates = ['lose the answer', 'lose the answer']
    const { projects } = clientOf(caller, { baseUrl: proxy.url })
    hurry()
    const { data } = await projects.create({ projectName: 'Website', clientName: 'Acme' })
    expect(proxy.seen).toHaveLength(3)
    expect((await clientOf(caller).projects.list()).data).toEqual([data])
  } finally {
    proxy.close()
  }
})

test('it gives up: after the retries, at a wait that is too long, and at once for other statuses', async () => {
  const caller = await newAccount(server)
  const proxy = await startLossyProxy(server.port)
  try {
    const { projects } = clientOf(caller, { baseUrl: proxy.url, retries: 1 })
    proxy.fates = [{ status: 504 }, { status: 504 }, { status: 504 }]
    expect(await failure(projects.get(1))).toMatchObject({ status: 504, code: 0, errors: [] })
    expect(proxy.seen).toHaveLength(2)
    proxy.fates = [{ status: 429, headers: { 'Retry-After': '3600' } }]
    expect(await failure(projects.get(1))).toMatchObject({ status: 429 })
    proxy.fates = [{ status: 500 }]
    expect(await failure(projects.get(1))).toMatchObject({ status: 500 })
    expect(await failure(projects.get(1))).toMatchObject({ status: 404, code: 13001 })
    expect(proxy.seen).toHaveLength(5)
    proxy.fates = [{ status: 200, body: '<html>' }]
    expect(await failure(projects.get(1))).toMatchObject({ status: 200, code: 0 })
  } finally {
    proxy.close()
  }
  const gone = new TimeTrack({ baseUrl: proxy.url, key: 'k', secret: 's', retries: 0 })
  expect(await failure(gone.projects.list())).toMatchObject({ status: 0, code: 0 })
})

test('an aborted request rejects with the reason of its signal, also while it waits', async () => {
  const caller = await newAccount(server)
  const proxy = await startLossyProxy(server.port)
  try {
    proxy.fates = Array.from({ length: 5 }, () => ({ status: 503, headers: { 'Retry-After': '60' } }))
    const { projects } = clientOf(caller, { baseUrl: proxy.url })
    await expect(projects.list({}, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/)
    const controller = new AbortController()
    controller.abort(new Error('no longer wanted'))
    await expect(projects.list({}, { signal: controller.signal })).rejects.toThrow('no longer wanted')
    expect(proxy.seen).toHaveLength(1)
  } finally {
    proxy.close()
  }
})

test('a given Idempotency-Key makes a repeat by hand safe', async () => {
  const { projects } = await newClient()
  const body = { projectName: 'Website', clientName: 'Acme' }
  const first = await projects.create(body, { idempotencyKey: 'import-17' })
  expect(await projects.create(body, { idempotencyKey: 'import-17' })).toEqual(first)
})

test('a base URL may hold a path, and links never lead anywhere else', async () => {
  const caller = await newAccount(server)
  const asked: string[] = []
  const { projects } = new TimeTrack({
    baseUrl: 'https://example.com/timetrack/',
    key: caller.key,
    secret: caller.secret,
    fetch: async (input) => {
      asked.push(String(input))
      const link = '<https://evil.example/api/v2/ext/projects?cursor=abc%3D>; rel="next"'
      return new Response('[]', asked.length === 1 ? { headers: { Link: link } } : {})
    },
  })
  await collect(projects.all({ limit: 1 }))
  expect(asked).toEqual([
    'https://example.com/timetrack/api/v2/ext/projects?limit=1',
    'https://example.com/timetrack/api/v2/ext/projects?cursor=abc%3D',
  ])
})
