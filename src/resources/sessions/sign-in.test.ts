import { afterAll, expect, test } from 'vitest'
import { letPass } from '../../../test/clock.ts'
import { expectErrors } from '../../../test/expect.ts'
import { BASE, newAccount, type Reply, send, sessionHeaders, startServer } from '../../../test/harness.ts'
import { knock, newLink, newPerson, PASSWORD, signIn, tokenOf, useLink } from '../../../test/sign-in.ts'
import { ageLinks, auditOf, bytesOf, keptOf } from '../../../test/store.ts'

const server = await startServer()
const proxied = await startServer({ trustProxy: 1 })
afterAll(() => Promise.all([server.close(), proxied.close()]))

const cookie = (reply: Reply) => ({ Cookie: `timetrack_session=${tokenOf(reply)}` })
const bodyOf = ({ text, headers }: Reply) => text.replaceAll(String(headers['x-request-id']), 'ID')
const statusOf = async (reply: Reply) =>
  (await knock(server, 'GET', '/session', { headers: cookie(reply) })).status

test('200: account, username and password start a session, in the answer and in a cookie with the right attributes', async () => {
  const { owner, account, username } = await newPerson(server)
  const reply = await signIn(server, { account, username })
  expect([reply.status, reply.json]).toEqual([
    200,
    {
      account,
      user: { id: 1, username, admin: true },
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
  ])
  const days = (Date.parse(reply.json.expiresAt) - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(14)
  expect(reply.headers['set-cookie']).toEqual([
    `timetrack_session=${tokenOf(reply)}; Path=/; Max-Age=1209600; HttpOnly; SameSite=Strict`,
  ])
  expect(tokenOf(reply)).toMatch(new RegExp(`^tss_${owner.account}_[\\w-]{27,}$`))
  expect(reply.headers['cache-control']).toBe('no-store')
  const again = await knock(server, 'GET', '/session', { headers: cookie(reply) })
  expect([again.status, { ...again.json, expiresAt: '' }]).toEqual([200, { ...reply.json, expiresAt: '' }])
  expect(tokenOf(again)).toBe(tokenOf(reply))
})

test('the cookie is Secure if the browser came by https, according to a trusted proxy', async () => {
  const person = await newPerson(proxied)
  const https = { 'X-Forwarded-Proto': 'https' }
  expect((await signIn(proxied, person, PASSWORD, https)).headers['set-cookie']?.[0]).toMatch(/; Secure$/)
  expect((await signIn(proxied, person)).headers['set-cookie']?.[0]).not.toMatch(/Secure/)
  const other = await newPerson(server)
  expect((await signIn(server, other, PASSWORD, https)).headers['set-cookie']?.[0]).not.toMatch(/Secure/)
})

test('200: the account comes from the host; on a host that names none it is asked for', async () => {
  const { account, username } = await newPerson(server)
  const body = { username, password: PASSWORD }
  const named = { Host: `${account}.localhost:${server.port}` }
  expect((await knock(server, 'POST', '/session', { body, headers: named })).status).toBe(200)
  expect((await signIn(server, { account, username }, PASSWORD, named)).status).toBe(200)
  expect((await signIn(server, { account: account.toUpperCase(), username })).status).toBe(200)
  expectErrors(await knock(server, 'POST', '/session', { body }), 422, [10050, { pointer: '/account' }])
})

test('200: the username in any case, since it is unique by fold; the password to the letter', async () => {
  const { account, username } = await newPerson(server, 'Jürgen.Straße@example')
  expect((await signIn(server, { account, username: 'JÜRGEN.STRASSE@EXAMPLE' })).json.user.username).toBe(
    username,
  )
  expectErrors(await signIn(server, { account, username }, PASSWORD.toUpperCase()), 401, [11003])
  expectErrors(await signIn(server, { account, username }, ` ${PASSWORD}`), 401, [11003])
})

test('401: a wrong account, user or password all get the same answer, and no cookie', async () => {
  const [person, other] = [await newPerson(server), await newPerson(server, 'bert')]
  const invited = await newPerson(server)
  await newLink(server, invited.owner, 'invited')
  const replies = [
    await signIn(server, person, 'wrong password'),
    await signIn(server, { ...person, username: 'nobody' }),
    await signIn(server, { ...person, username: other.username }),
    await signIn(server, { ...person, account: 'no-such-account' }),
    await signIn(server, { ...person, account: '../etc' }),
    await signIn(server, { ...person, account: other.account }),
    await signIn(server, person, PASSWORD, { Host: `${other.account}.localhost` }),
    await signIn(server, person, PASSWORD, { Host: 'no-such-account.localhost' }),
    await signIn(server, { ...invited, username: 'invited' }),
  ]
  for (const reply of replies) {
    expectErrors(reply, 401, [11003])
    expect(reply.headers['set-cookie']).toBeUndefined()
  }
  expect(new Set(replies.map(bodyOf)).size).toBe(1)
})

test('401 takes as long for an unknown user as for a wrong password', async () => {
  const person = await newPerson(server)
  /** Of the processor, which other programs do not lengthen. */
  const time = async (work: () => Promise<Reply>) => {
    const began = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(began)
    return user + system
  }
  const wrong = [1, 2, 3].map(() => () => signIn(server, person, 'wrong password'))
  const unknown = [1, 2, 3].map((which) => () => signIn(server, { ...person, username: `nobody-${which}` }))
  const [ofWrong, ofUnknown] = [[], []] as [number[], number[]]
  for (const at of [0, 1, 2]) {
    ofWrong.push(await time(wrong[at]!))
    ofUnknown.push(await time(unknown[at]!))
  }
  // Without a password to check, the answer would come in a tenth of the time or less.
  expect(Math.min(...ofUnknown)).toBeGreaterThan(Math.min(...ofWrong) / 3)
})

test('422, 415, 413: an invalid sign-in is refused by the rules of the API', async () => {
  const post = (body: unknown, headers = {}) => knock(server, 'POST', '/session', { body, headers })
  expectErrors(
    await post({ account: 'a' }),
    422,
    [10050, { pointer: '/username' }],
    [10050, { pointer: '/password' }],
  )
  expectErrors(await post({ username: 5, password: 'x' }), 422, [10051, { pointer: '/username' }])
  expectErrors(await post([]), 422, [10043, { pointer: '' }])
  expectErrors(await post('{broken'), 400, [10042])
  expectErrors(await post('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415, [
    10040,
    { header: 'Content-Type' },
  ])
  expectErrors(await post({ username: 'x'.repeat(20_000), password: 'x' }), 413, [10041])
})

test('200: the place is the account that the host names, whether it exists or not', async () => {
  const { name } = await newAccount(server)
  const placeOf = async (host: string) =>
    (await knock(server, 'GET', '/place', { headers: { Host: host } })).json
  expect(await placeOf(`${name}.localhost:3000`)).toEqual({ account: name, baseDomain: 'localhost' })
  expect(await placeOf('nobody.localhost')).toEqual({ account: 'nobody', baseDomain: 'localhost' })
  expect(await placeOf('127.0.0.1')).toEqual({ account: null, baseDomain: 'localhost' })
})

test('200: a link sets the password and signs in, once', async () => {
  const owner = await newAccount(server)
  const token = await newLink(server, owner, 'anna')
  expect(token).toMatch(new RegExp(`^ttl_${owner.account}_[\\w-]{27,}$`))
  const reply = await useLink(server, token, 'the first password')
  expect([reply.status, reply.json.user.username]).toEqual([200, 'anna'])
  expect(await statusOf(reply)).toBe(200)
  expectErrors(await useLink(server, token, 'another password'), 401, [11004])
  const person = { account: owner.name, username: 'anna' }
  expect((await signIn(server, person, 'the first password')).status).toBe(200)
  expectErrors(await signIn(server, person, 'another password'), 401, [11003])
})

test('200 once: the same link used twice at the same time', async () => {
  const owner = await newAccount(server)
  const token = await newLink(server, owner, 'anna')
  const replies = await Promise.all([1, 2, 3].map((which) => useLink(server, token, `password ${which}`)))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401])
})

test('401: a link that is invalid, older than a day, on another account’s host, or left over after another one was used', async () => {
  const [owner, other] = [await newAccount(server), await newAccount(server)]
  const tokens = [await newLink(server, owner, 'anna'), await newLink(server, owner, 'anna')] as const
  const elsewhere = { Host: `${other.name}.localhost` }
  const moved = tokens[0].replace(/_\d+_/, `_${other.account}_`)
  for (const wrong of ['x', moved, `${tokens[0].slice(0, -1)}!`, tokens[0].toUpperCase()])
    expectErrors(await useLink(server, wrong), 401, [11004])
  expectErrors(await useLink(server, tokens[0], PASSWORD, elsewhere), 401, [11004])
  expect((await useLink(server, tokens[0], PASSWORD, { Host: `${owner.name}.localhost` })).status).toBe(200)
  expectErrors(await useLink(server, tokens[1]), 401, [11004])
  const late = await newLink(server, owner, 'anna')
  await ageLinks(server, owner)
  expectErrors(await useLink(server, late), 401, [11004])
})

test('422: a password of 7 or of 201 characters, and the link stays valid', async () => {
  const owner = await newAccount(server)
  const token = await newLink(server, owner, 'anna')
  for (const password of ['1234567', '😀'.repeat(7), 'x'.repeat(201)])
    expectErrors(await useLink(server, token, password), 422, [10052, { pointer: '/password' }])
  expect((await useLink(server, token, '😀'.repeat(200))).status).toBe(200)
})

test('a link ends nothing until it is used; then it ends every session and the old password', async () => {
  const person = await newPerson(server)
  const before = await signIn(server, person)
  const token = await newLink(server, person.owner, person.username)
  expect(await statusOf(before)).toBe(200)
  expect((await signIn(server, person)).status).toBe(200)
  const after = await useLink(server, token, 'a new password')
  letPass(1_000)
  expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200])
  expectErrors(await signIn(server, person), 401, [11003])
})

test('204: signing out ends the session and removes the cookie, even if there is none', async () => {
  const person = await newPerson(server)
  const session = await signIn(server, person)
  const reply = await knock(server, 'DELETE', '/session', { headers: cookie(session) })
  expect([reply.status, reply.text]).toEqual([204, ''])
  expect(reply.headers['set-cookie']).toEqual([
    'timetrack_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
  ])
  letPass(1_000)
  expectErrors(await knock(server, 'GET', '/session', { headers: cookie(session) }), 401, [11001])
  for (const headers of [cookie(session), {}])
    expect((await knock(server, 'DELETE', '/session', { headers })).status).toBe(204)
})

test('401: no session, however the cookie looks', async () => {
  for (const value of [
    '',
    'timetrack_session=',
    'timetrack_session=tss_1_x',
    `other=tss_1_${'x'.repeat(43)}`,
  ])
    expectErrors(await knock(server, 'GET', '/session', { headers: { Cookie: value } }), 401, [11001])
  expectErrors(await knock(server, 'PUT', '/password', { body: {} }), 401, [11001])
})

test('204: a new password needs the current one, and ends the other sessions', async () => {
  const person = await newPerson(server)
  const [own, other] = [await signIn(server, person), await signIn(server, person)]
  const change = (current: string, password: string) =>
    knock(server, 'PUT', '/password', { body: { current, password }, headers: cookie(own) })
  expectErrors(await change('wrong password', 'a new password'), 422, [11009, { pointer: '/current' }])
  expectErrors(await change(PASSWORD, 'short'), 422, [10052, { pointer: '/password' }])
  expect((await signIn(server, person)).status).toBe(200)
  const changed = await change(PASSWORD, 'a new password')
  expect([changed.status, changed.text]).toEqual([204, ''])
  letPass(1_000)
  expect([await statusOf(own), await statusOf(other)]).toEqual([200, 401])
  expectErrors(await signIn(server, person), 401, [11003])
  expect((await signIn(server, person, 'a new password')).status).toBe(200)
})

test.each([
  ['POST', '/session'],
  ['POST', '/session/link'],
  ['DELETE', '/session'],
  ['PUT', '/password'],
])('403: %s %s from another site', async (method, path) => {
  for (const headers of [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Origin: `http://127.0.0.1:${server.port}` },
    { 'Sec-Fetch-Site': 'none' },
  ])
    expectErrors(await knock(server, method, path, { body: {}, headers }), 403, [11006])
  expectErrors(await send(server.port, method, `/app/api${path}`, { body: {} }), 403, [11006])
})

test('404: an unknown path is an error of the API, not a page', async () => {
  for (const [method, path] of [
    ['GET', '/nothing'],
    ['POST', '/place'],
    ['GET', '/session/link'],
    ['GET', ''],
  ] as const)
    expectErrors(await knock(server, method, path), 404, [10005])
})

test('passwords and the tokens of links and sessions are stored only as hashes, and are in no audit', async () => {
  const person = await newPerson(server)
  const link = await newLink(server, person.owner, person.username)
  const session = tokenOf(await signIn(server, person))
  const unused = await newLink(server, person.owner, 'bert')
  await send(server.port, 'GET', `${BASE}/sessions`, { headers: sessionHeaders(session) })
  const bytes = await bytesOf(server)
  const kept = await keptOf(server, person.owner)
  for (const secret of [PASSWORD, link, unused, session]) {
    const random = secret.slice(-43)
    expect(kept).not.toContain(random)
    expect(bytes.includes(random)).toBe(false)
  }
  expect(kept).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  const rows = await auditOf(server, person.owner)
  expect(rows.map(({ action, actor }) => [action, actor]).slice(2)).toEqual([
    ['user.create', 'test'],
    ['user.link', 'test'],
    ['user.password', 'user:anna'],
    ['session.start', 'user:anna'],
    ['user.link', 'test'],
    ['session.start', 'user:anna'],
    ['user.create', 'test'],
    ['user.link', 'test'],
  ])
})
