import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, freePort, runFolder, stopChild, untilItAnswers } from './process.ts'
import { type Program, ROOT, running, start } from './programs.ts'
import { sampleProject } from './projects.ts'
import type { Api } from './requests.ts'

/**
 * The day as of which npm chooses the packages that peers depend on, so that they stay the same without lock files. Of
 * better-sqlite3 they find the copy of this project, in a folder above theirs: one build serves all contestants.
 */
const AS_OF = '2026-11-27'

/** A server that somebody could use instead, as it comes from npm. */
export interface Peer {
  readonly name: string
  readonly authenticates: boolean
  readonly api: Api
  readonly nodeEnv: 'production' | 'development'
  /** The script that starts it, inside its folder, and the script's parameters. */
  readonly script: string
  parameters(files: PeerFiles, port: number): string[]
  /** Gives the value of its Authorization header, during its first start. */
  authorize?(port: number, files: PeerFiles): Promise<string>
}

interface PeerFiles {
  /** All projects in the format of json-server. */
  readonly json: string
  readonly database: string
  readonly token: string
}

const patch = (path: string, body: object) => ({ method: 'PATCH', path, body })

const jsonServer: Peer = {
  name: 'json-server',
  authenticates: false,
  // In production it requires a folder of static files.
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

/** A first start imports up to 100,000 projects. */
const START_SECONDS = 300

/** Starts a peer as its users would, with so many projects, which a first start has imported. */
export async function startPeer(peer: Peer, projects: number): Promise<Program> {
  const folder = install(peer.name)
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

/** The folder of a peer with its packages, which are installed where they are not in the cache. No script of theirs runs. */
function install(name: string): string {
  const source = join(ROOT, 'bench/peers', name)
  const version = createHash('sha256')
    .update(AS_OF)
    .update(readFileSync(join(source, 'package.json')))
    .digest('hex')
    .slice(0, 12)
  const folder = join(CACHE, 'peers', `${name}-${version}`)
  cpSync(source, folder, { recursive: true })
  // npm writes it last.
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return folder
  console.log(`Installing ${name} …`)
  const parameters = ['install', `--before=${AS_OF}`, '--ignore-scripts', '--no-audit', '--no-fund']
  const { status } = spawnSync('npm', [...parameters, '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`${name} cannot be installed`)
  return folder
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
