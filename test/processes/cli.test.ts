import { describe, expect } from 'vitest'
import { migrations } from '../../src/db/migrations/index.ts'
import { ask } from '../engine.ts'
import {
  call,
  createAccount,
  it,
  locationIn,
  type Outcome,
  run,
  type Server,
  startServer,
} from '../process.ts'
import { bytesOf } from '../store.ts'

const KEY = /^ttk_\d+_[\w-]{16}$/
/** 160 bits and more: 27 characters of base64url. */
const SECRET = /^tts_[\w-]{27,}$/
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
/** Within this time the server honours what the command line did. */
const HONOURED_MS = 1_000

/** The key and secret that a command has printed, each on a line of its own. */
function printed({ stdout, code }: Outcome) {
  expect(code).toBe(0)
  const apiKey = /^Key: +(\S+)$/m.exec(stdout)?.[1] ?? ''
  const apiSecret = /^Secret: +(\S+)$/m.exec(stdout)?.[1] ?? ''
  expect(apiKey).toMatch(KEY)
  expect(apiSecret).toMatch(SECRET)
  return { apiKey, apiSecret }
}

const statusWith = async (server: Server, credentials: { apiKey: string; apiSecret: string }) =>
  (await call(server, credentials, 'GET', '/projects')).status

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.concurrent('account', () => {
  it('create --json: the last line is one object with account, apiKey and apiSecret', async ({ folder }) => {
    const { code, stdout, stderr } = await run(folder, ['account', 'create', 'acme', '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toEqual({
      account: 'acme',
      apiKey: expect.stringMatching(KEY),
      apiSecret: expect.stringMatching(SECRET),
    })
  })

  it('create without --json prints key and secret, and list names the accounts without them', async ({
    folder,
  }) => {
    const { apiKey, apiSecret } = printed(await run(folder, ['account', 'create', 'acme']))
    await createAccount(folder, '2-nd')
    const { code, stdout, stderr } = await run(folder, ['account', 'list'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^ACCOUNT +NUMBER +CREATED\nacme +1 +${TIME}\n2-nd +2 +${TIME}\n$`))
    expect(stdout).not.toContain(apiKey)
    expect(stdout).not.toContain(apiSecret)
  })

  it('exit 1: a name that is taken', async ({ folder }) => {
    await createAccount(folder, 'acme')
    const { code, stdout, stderr } = await run(folder, ['account', 'create', 'acme'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^timetrack: .*acme.*already exists.*\n$/)
  })

  it('exit 2: a name that no account can have', async ({ folder }) => {
    const names = ['Acme', 'a.b', '-a', 'a_b', '', 'ä', 'a'.repeat(64), 'api']
    const outcomes = await Promise.all(names.map((name) => run(folder, ['account', 'create', '--', name])))
    expect(outcomes.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      names.map(() => ({ code: 2, stdout: '' })),
    )
    expect((await run(folder, ['account', 'create', 'a'.repeat(63)])).code).toBe(0)
  })

  it('several at once: each has a number of its own', async ({ folder }) => {
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => run(folder, ['account', 'create', name])),
    )
    const numbers = outcomes.map((outcome) => printed(outcome).apiKey.split('_')[1]).sort()
    expect(numbers).toEqual(['1', '2', '3', '4'])
  })
})

describe.concurrent('beside a running server', () => {
  it('a new account and a new key work at once; a read-only key reads and does not change', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    const first = await createAccount(folder, 'acme')
    expect(await statusWith(server, first)).toBe(200)
    const second = printed(await run(folder, ['key', 'create', 'acme']))
    expect(second.apiKey).not.toBe(first.apiKey)
    expect(await statusWith(server, second)).toBe(200)
    const reader = printed(await run(folder, ['key', 'create', 'acme', '--read-only']))
    expect(await statusWith(server, reader)).toBe(200)
    const change = { projectName: 'P', clientName: 'C' }
    expect((await call(server, reader, 'POST', '/projects', change)).status).toBe(403)
    expect((await call(server, second, 'POST', '/projects', change)).status).toBe(201)
  })

  it('rotate: the new secret works at once, the old one ends within one second', async ({ folder }) => {
    const server = await startServer(folder)
    const old = await createAccount(folder, 'acme')
    expect(await statusWith(server, old)).toBe(200)
    const rotated = printed(await run(folder, ['key', 'rotate', old.apiKey]))
    const until = Date.now() + HONOURED_MS
    expect(rotated.apiKey).toBe(old.apiKey)
    expect(rotated.apiSecret).not.toBe(old.apiSecret)
    expect(await statusWith(server, rotated)).toBe(200)
    while (Date.now() < until) await statusWith(server, old)
    expect(await statusWith(server, old)).toBe(401)
    expect(await statusWith(server, rotated)).toBe(200)
  })

  it('rotate, with the old secret in steady use: it ends within one second', async ({ folder }) => {
    const server = await startServer(folder)
    const old = await createAccount(folder, 'acme')
    let stopped = false
    let lastGood = 0
    const using = (async () => {
      while (!stopped) {
        const began = Date.now()
        if ((await statusWith(server, old)) === 200) lastGood = began
      }
    })()
    const rotated = printed(await run(folder, ['key', 'rotate', old.apiKey]))
    const done = Date.now()
    await pause(1_500)
    stopped = true
    await using
    expect(lastGood).toBeGreaterThan(0)
    expect(lastGood - done).toBeLessThan(HONOURED_MS)
    expect(await statusWith(server, rotated)).toBe(200)
  })

  it('rotate --grace: both secrets work until the grace is over, then the new one alone', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    const old = await createAccount(folder, 'acme')
    const rotated = printed(await run(folder, ['key', 'rotate', old.apiKey, '--grace', '0.5']))
    const list = await run(folder, ['key', 'list', 'acme'])
    expect(list.stdout).toMatch(new RegExp(`old secret valid until ${TIME}\n$`))
    expect(list.stdout).not.toContain(old.apiSecret)
    expect(list.stdout).not.toContain(rotated.apiSecret)
    expect([await statusWith(server, old), await statusWith(server, rotated)]).toEqual([200, 200])
    await ask(locationIn(folder), 'update api_keys set previous_until = ?', new Date().toISOString())
    await pause(HONOURED_MS)
    expect([await statusWith(server, old), await statusWith(server, rotated)]).toEqual([401, 200])
    expect((await run(folder, ['key', 'list', 'acme'])).stdout).toMatch(/ {2}in use\n$/)
  })

  it('rotate without grace ends also a secret that was in its grace', async ({ folder }) => {
    const server = await startServer(folder)
    const first = await createAccount(folder, 'acme')
    const second = printed(await run(folder, ['key', 'rotate', first.apiKey, '--grace', '24']))
    expect([await statusWith(server, first), await statusWith(server, second)]).toEqual([200, 200])
    const third = printed(await run(folder, ['key', 'rotate', first.apiKey]))
    await pause(HONOURED_MS)
    const statuses = [first, second, third].map((credentials) => statusWith(server, credentials))
    expect(await Promise.all(statuses)).toEqual([401, 401, 200])
  })

  it('exit 1: rotate with a grace while an earlier one is running, which keeps its promise', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    const first = await createAccount(folder, 'acme')
    const second = printed(await run(folder, ['key', 'rotate', first.apiKey, '--grace', '24']))
    const { code, stdout, stderr } = await run(folder, ['key', 'rotate', first.apiKey, '--grace', '1'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      new RegExp(`^timetrack: .* stays valid until ${TIME}\\. .*without.*ends all old secrets at once\\.\n$`),
    )
    expect([await statusWith(server, first), await statusWith(server, second)]).toEqual([200, 200])
  })

  it('revoke: the key ends within one second, its neighbours stay; it cannot be rotated or revoked again', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    const kept = await createAccount(folder, 'acme')
    const revoked = printed(await run(folder, ['key', 'create', 'acme']))
    expect(await statusWith(server, revoked)).toBe(200)
    expect(await run(folder, ['key', 'revoke', revoked.apiKey])).toMatchObject({ code: 0, stderr: '' })
    await pause(HONOURED_MS)
    expect([await statusWith(server, revoked), await statusWith(server, kept)]).toEqual([401, 200])
    for (const command of ['revoke', 'rotate']) {
      const { code, stdout, stderr } = await run(folder, ['key', command, revoked.apiKey])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^timetrack: No key .* is in use\. .*\n$/)
    }
    const { stdout } = await run(folder, ['key', 'list', 'acme'])
    expect(stdout).toMatch(new RegExp(`^${revoked.apiKey} .*revoked ${TIME}$`, 'm'))
    expect(stdout).toMatch(new RegExp(`^${kept.apiKey} .*in use$`, 'm'))
  })
})

describe('secrets', () => {
  it('are nowhere but where they are shown once: not in lists, nor in the database', async ({ folder }) => {
    const account = await createAccount(folder, 'acme')
    const key = printed(await run(folder, ['key', 'create', 'acme']))
    const rotated = printed(await run(folder, ['key', 'rotate', key.apiKey, '--grace', '1']))
    const { stdout: revoked } = await run(folder, ['key', 'revoke', key.apiKey])
    const lists = await Promise.all([run(folder, ['account', 'list']), run(folder, ['key', 'list', 'acme'])])
    const texts = [
      revoked,
      ...lists.map(({ stdout, stderr }) => stdout + stderr),
      (await bytesOf({ location: locationIn(folder) })).toString('latin1'),
    ]
    for (const { apiSecret } of [account, key, rotated])
      for (const text of texts) expect(text.includes(apiSecret)).toBe(false)
    for (const text of texts.slice(0, -1)) expect(text).not.toMatch(/tts_|[0-9a-f]{64}/)
  })
})

describe.concurrent('migrate', () => {
  it('makes the database, and has nothing to do the second time', async ({ folder }) => {
    expect(await run(folder, ['migrate'])).toEqual({
      code: 0,
      stdout: `Ran ${migrations.map(({ name }) => name).join(', ')}.\n`,
      stderr: '',
    })
    expect(await run(folder, ['migrate'])).toEqual({
      code: 0,
      stdout: 'The database is up to date.\n',
      stderr: '',
    })
  })

  it('works beside a running server', async ({ folder }) => {
    await startServer(folder)
    expect((await run(folder, ['migrate'])).stdout).toBe('The database is up to date.\n')
  })
})
