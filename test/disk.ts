import { spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './harness.ts'
import {
  Child,
  type Credentials,
  createAccount,
  databaseOf,
  environmentOf,
  ready,
  type Server,
  type Settings,
  serveCommand,
  startServer,
  timetrackCommand,
} from './process.ts'

/** Whether this user may mount file systems, in a name space of its own. */
export const canMount =
  spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs tmpfs '${temporaryFolder()}'`]).status === 0

/** A process and the folder that it works in. */
type Place = Pick<Server, 'pid' | 'home'>

interface Started {
  readonly server: Server
  readonly credentials: Credentials
}

/** A way to keep a server from writing its database, and to let it write again. */
export interface Means {
  /** What changes are answered with, and how /readyz calls it. */
  readonly code: number
  readonly status: string
  start(folder: string): Promise<Started>
  refuse(server: Place): void
  relent(server: Place): void
  /** Where the folder of the server is found from outside. */
  folderOf(server: Place): string
}

/** A shell command on a small file system of its own, which is in the place of the folder. */
export function onSmallDisk(folder: string, command: string): Child {
  const line = `mount -t tmpfs -o size=2m tmpfs '${folder}' && ${command}`
  return new Child('unshare', ['-rm', 'sh', '-c', line], environmentOf(folder))
}

export const fullDisk: Means = {
  code: 10009,
  status: 'storage is full',
  async start(folder) {
    const child = onSmallDisk(
      folder,
      `${timetrackCommand} account create acme --json && exec ${serveCommand}`,
    )
    const server = await ready(child)
    return { server, credentials: server.log.find(({ apiSecret }) => apiSecret) }
  },
  refuse: (server) => fill(join(fullDisk.folderOf(server), 'ballast')),
  relent: (server) => rmSync(join(fullDisk.folderOf(server), 'ballast')),
  folderOf: ({ pid, home }) => `/proc/${pid}/root${home}`,
}

/** The limit that `ulimit -f` sets: none of the files of the server can grow. */
export const fileLimit: Means = {
  code: 10011,
  status: 'storage does not work',
  start: startBoth,
  refuse: ({ pid, home }) => setLimit(pid, 'FSIZE', statSync(`${databaseOf(home)}-wal`).size),
  relent: ({ pid }) => setLimit(pid, 'FSIZE', -1),
  folderOf: ({ home }) => home,
}

interface FailingDisk extends Means {
  refuse(place: Pick<Server, 'home'>): void
  relent(place: Pick<Server, 'home'>): void
  /** Settings of a server or command that is to meet it. */
  settings(folder: string): Settings
}

/** System calls on the file that fail as test/failing-disk.cc says. */
export function failingDisk(plan: string, code: number, status: string): FailingDisk {
  const settings = (folder: string) => ({ LD_PRELOAD: failingDiskLibrary(), FAILING_DISK: planOf(folder) })
  return {
    code,
    status,
    settings,
    start: (folder) => startBoth(folder, settings(folder)),
    refuse({ home }) {
      writeFileSync(`${planOf(home)}.new`, plan)
      renameSync(`${planOf(home)}.new`, planOf(home))
    },
    relent: ({ home }) => rmSync(planOf(home)),
    folderOf: ({ home }) => home,
  }
}

/** Sets a limit of a running process, or with -1 none, as `prlimit` does. */
export function setLimit(pid: number, name: 'FSIZE' | 'NOFILE', value: number): void {
  const program = `import resource as r; p, n = ${pid}, r.RLIMIT_${name}; h = r.prlimit(p, n)[1]; r.prlimit(p, n, (h if ${value} < 0 else ${value}, h))`
  const { status, stderr } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the limit cannot be set: ${stderr}`)
}

/** A copy of the database as a crash would leave it now; the server has nothing to do meanwhile. */
export function crashImage(folder: string, into: string): string {
  const copy = databaseOf(mkdtempSync(join(into, 'image-')))
  for (const part of ['', '-wal']) copyFileSync(databaseOf(folder) + part, copy + part)
  return copy
}

async function startBoth(folder: string, settings: Settings = {}): Promise<Started> {
  const credentials = await createAccount(folder, 'acme')
  return { credentials, server: await startServer(folder, settings) }
}

function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(4096))
  } catch (error: any) {
    if (error.code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}

const planOf = (folder: string) => join(folder, 'plan')

let library: string | undefined

function failingDiskLibrary(): string {
  if (library) return library
  library = join(temporaryFolder(), 'failing-disk.so')
  const source = fileURLToPath(new URL('failing-disk.cc', import.meta.url))
  const { status, stderr } = spawnSync('g++', ['-shared', '-fPIC', '-o', library, source], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`test/failing-disk.cc cannot be compiled: ${stderr}`)
  return library
}
