// Runs the quick tests on another Node, in a copy of the checkout with packages of its own: npm run test:node -- 26.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The newest release of each line that is supported. The packages hold what nodejs.org offers, its headers included. */
const RELEASES: Readonly<Record<string, string>> = {
  20: '20.20.2',
  22: '22.23.3',
  24: '24.21.0',
  26: '26.12.1',
}

const root = fileURLToPath(new URL('..', import.meta.url))
/** What a checkout makes for itself. */
const OWN = new Set(['.cache', '.git', 'data', 'dist', 'node_modules'])

const [line = ''] = process.argv.slice(2)
const release = RELEASES[line]
if (release === undefined) {
  console.error(`Name a line of Node: npm run test:node -- ${Object.keys(RELEASES).join(' | ')}`)
  process.exit(2)
}
const cache = join(root, '.cache', `node-${line}`)
const checkout = join(cache, 'checkout')

const node = installNode(`node-${process.platform}-${process.arch}`, release)
copyCheckout()
console.error(`The quick tests on Node ${release}:`)
const { PATH = '' } = process.env
// Packages are compiled with the headers of this Node, and not with those of the machine's.
run(checkout, ['run', 'test:quick'], { PATH: `${join(node, 'bin')}:${PATH}`, npm_config_nodedir: node })

/** Gives the folder of a release. */
function installNode(name: string, version: string): string {
  mkdirSync(cache, { recursive: true })
  run(cache, ['install', '--prefix', cache, '--no-save', '--no-package-lock', `${name}@${version}`])
  return join(cache, 'node_modules', name)
}

/** Makes the copy what the checkout is now; the packages in it stay. */
function copyCheckout(): void {
  mkdirSync(checkout, { recursive: true })
  for (const name of readdirSync(checkout))
    if (!OWN.has(name)) rmSync(join(checkout, name), { recursive: true })
  for (const name of readdirSync(root))
    if (!OWN.has(name))
      cpSync(join(root, name), join(checkout, name), {
        recursive: true,
        filter: (path) => !OWN.has(path.split('/').at(-1) ?? ''),
      })
}

function run(cwd: string, npm: string[], settings: Readonly<Record<string, string>> = {}): void {
  const env = { ...process.env, ...settings }
  const { status } = spawnSync('npm', npm, { cwd, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
