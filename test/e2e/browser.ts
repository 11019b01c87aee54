import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const INSTALL = 'apt-get update && apt-get install -y --no-install-recommends chromium'

/** A Chromium without a window, which asks for nothing by itself. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findOrInstall(),
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })
}

const isRoot = process.getuid?.() === 0

async function findOrInstall(): Promise<string> {
  if (find() === undefined) await install()
  const path = find()
  if (path !== undefined) return path
  throw new Error(
    `These tests need Chromium. Install it, on Debian with: ${INSTALL}. Or name one in CHROMIUM_PATH.`,
  )
}

function find(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where nobody has to be asked. Test files run at the same time: the first installs, the others wait for it. */
async function install(): Promise<void> {
  const canSudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0
  if (!isRoot && !canSudo) return
  console.error('Installing Chromium …')
  const once = `command -v ${NAMES[0]} > /dev/null || { ${INSTALL}; }`
  const locked = ['flock', join(tmpdir(), 'timetrack-chromium.lock'), 'sh', '-c', once]
  const [command = '', ...parameters] = canSudo ? ['sudo', '-n', ...locked] : locked
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await new Promise((resolve) => {
    spawn(command, parameters, { env, stdio: ['ignore', 2, 2] })
      .on('error', resolve)
      .on('close', resolve)
  })
}

const LIMIT_MS = 10_000

/** Tries until it succeeds: for what the page, or the server behind it, reaches in a moment. */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + LIMIT_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(50)
    }
  }
}
