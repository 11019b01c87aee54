// Installs what is missing and builds what has changed; quick if there is nothing to do. It imports only Node's own
// modules, because it runs before anything is installed. Its output goes to stderr.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const path = (...names) => join(root, ...names)
const NATIVE_MODULE = path('node_modules/better-sqlite3/build/Release/better_sqlite3.node')
const INSTALLED = path('node_modules/.timetrack-installed')
const BUILT = path('dist/.timetrack-built')
const WEB = path('web/dist')
const BUILT_WEB = join(WEB, '.timetrack-built')
/** A symbolic link whose target is the id of the process that is preparing. */
const LOCK = path('dist/.preparing')
const LOCK_LIMIT_MS = 15 * 60_000

/** Whether this Node is at least one of these releases, or of a line that is newer than all of them. */
function isAtLeast(...releases) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return releases.some(([line, least]) => major === line && minor >= least) || major > releases.at(-1)[0]
}

/** Installs, and unless `packagesOnly` builds. */
export async function prepare({ packagesOnly = false } = {}) {
  if (!isAtLeast([20, 12])) fail(`Node ${process.version} is too old: install Node 20.12 or newer.`)
  const hasWeb = !packagesOnly && existsSync(path('web/index.html'))
  // What Vite needs. Its own parts are not even installed on an older Node.
  const canBuildWeb = isAtLeast([20, 19], [22, 12])
  if (hasWeb && !canBuildWeb)
    console.error(
      'The web app is not built: that takes Node 20.19, 22.12 or newer. The API works without it.',
    )
  const steps = [
    [INSTALLED, installed, install],
    ...(packagesOnly ? [] : [[BUILT, built, build]]),
    ...(hasWeb && canBuildWeb ? [[BUILT_WEB, builtWeb, buildWeb]] : []),
  ]
  if (steps.every(([stampFile, inputs]) => isCurrent(stampFile, inputs))) return
  mkdirSync(path('dist'), { recursive: true })
  while (!takeLock()) {
    if (isAbandoned()) releaseLock()
    else await sleep(100)
  }
  process.once('exit', releaseLock)
  for (const step of steps) ifChanged(...step)
  process.removeListener('exit', releaseLock)
  releaseLock()
}

function takeLock() {
  try {
    symlinkSync(String(process.pid), LOCK)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Whether its owner has ended without releasing it; in a container that was restarted, the owner had our own id. */
function isAbandoned() {
  try {
    const owner = Number(readlinkSync(LOCK))
    if (owner === process.pid || Date.now() - lstatSync(LOCK).mtimeMs > LOCK_LIMIT_MS) return true
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function releaseLock() {
  rmSync(LOCK, { force: true })
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
  return contents(filesIn('src').filter((name) => /\.(?:ts|mjs)$/.test(name)))
}

/** What the build of the web app depends on: its files, and those of the server that run in browsers, too. */
function builtWeb() {
  const own = filesIn('web').filter((name) => !/^web.(?:dist|node_modules)\b/.test(name))
  const shared = filesIn('src').filter(
    (name) => !/^src.(?:cli|db)\b|\.(?:store|statements|routes|plugin)\.ts$/.test(name),
  )
  return contents([...own, ...shared])
}

const filesIn = (folder) =>
  readdirSync(path(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort()

function contents(files) {
  return [...files, 'package-lock.json', 'scripts/prepare.mjs'].flatMap((name) => [
    name,
    readFileSync(path(name)),
  ])
}

function ifChanged(stampFile, inputs, action) {
  if (isCurrent(stampFile, inputs)) return
  action()
  writeFileSync(stampFile, stampOf(inputs))
}

function isCurrent(stampFile, inputs) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stampOf(inputs)
}

function stampOf(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs()) hash.update(input).update('\0')
  return hash.digest('hex')
}

function install() {
  console.error('Installing packages (a minute or two the first time) …')
  // Compiled here, and not fetched: elsewhere it may have been compiled with what object-wrap.h leaves out.
  const native = isAtLeast([24, 0])
    ? { CXXFLAGS: `-include ${path('scripts/object-wrap.h')}`, npm_config_build_from_source: 'true' }
    : {}
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], native)
  if (!existsSync(NATIVE_MODULE)) run('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'], native)
  if (!existsSync(NATIVE_MODULE))
    fail('better-sqlite3 was not compiled: install g++, make and python3, and try again.')
}

function build() {
  console.error('Building …')
  // Before the bundle, which starts it as a thread from beside itself.
  bundle('src/db/sqlite/sqlite-thread.mjs', 'sqlite-thread', [
    '--platform=node',
    '--target=node20',
    '--external:better-sqlite3',
  ])
  bundle('src/main.ts', 'timetrack', [
    '--platform=node',
    '--target=node20',
    // Otherwise esbuild recompiles such expressions at every use.
    '--supported:regexp-unicode-property-escapes=true',
    ...['--external:better-sqlite3', '--external:@node-rs/argon2'],
    // Less text to read at every start; names are kept for stack traces.
    ...['--minify-whitespace', '--minify-syntax'],
    // Packages in CommonJS call require, which an ES module lacks.
    "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  ])
  bundle('src/sdk/index.ts', 'sdk', ['--platform=neutral', '--target=es2022'])
  run(path('node_modules/.bin/tsc'), [
    path('src/sdk/index.ts'),
    ...[
      '--ignoreConfig',
      '--declaration',
      '--emitDeclarationOnly',
      '--rewriteRelativeImportExtensions',
      '--strict',
    ],
    ...['--module', 'nodenext', '--target', 'es2023', '--outDir', path('dist/sdk')],
  ])
}

function buildWeb() {
  console.error('Building the web app …')
  const fresh = path('dist/web.new')
  const old = path('dist/web.old')
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  const parameters = ['build', path('web'), '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
  // When tests build, it is set to test, and React would be bundled in its slow development form.
  run(path('node_modules/.bin/vite'), parameters, { NODE_ENV: 'production' })
  for (const entry of readdirSync(fresh, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && /\.(?:js|css|svg)$/.test(entry.name))
      compress(join(entry.parentPath ?? entry.path, entry.name))
  if (existsSync(WEB)) renameSync(WEB, old)
  renameSync(fresh, WEB)
  rmSync(old, { recursive: true, force: true })
}

/** Once here instead of for each request: the best compression takes a second. */
function compress(file) {
  const bytes = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(bytes))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}

/** Built beside the previous one and renamed, so that a start finds the old one or the new one, never half of one. */
function bundle(entry, name, options) {
  const fresh = path(`dist/${name}.new.mjs`)
  run(path('node_modules/.bin/esbuild'), [
    path(entry),
    `--outfile=${fresh}`,
    ...['--bundle', '--format=esm', '--sourcemap=external', '--log-level=warning'],
    `--footer:js=//# sourceMappingURL=${name}.mjs.map`,
    ...options,
  ])
  renameSync(`${fresh}.map`, path(`dist/${name}.mjs.map`))
  renameSync(fresh, path(`dist/${name}.mjs`))
}

function run(command, parameters, settings = {}) {
  const env = { ...process.env, ...settings }
  const { status, error } = spawnSync(command, parameters, { cwd: root, env, stdio: ['ignore', 2, 2] })
  if (status !== 0)
    fail(`${command} ${parameters[0]} failed${error ? `: ${error.message}` : ''}. The lines above say why.`)
}

function fail(sentence) {
  console.error(`timetrack: ${sentence}`)
  process.exit(1)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await prepare({ packagesOnly: process.argv[2] === '--packages' })
