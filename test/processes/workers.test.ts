import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { BASE, send } from '../harness.ts'
import {
  type Child,
  type Credentials,
  call,
  createAccount,
  headersOf,
  it,
  onTerminal,
  run,
  type Server,
  serveCommand,
  startServer,
} from '../process.ts'
import { beginCreate, knock, until } from '../slow-create.ts'

const WORKERS = 3
const start = (folder: string, settings = {}) =>
  startServer(folder, { WORKERS: String(WORKERS), LOG_LEVEL: 'info', ...settings })

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Which processes answered: the part of a request id before the dash is one for each. */
const processesOf = (replies: { headers: Record<string, unknown> }[]) =>
  new Set(replies.map(({ headers }) => String(headers['x-request-id']).split('-')[0]))

/** Requests on a connection each, so that they spread over the workers. */
function atOnce<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => act(index)))
}

const linesAbout = ({ log }: Server, message: string) => log.filter(({ msg }) => msg === message)

/** Resolves when every worker has answered. A connection that is kept stays with the worker that took it. */
async function allAnswer(server: Server, acme: Credentials): Promise<void> {
  const seen = new Set<string | undefined>()
  const headers = { ...headersOf(acme), Connection: 'close' }
  await until(async () => {
    const replies = await atOnce(30, () => send(server.port, 'GET', `${BASE}/projects`, { headers }))
    for (const one of processesOf(replies)) seen.add(one)
    return seen.size === WORKERS
  })
}

async function idsOfAll(server: Server, acme: Credentials): Promise<number[]> {
  const ids: number[] = []
  for (let page = 0; ids.length === page * 1_000; page++) {
    const { json } = await call(server, acme, 'GET', `/projects?limit=1000&page_number=${page}`)
    ids.push(...json.map(({ id }: { id: number }) => id))
  }
  return ids
}

async function started(folder: string, settings = {}): Promise<{ server: Server; acme: Credentials }> {
  const server = await start(folder, settings)
  return { server, acme: await createAccount(folder, 'acme') }
}

it('every worker answers', async ({ folder }) => {
  const { server, acme } = await started(folder)
  await allAnswer(server, acme)
})

it('ids have no gaps and names stay unique across workers', async ({ folder }) => {
  const { server, acme } = await started(folder)
  const replies = await atOnce(60, (index) =>
    call(server, acme, 'POST', '/projects', {
      projectName: `p${index % 40}`,
      clientName: 'Acme',
    }),
  )
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(20)
  const ids = replies.filter(({ status }) => status === 201).map(({ json }) => json.ID as number)
  expect(ids.sort((one, other) => one - other)).toEqual(range(40))
})

it('a change that was acknowledged by one worker is seen at once by all', async ({ folder }) => {
  const { server, acme } = await started(folder)
  await call(server, acme, 'POST', '/projects', { projectName: 'p', clientName: 'Acme' })
  for (const rate of range(20)) {
    await call(server, acme, 'PUT', '/projects/1', { hourRate: rate })
    const replies = await atOnce(WORKERS * 2, () => call(server, acme, 'GET', '/projects/1'))
    expect(new Set(replies.map(({ json }) => json.hourRate))).toEqual(new Set([rate]))
  }
})

it('a request with an Idempotency-Key that comes to several workers at once is done once', async ({
  folder,
}) => {
  const { server, acme } = await started(folder)
  for (const round of range(10)) {
    const replies = await atOnce(WORKERS * 3, () =>
      send(server.port, 'POST', `${BASE}/projects`, {
        headers: { ...headersOf(acme), 'Idempotency-Key': `k${round}` },
        body: { projectName: `p${round}`, clientName: 'Acme' },
      }),
    )
    const done = replies.filter(({ status }) => status === 201)
    expect(new Set(done.map(({ json }) => json.ID))).toEqual(new Set([round]))
    expect(done.filter(({ headers }) => !headers['idempotency-replayed'])).toHaveLength(1)
    for (const { status, headers } of replies)
      if (status !== 201) expect([status, headers['retry-after']]).toEqual([409, '1'])
  }
})

it('401: a key that is revoked ends within a second on every worker', async ({ folder }) => {
  const { server, acme } = await started(folder)
  const statuses = async () =>
    new Set(
      (await atOnce(WORKERS * 3, () => call(server, acme, 'GET', '/projects'))).map(({ status }) => status),
    )
  expect(await statuses()).toEqual(new Set([200]))
  expect((await run(folder, ['key', 'revoke', acme.apiKey])).code).toBe(0)
  await sleep(1_000)
  expect(await statuses()).toEqual(new Set([401]))
})

it('a worker that is killed is replaced, and what it had acknowledged is there', async ({ folder }) => {
  const { server, acme } = await started(folder)
  const acknowledged: number[] = []
  let next = 0
  let stop = false
  const caller = async () => {
    while (!stop) {
      const name = `p${next++}`
      const reply = await call(server, acme, 'POST', '/projects', {
        projectName: name,
        clientName: 'Acme',
      }).catch(() => undefined)
      if (reply) expect(reply.status).toBe(201)
      if (reply) acknowledged.push(reply.json.ID)
    }
  }
  const callers = range(6).map(caller)
  const before = childrenOf(server.pid)
  expect(before).toHaveLength(WORKERS)
  let replaced = 0
  for (const pid of before) {
    const soFar = acknowledged.length
    await until(() => acknowledged.length > soFar + 20)
    process.kill(pid, 'SIGKILL')
    await until(() => childrenOf(server.pid).length === WORKERS && !childrenOf(server.pid).includes(pid))
    // Which of them takes a connection is the kernel's choice; that it serves it says itself.
    replaced++
    await until(() => linesAbout(server, 'a worker serves').length === WORKERS + replaced)
  }
  stop = true
  await Promise.all(callers)
  expect(server.log.filter(({ msg }) => msg.startsWith('a worker has ended'))).toHaveLength(WORKERS)
  const kept = new Set(await idsOfAll(server, acme))
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
})

it.for(['SIGTERM', 'SIGINT'] as const)(
  '%s: requests in flight are answered, and all processes end with 0',
  async (signal, { folder }) => {
    const { server, acme } = await started(folder)
    const pids = childrenOf(server.pid)
    const slow = await atOnce(WORKERS * 2, (index) => beginCreate(server, acme, `p${index}`))
    server.kill(signal)
    await until(async () => (await knock(server)) === 'ECONNREFUSED')
    for (const { finish } of slow) finish()
    for (const { closed } of slow) expect(await closed).toContain('HTTP/1.1 201 Created')
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
    expect(pids.filter(isAlive)).toEqual([])
    expect(server.log.filter(({ msg }) => msg === 'stopping')).toHaveLength(1)
    expect(server.log.filter(({ level }) => level >= 50)).toEqual([])
  },
)

it('workers end when the process that started them is killed, and the port is free again', async ({
  folder,
}) => {
  const { server } = await started(folder)
  const pids = childrenOf(server.pid)
  server.kill('SIGKILL')
  await server.ended
  await until(() => pids.filter(isAlive).length === 0)
  expect(await knock(server)).toBe('ECONNREFUSED')
})

it('exit code 1: a port in use is said once', async ({ folder }) => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const { code, stderr } = await run(folder, ['serve'], { WORKERS: '2', PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(stderr.match(/in use/g)).toHaveLength(1)
})

it('the first start shows key and secret once, and Ctrl-C ends all', async ({ folder }) => {
  const terminal: Child = await onTerminal(folder, `env WORKERS=2 ${serveCommand}`)
  await terminal.logged('ready')
  expect(terminal.stdout.match(/Account testaccount is ready/g)).toHaveLength(1)
  const pids = childrenOf(terminal.pid)
  terminal.kill('SIGINT', false)
  await until(() => pids.filter(isAlive).length === 0)
})
