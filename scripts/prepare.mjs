// Installs what is missing and builds what has changed; quick where there is nothing to do. It imports nothing
// but Node's own modules, since it runs before anything is installed. Its output goes to stderr.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const path = (...names) => join(root, ...names)
const NATIVE_MODULE = path('node_modules/better-sqlite3/build/Release/better_sqlite3.node')

export async function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 12))
    fail(`Node ${process.version} is too old: install Node 20.12 or newer.`)
  ifChanged(path('node_modules/.timetrack-installed'), installed, install)
  ifChanged(path('dist/.timetrack-built'), built, build)
}

/** What the installed packages depend on: the lockfile, and the Node that native code is compiled for. */
function installed() {
  return [
    process.version,
    process.arch,
    readFileSync(path('package-lock.json')),
    String(existsSync(NATIVE_MODULE)),
  ]
}

/** What the build depends on: the sources, and the packages that are bundled. */
function built() {
  const sources = readdirSync(path('src'), { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
  const files = [
    ...sources.map((name) => path('src', name)),
    path('package-lock.json'),
    path('scripts/prepare.mjs'),
  ]
  return files.flatMap((file) => [file.slice(root.length), readFileSync(file)])
}

function ifChanged(stampFile, inputs, action) {
  const stamp = () => {
    const hash = createHash('sha256')
    for (const input of inputs()) hash.update(input).update('\0')
    return hash.digest('hex')
  }
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return
  action()
  writeFileSync(stampFile, stamp())
}

function install() {
  console.error('Installing packages (a minute or two the first time) …')
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])
  if (!existsSync(NATIVE_MODULE)) run('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'])
  if (!existsSync(NATIVE_MODULE))
    fail('better-sqlite3 was not compiled: install g++, make and python3, and try again.')
}

function build() {
  console.error('Building …')
  run(path('node_modules/.bin/esbuild'), [
    path('src/main.ts'),
    `--outfile=${path('dist/timetrack.mjs')}`,
    ...[
      '--bundle',
      '--platform=node',
      '--target=node20',
      '--format=esm',
      '--sourcemap',
      '--log-level=warning',
    ],
    '--external:better-sqlite3',
    // Packages in CommonJS call require, which an ES module lacks.
    "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  ])
}

function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0)
    fail(`${command} ${parameters[0]} failed${error ? `: ${error.message}` : ''}. The lines above say why.`)
}

function fail(sentence) {
  console.error(`timetrack: ${sentence}`)
  process.exit(1)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await prepare()
