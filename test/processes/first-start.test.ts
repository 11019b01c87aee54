import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect } from 'vitest'
import { onPostgres } from '../engine.ts'
import { send } from '../harness.ts'
import {
  type Child,
  call,
  createAccount,
  credentialsFileOf,
  databaseOf,
  it,
  onTerminal,
  paste,
  ready,
  run,
  type Server,
  serveCommand,
  startServer,
} from '../process.ts'

const KEY = /ttk_1_[\w-]{16}/
/** 160 bits and more: 27 characters of base64url. */
const SECRET = /tts_[\w-]{27,}/
const LINK = /ttl_1_[\w-]{27,}/

/** The indented lines that a first start prints to be pasted. */
const commandsOf = ({ stdout }: Child) =>
  stdout
    .split(/\r?\n/)
    .filter((line) => /^ {2}(?:\. |curl )/.test(line))
    .join('\n')

const created = expect.objectContaining({
  ID: 1,
  projectName: 'Test project 001',
  clientName: 'Test company',
})

/** Pastes the printed lines: they create a project and list it. */
async function expectToWork(folder: string, commands: string) {
  const [project = '', createStatus, list = '', listStatus, ...more] = await paste(folder, commands)
  expect({ createStatus, listStatus, more }).toEqual({ createStatus: '201', listStatus: '200', more: [] })
  expect(JSON.parse(project)).toEqual(created)
  expect(JSON.parse(list)).toEqual([JSON.parse(project)])
}

function credentialsIn(file: string) {
  const text = readFileSync(file, 'utf8')
  const [, signIn = ''] = /^export TIMETRACK_SIGN_IN='(.*)'$/m.exec(text) ?? []
  return { apiKey: KEY.exec(text)?.[0] ?? '', apiSecret: SECRET.exec(text)?.[0] ?? '', signIn }
}

/** Uses a sign-in link: it lets the admin in, once. */
async function expectAdmin(server: Server, link: string): Promise<void> {
  const use = () =>
    send(server.port, 'POST', '/app/api/session/link', {
      body: { token: LINK.exec(link)?.[0], password: 'correct horse' },
      headers: { 'Sec-Fetch-Site': 'same-origin', Host: new URL(link).host },
    })
  const { status, json } = await use()
  expect([status, json.account, json.user]).toEqual([
    200,
    'testaccount',
    { id: 1, username: 'admin', admin: true },
  ])
  expect((await use()).status).toBe(401)
}

const fileOf = credentialsFileOf

describe.concurrent('the first start', () => {
  it('without a terminal: the secret goes into a file of mode 0600, and the printed lines work', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    const { apiSecret } = credentialsIn(fileOf(folder))
    expect(statSync(fileOf(folder)).mode & 0o777).toBe(0o600)
    if (!onPostgres) expect(statSync(databaseOf(folder)).mode & 0o777).toBe(0o600)
    expect(server.stdout).toContain(fileOf(folder))
    expect(apiSecret).toMatch(SECRET)
    expect(server.stdout + server.stderr).not.toContain(apiSecret)
    expect(server.stdout + server.stderr).not.toMatch(SECRET)
    expect(server.stdout).toContain(`http://testaccount.localhost:${server.port}/api/v2/ext/projects`)
    await expectToWork(folder, commandsOf(server))
    const { signIn } = credentialsIn(fileOf(folder))
    expect(signIn).toMatch(
      new RegExp(`^http://testaccount\\.localhost:${server.port}/app/sign-in#${LINK.source}$`),
    )
    expect(server.stdout + server.stderr).not.toMatch(LINK)
    await expectAdmin(server, signIn)
    const sourced = spawnSync('sh', ['-c', `. '${fileOf(folder)}'; printf %s "$TIMETRACK_SIGN_IN"`])
    expect(sourced.stdout.toString()).toBe(signIn)
  })

  it('in a folder whose name has a space and an apostrophe: the printed lines work', async ({
    folder: parent,
  }) => {
    const folder = join(parent, "time track's")
    mkdirSync(folder)
    await expectToWork(folder, commandsOf(await startServer(folder)))
  })

  it('beside a file of credentials from an earlier database: starts, and the file has the new ones', async ({
    folder,
  }) => {
    mkdirSync(dirname(fileOf(folder)), { recursive: true })
    writeFileSync(fileOf(folder), 'TIMETRACK_KEY=old\nTIMETRACK_SECRET=old\n')
    chmodSync(fileOf(folder), 0o644)
    const server = await startServer(folder)
    const [, file = ''] = /in (\/\S+\.credentials\S*)/.exec(server.stdout) ?? []
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expectToWork(folder, commandsOf(server))
  })

  it('on a terminal: prints the key, the secret and lines that work, and writes no file', async ({
    folder,
  }) => {
    const server = await ready(await onTerminal(folder, serveCommand))
    const { apiKey, apiSecret } = {
      apiKey: /Key: +(\S+)/.exec(server.stdout)?.[1] ?? '',
      apiSecret: /Secret: +(\S+)/.exec(server.stdout)?.[1] ?? '',
    }
    expect(apiKey).toMatch(KEY)
    expect(apiSecret).toMatch(SECRET)
    expect(existsSync(fileOf(folder))).toBe(false)
    expect(server.stdout).toContain(`http://testaccount.localhost:${server.port}/api/v2/ext/projects`)
    await expectToWork(folder, commandsOf(server))
    expect((await call(server, { apiKey, apiSecret }, 'GET', '/projects/1')).status).toBe(200)
    const signIn = /^ +(http:\S+#ttl_\S+?)\r?$/m.exec(server.stdout)?.[1] ?? ''
    expect(signIn).toContain(`http://testaccount.localhost:${server.port}/app/sign-in#`)
    await expectAdmin(server, signIn)
  })

  it('that cannot write the file says so, and makes no account', async ({ folder }) => {
    mkdirSync(fileOf(folder), { recursive: true })
    const { code, stderr } = await run(folder, ['serve'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^timetrack: The key of the first account cannot be written to .*\n$/)
    expect(readdirSync(dirname(fileOf(folder))).filter((name) => name.includes('credentials'))).toHaveLength(
      1,
    )
    rmdirSync(fileOf(folder))
    await expectToWork(folder, commandsOf(await startServer(folder)))
  })

  it('of three servers at once makes one account and prints one secret', async ({ folder }) => {
    const servers = await Promise.all([startServer(folder), startServer(folder), startServer(folder)])
    expect(servers.filter(({ stdout }) => stdout.includes(fileOf(folder)))).toHaveLength(1)
    const credentials = credentialsIn(fileOf(folder))
    for (const server of servers)
      expect((await call(server, credentials, 'GET', '/projects')).status).toBe(200)
    expect((await run(folder, ['account', 'list'])).stdout.match(/testaccount/g)).toHaveLength(1)
  })

  it('makes no account where there is one already', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    expect(server.stdout).not.toContain('testaccount')
    expect(existsSync(fileOf(folder))).toBe(false)
    expect((await call(server, credentials, 'GET', '/projects')).status).toBe(200)
  })
})

describe('later starts', () => {
  it('install and build nothing, print no secret, and leave the file as it is', async ({ folder }) => {
    const first = await startServer(folder)
    const before = readFileSync(fileOf(folder), 'utf8')
    first.kill('SIGTERM')
    await first.ended
    const second = await startServer(folder)
    expect(second.stderr).toBe('')
    expect(second.stdout + second.stderr).not.toMatch(/tts_|ttk_|ttl_|secret|testaccount/i)
    expect(readFileSync(fileOf(folder), 'utf8')).toBe(before)
    expect((await call(second, credentialsIn(fileOf(folder)), 'GET', '/projects')).status).toBe(200)
  })

  it('on a terminal print no secret', async ({ folder }) => {
    const first = await startServer(folder)
    first.kill('SIGTERM')
    await first.ended
    const second = await ready(await onTerminal(folder, serveCommand))
    expect(second.stdout).not.toMatch(/tts_|ttk_|secret|testaccount/i)
  })
})
