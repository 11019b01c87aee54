import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries, unprivileged } from '../test/postgres-binaries.ts'

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
