import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Where Debian keeps what is for administrators, which is not in the PATH of everybody. */
const FOR_ADMINISTRATORS = '/usr/sbin'

const isRoot = process.getuid?.() === 0

/** The path of the first of these programs that is there; where none is, Debian's package of the first is installed. */
export async function findOrInstall(...names: [string, ...string[]]): Promise<string> {
  const install = `apt-get update && apt-get install -y --no-install-recommends ${names[0]}`
  if (find(names) === undefined) await asRoot(names[0], install)
  const path = find(names)
  if (path !== undefined) return path
  throw new Error(`These tests need ${names[0]}. Install it, on Debian with: ${install}.`)
}

function find(names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), FOR_ADMINISTRATORS]
  return names
    .flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian starts a service that it installs, unless this program says that it may not. */
const WITHOUT_SERVICE = `policy=/usr/sbin/policy-rc.d
[ -e $policy ] || { trap 'rm -f $policy' EXIT; printf '#!/bin/sh\\nexit 101\\n' > $policy; chmod +x $policy; }`

/** Where nobody has to be asked. Test files run at the same time: the first installs, the others wait for it. */
async function asRoot(program: string, install: string): Promise<void> {
  const canSudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0
  if (!isRoot && !canSudo) return
  console.error(`Installing ${program} …`)
  const once = `command -v ${program} > /dev/null || {\n${WITHOUT_SERVICE}\n${install}\n}`
  const locked = ['flock', join(tmpdir(), 'timetrack-install.lock'), 'sh', '-c', once]
  const [command = '', ...parameters] = canSudo ? ['sudo', '-n', ...locked] : locked
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await new Promise((resolve) => {
    spawn(command, parameters, { env, stdio: ['ignore', 2, 2] })
      .on('error', resolve)
      .on('close', resolve)
  })
}
