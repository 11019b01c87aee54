import { readdirSync, readFileSync, statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { fileLimit, setLimit } from '../disk.ts'
import { BASE, send } from '../harness.ts'
import {
  Child,
  type Credentials,
  call,
  createAccount,
  environmentOf,
  headersOf,
  it,
  locationIn,
  type Server,
  serveCommand,
  startServer,
  timetrackCommand,
} from '../process.ts'
import { fillAccount } from '../rows.ts'
import { expectWhole } from '../whole.ts'

const FULL_LOG_MS = 10_000

it('the log cannot be written: the server answers, ends in good order, and no line is lost where room comes back', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const file = join(folder, 'log')
  const child = new Child('sh', ['-c', `exec ${serveCommand} > '${file}'`], environmentOf(folder))
  const lines = () => readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const log = () => lines().map((line) => JSON.parse(line))
  const url = await vi.waitFor(() => log().find(({ msg }) => msg === 'ready').url, FULL_LOG_MS)
  const server = Object.assign(child, { port: Number(new URL(url).port) })
  const full = () => setLimit(server.pid, 'FSIZE', statSync(file).size)
  const get = async (path: string) => (await call(server, credentials, 'GET', path)).status

  full()
  for (let number = 1; number <= 20; number++) expect(await get(`/projects/${number}`)).toBe(404)
  const refused = await call(server, credentials, 'POST', '/projects', { projectName: 'A', clientName: 'B' })
  expect(refused.status).toBe(503)
  setLimit(server.pid, 'FSIZE', -1)
  expect(await get('/clients')).toBe(200)
  const paths = await vi.waitFor(() => {
    const requests = log().filter(({ msg }) => msg === 'request')
    expect(requests.at(-1)).toMatchObject({ path: `${BASE}/clients` })
    return requests.map(({ path }) => path.slice(BASE.length))
  }, FULL_LOG_MS)
  expect(paths.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, at) => `/projects/${at + 1}`))
  expect(log().filter(({ msg }) => /^changes are refused/.test(msg))).toHaveLength(1)

  full()
  expect(await get('/projects')).toBe(200)
  server.kill('SIGTERM')
  expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
})

it('no file can be opened: connections that are there go on, and afterwards new ones are taken', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const server = await startServer(folder)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const kept = (method: string, path: string, body?: object) =>
    keptCall(agent, server, credentials, method, path, body)
  expect(await kept('POST', '/projects', { projectName: 'A', clientName: 'B' })).toBe(201)
  setLimit(server.pid, 'NOFILE', 3)
  expect(await kept('POST', '/projects', { projectName: 'C', clientName: 'D' })).toBe(201)
  expect(await kept('GET', '/projects?sort=-projectName&projectName=c')).toBe(200)
  setLimit(server.pid, 'NOFILE', -1)
  expect((await call(server, credentials, 'GET', '/projects')).json).toHaveLength(2)
  expect((await send(server.port, 'GET', '/readyz')).status).toBe(200)
  agent.destroy()
})

it('503: no thread can be started for what takes long; others are answered, and later it goes through', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  await fillAccount(locationIn(folder), 1, ['Acme'], 5_000)
  const server = await startServer(folder)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const kept = (method: string, path: string, body?: object) =>
    keptCall(agent, server, credentials, method, path, body)
  const operations = Array.from({ length: 600 }, (_, at) => ({
    method: 'update',
    id: at + 1,
    project: { notes: 'Changed' },
  }))
  expect(await kept('PUT', '/projects/1', { notes: 'A' })).toBe(200)
  setLimit(server.pid, 'NOFILE', 3)
  expect(await kept('GET', '/projects?sort=hourRate')).toBe(503)
  expect(await kept('POST', '/projects/batch', { operations, atomic: true })).toBe(503)
  expect(await kept('GET', '/projects/1')).toBe(200)
  expect(await kept('PUT', '/projects/1', { notes: 'B' })).toBe(200)
  setLimit(server.pid, 'NOFILE', -1)
  expect(await kept('GET', '/projects?sort=hourRate')).toBe(200)
  expect(await kept('POST', '/projects/batch', { operations, atomic: true })).toBe(200)
  agent.destroy()
})

it('503: a change that is larger than the room leaves nothing, and smaller ones go through', async ({
  folder,
}) => {
  const { server, credentials } = await fileLimit.start(folder)
  const change = (path: string, body: object) => call(server, credentials, 'POST', path, body)
  const operations = Array.from({ length: 1_000 }, (_, at) => ({
    method: 'create',
    project: { projectName: `Project ${at}`, clientName: 'Client', notes: 'n'.repeat(12_000) },
  }))
  // More than the engine holds in memory, so that it has to write before the commit.
  setLimit(server.pid, 'FSIZE', 12_000_000)
  const large = await change('/projects/batch', { operations, atomic: false })
  expect({ status: large.status, code: large.json.errors?.[0].code }).toEqual({ status: 503, code: 10011 })
  const small = await change('/projects', { projectName: 'Small', clientName: 'Client' })
  expect(small.json).toMatchObject({ ID: 1 })
  server.kill('SIGKILL')
  await server.ended
  await expectWhole(locationIn(folder))
  expect((await call(await startServer(folder), credentials, 'GET', '/projects')).json).toEqual([small.json])
})

it('exit 1: an export finds no room for its file, and leaves no part of it', async ({ folder }) => {
  const credentials = await createAccount(folder, 'acme')
  const { port } = await startServer(folder)
  const line = `ulimit -f 0 && exec ${timetrackCommand} export projects '${folder}/projects.csv'`
  const settings = {
    PORT: String(port),
    TIMETRACK_KEY: credentials.apiKey,
    TIMETRACK_SECRET: credentials.apiSecret,
  }
  const { code, stderr } = await new Child('bash', ['-c', line], environmentOf(folder, settings)).ended
  expect(code).toBe(1)
  expect(stderr).toMatch(/^timetrack: \S+projects\.csv cannot be written: .+\. Make room there, .+\.\n$/)
  expect(readdirSync(folder).filter((name) => name.startsWith('projects'))).toEqual([])
})

/** The status of a request on the one connection of the agent. */
function keptCall(
  agent: Agent,
  { port }: Server,
  credentials: Credentials,
  method: string,
  path: string,
  body?: object,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...headersOf(credentials), 'Content-Type': 'application/json' }
    request({ port, host: '127.0.0.1', method, path: `${BASE}${path}`, agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
      .on('error', reject)
      .end(body && JSON.stringify(body))
  })
}
