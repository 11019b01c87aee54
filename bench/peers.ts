import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, runFolder, stopChild, untilItAnswers } from './process.ts'
import { type Program, ROOT, running, start } from './programs.ts'
import { sampleProject } from './projects.ts'
import type { Api } from './requests.ts'

/** A server that one could use instead, as it comes from npm. */
export interface Peer {
  readonly name: string
  readonly authenticates: boolean
  /** The most projects that it is measured with. */
  readonly most: number
  readonly api: Api
  readonly nodeEnv: 'production' | 'development'
  /** The script that starts it, inside its folder, and its parameters. */
  readonly script: string
  parameters(files: PeerFiles, port: number): string[]
  /** Returns the value of its Authorization header, while it runs for the first time, on the seed. */
  authorize?(port: number, files: PeerFiles): Promise<string>
}

interface PeerFiles {
  /** All projects, as json-server stores them. */
  readonly json: string
  readonly database: string
  readonly token: string
}

const patch = (path: string, body: object) => ({ method: 'PATCH', path, body })

const jsonServer: Peer = {
  name: 'json-server',
  authenticates: false,
  most: 100_000,
  // In production it wants a folder of static files.
  nodeEnv: 'development',
  api: {
    item: (id) => ({ method: 'GET', path: `/projects/${id}` }),
    page: (number) => ({ method: 'GET', path: `/projects?_page=${number + 1}&_per_page=50` }),
    create: (body) => ({ method: 'POST', path: '/projects', body }),
    update: (id, notes) => patch(`/projects/${id}`, { notes }),
  },
  script: 'node_modules/json-server/lib/bin.js',
  parameters: ({ json }, port) => [json, '--port', String(port), '--host', '127.0.0.1'],
}

const feathers: Peer = {
  name: 'feathers',
  authenticates: true,
  most: 100_000,
  nodeEnv: 'production',
  api: {
    item: (id) => ({ method: 'GET', path: `/projects/${id}` }),
    page: (number) => ({ method: 'GET', path: `/projects?$limit=50&$skip=${50 * number}` }),
    search: (needle) => ({
      method: 'GET',
      path: `/projects?$limit=50&projectName[$like]=${encodeURIComponent(`%${needle}%`)}`,
    }),
    create: (body) => ({ method: 'POST', path: '/projects', body }),
    update: (id, notes) => patch(`/projects/${id}`, { notes }),
  },
  script: 'server.mjs',
  parameters: () => [],
  async authorize(port) {
    const user = { email: 'bench@example.com', password: 'a password of the benchmark' }
    await post(port, '/users', user)
    const { accessToken } = await post(port, '/authentication', { strategy: 'local', ...user })
    return `Bearer ${accessToken}`
  },
}

const documentId = (id: number) => `a${String(id).padStart(23, '0')}`

const strapi: Peer = {
  name: 'strapi',
  authenticates: true,
  most: 100_000,
  nodeEnv: 'production',
  api: {
    item: (id) => ({ method: 'GET', path: `/api/projects/${documentId(id)}` }),
    page: (number) => ({
      method: 'GET',
      path: `/api/projects?pagination[page]=${number + 1}&pagination[pageSize]=50`,
    }),
    search: (needle) => ({
      method: 'GET',
      path: `/api/projects?pagination[pageSize]=50&filters[projectName][$containsi]=${encodeURIComponent(needle)}`,
    }),
    create: (data) => ({ method: 'POST', path: '/api/projects', body: { data } }),
    update: (id, notes) => ({
      method: 'PUT',
      path: `/api/projects/${documentId(id)}`,
      body: { data: { notes } },
    }),
  },
  script: 'node_modules/@strapi/strapi/bin/strapi.js',
  parameters: () => ['start'],
  authorize: async (_, { token }) => `Bearer ${readFileSync(token, 'utf8')}`,
}

export const peers: readonly Peer[] = [jsonServer, feathers, strapi]

/** Seconds; the first start imports 100,000 projects. */
const START_SECONDS = 300

/** Starts a peer as its users would, on this many projects, after a first start that imports them. */
export async function startPeer(peer: Peer, projects: number): Promise<Program> {
  const folder = join(ROOT, 'bench/peers', peer.name)
  install(peer, folder)
  const port = await freePort()
  const files = filesOf(peer, projects)
  const run = (env: Record<string, string>) =>
    start(peer.script, peer.parameters(files, port), {
      cwd: folder,
      env: {
        ...process.env,
        NODE_ENV: peer.nodeEnv,
        PORT: String(port),
        DATABASE_FILE: files.database,
        STRAPI_TELEMETRY_DISABLED: 'true',
        STRAPI_DISABLE_UPDATE_NOTIFICATION: 'true',
        ...env,
      },
    })
  const headers: Record<string, string> = {}
  if (peer.authorize) {
    const first = run({ SEED_FILE: files.json, TOKEN_FILE: files.token })
    await untilItAnswers(port, first, START_SECONDS)
    headers.Authorization = await peer.authorize(port, files)
    await stopChild(first)
  }
  return running(peer.name, port, run({}), { api: peer.api, headersOf: () => headers }, START_SECONDS)
}

function filesOf({ name }: Peer, projects: number): PeerFiles {
  const folder = join(runFolder(), `${name}-${projects}`)
  mkdirSync(folder)
  const json = join(folder, 'db.json')
  const now = new Date().toISOString()
  const all = Array.from({ length: projects }, (_, at) => ({
    id: String(at + 1),
    projectEnabled: true,
    ...sampleProject(at + 1, projects),
    createdAt: now,
    updatedAt: now,
  }))
  writeFileSync(json, JSON.stringify({ projects: all }))
  return { json, database: join(folder, 'data.db'), token: join(folder, 'token') }
}

/** Installs a peer if its lock file or Node has changed. Of its packages' install scripts only one is run. */
function install({ name }: Peer, folder: string): void {
  const stampFile = join(folder, 'node_modules/.bench-installed')
  const stamp = createHash('sha256')
    .update(process.version)
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.log(`Installing ${name} (some minutes the first time) …`)
  npm(folder, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
  if (existsSync(join(folder, 'node_modules/better-sqlite3')))
    npm(folder, 'rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error')
  writeFileSync(stampFile, stamp)
}

function npm(cwd: string, ...parameters: string[]): void {
  const { status } = spawnSync('npm', parameters, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm ${parameters[0]} failed in ${cwd}`)
}

async function post(port: number, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text}`)
  return JSON.parse(text)
}
