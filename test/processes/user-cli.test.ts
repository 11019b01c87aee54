import { describe, expect } from 'vitest'
import { type Reply, send } from '../harness.ts'
import { createAccount, it, locationIn, type Outcome, run, type Server, startServer } from '../process.ts'
import { bytesOf } from '../store.ts'

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const PASSWORD = 'correct horse battery'

/** The token of the link that a command has printed. */
function printed({ stdout, stderr, code }: Outcome, account: string, port: number): string {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const link = new RegExp(
    `^ {2}http://${account}\\.localhost:${port}/app/sign-in#(ttl_\\d+_[\\w-]{43})$`,
    'm',
  )
  expect(stdout).toMatch(link)
  return link.exec(stdout)![1]!
}

const post = ({ port }: Server, path: string, body: object): Promise<Reply> =>
  send(port, 'POST', `/app/api${path}`, { body, headers: { 'Sec-Fetch-Site': 'same-origin' } })

describe('user', () => {
  it('create: the printed link signs in, beside a running server; --admin makes an admin', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    await createAccount(folder, 'acme')
    for (const [name, options] of [
      ['anna', ['--admin']],
      ['Bert@example.com', []],
    ] as const) {
      const token = printed(await run(folder, ['user', 'create', 'acme', name, ...options]), 'acme', 0)
      const { status, json } = await post(server, '/session/link', { token, password: PASSWORD })
      expect([status, json.account, json.user]).toMatchObject([
        200,
        'acme',
        { username: name, admin: options.length > 0 },
      ])
    }
  })

  it('the link names the port of the settings, and the base domain', async ({ folder }) => {
    await createAccount(folder, 'acme')
    const { stdout } = await run(folder, ['user', 'create', 'acme', 'anna'], {
      PORT: '8080',
      BASE_DOMAIN: 'time.example.com',
    })
    expect(stdout).toMatch(/^ {2}http:\/\/acme\.time\.example\.com:8080\/app\/sign-in#ttl_1_/m)
  })

  it('link: lets who forgot the password set a new one; the old one is good until then', async ({
    folder,
  }) => {
    const server = await startServer(folder)
    await createAccount(folder, 'acme')
    const first = printed(await run(folder, ['user', 'create', 'acme', 'anna']), 'acme', 0)
    await post(server, '/session/link', { token: first, password: PASSWORD })
    const second = printed(await run(folder, ['user', 'link', 'acme', 'ANNA']), 'acme', 0)
    const signIn = async (password: string) =>
      (await post(server, '/session', { account: 'acme', username: 'anna', password })).status
    expect(await signIn(PASSWORD)).toBe(200)
    expect((await post(server, '/session/link', { token: second, password: 'a new password' })).status).toBe(
      200,
    )
    expect([await signIn(PASSWORD), await signIn('a new password')]).toEqual([401, 200])
  })

  it('list: names the users of the account, with no password and no link', async ({ folder }) => {
    const server = await startServer(folder)
    await createAccount(folder, 'acme')
    await createAccount(folder, 'other')
    await run(folder, ['user', 'create', 'other', 'carl'])
    const token = printed(await run(folder, ['user', 'create', 'acme', 'anna', '--admin']), 'acme', 0)
    await run(folder, ['user', 'create', 'acme', 'bert'])
    await post(server, '/session/link', { token, password: PASSWORD })
    const { stdout } = await run(folder, ['user', 'list', 'acme'])
    expect(stdout).toMatch(
      new RegExp(
        `^USER +ROLE +CREATED +STATE\nanna +admin +${TIME} +has a password\nbert +user +${TIME} +has not signed in yet\n$`,
      ),
    )
    const kept = (await bytesOf({ location: locationIn(folder) })).toString('latin1')
    for (const text of [stdout, kept]) {
      expect(text).not.toContain(token.slice(-43))
      expect(text).not.toContain(PASSWORD)
    }
  })

  it('exit 1: a name that is taken, by whatever case; an account or user that is not there', async ({
    folder,
  }) => {
    await createAccount(folder, 'acme')
    await run(folder, ['user', 'create', 'acme', 'anna'])
    for (const [parameters, sentence] of [
      [['create', 'acme', 'Anna'], /^timetrack: A user Anna of acme already exists\. .*\n$/],
      [['create', 'nobody', 'anna'], /^timetrack: No account is called nobody\. .*\n$/],
      [['list', 'nobody'], /^timetrack: No account is called nobody\. .*\n$/],
      [['link', 'acme', 'bert'], /^timetrack: acme has no user bert\. .*\n$/],
    ] as const) {
      const { code, stdout, stderr } = await run(folder, ['user', ...parameters])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(sentence)
    }
  })

  it('exit 2: a name that no user can have', async ({ folder }) => {
    const names = ['', 'a b', 'a/b', 'a\n', 'a'.repeat(65), '<x>', '😀']
    const outcomes = await Promise.all(
      names.map((name) => run(folder, ['user', 'create', 'acme', '--', name])),
    )
    expect(outcomes.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      names.map(() => ({ code: 2, stdout: '' })),
    )
  })
})

describe('two servers on one file', () => {
  it('count wrong passwords together, and honour a sign-out of the other within a second', async ({
    folder,
  }) => {
    const [one, other] = await Promise.all([startServer(folder), startServer(folder)])
    await createAccount(folder, 'acme')
    const token = printed(await run(folder, ['user', 'create', 'acme', 'anna']), 'acme', 0)
    const signedIn = await post(one, '/session/link', { token, password: PASSWORD })
    const headers = {
      Cookie: signedIn.headers['set-cookie']![0]!.split(';')[0]!,
      'Sec-Fetch-Site': 'same-origin',
    }
    const status = async (server: Server) =>
      (await send(server.port, 'GET', '/api/v2/ext/projects', { headers })).status
    expect([await status(one), await status(other)]).toEqual([200, 200])
    await send(other.port, 'DELETE', '/app/api/session', { headers })
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect([await status(one), await status(other)]).toEqual([401, 401])
    // Five are free. A server that counted for itself would give five of its own.
    const guess = async (number: number) => {
      const body = { account: 'acme', username: 'anna', password: 'wrong password' }
      return (await post(number % 2 ? one : other, '/session', body)).status
    }
    let guesses = 1
    while ((await guess(guesses)) === 401) guesses++
    expect(guesses).toBeGreaterThan(5)
    expect(guesses).toBeLessThanOrEqual(10)
  })
})
