import { expect } from 'vitest'
import { ask } from '../engine.ts'
import { BASE, send } from '../harness.ts'
import { type Child, call, createAccount, headersOf, it, locationIn, run, startServer } from '../process.ts'
import { sendRaw } from '../raw.ts'

/** Marks what must not be in a log: it is in bodies, queries and wrong secrets. */
const MARK = 'MARKED-7f3a'

const requestsOf = (server: Child) => server.log.filter((line) => line.msg === 'request')

/** Resolves when as many requests are logged. */
const logged = (server: Child, count: number) =>
  server.seen((child) => (requestsOf(child).length >= count ? requestsOf(child) : undefined))

it('a line for each request: its id as the answer has it, account, method, path, status, time', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'info' })
  const body = { projectName: MARK, clientName: `${MARK} client`, notes: `${MARK} notes` }
  const answers = [
    await call(server, credentials, 'POST', '/projects', body),
    await call(server, credentials, 'GET', `/projects?projectName=${MARK}`),
    await call(server, credentials, 'GET', '/projects/99'),
    await call(server, { ...credentials, apiSecret: MARK }, 'GET', '/projects'),
    await send(server.port, 'GET', '/healthz'),
  ]
  const line = (at: number, method: string, path: string, status: number, account?: number) => ({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    requestId: answers[at]!.headers['x-request-id'],
    ...(account && { account }),
    method,
    path,
    status,
    ms: expect.any(Number),
    msg: 'request',
  })
  expect(await logged(server, answers.length)).toEqual([
    line(0, 'POST', `${BASE}/projects`, 201, 1),
    line(1, 'GET', `${BASE}/projects`, 200, 1),
    line(2, 'GET', `${BASE}/projects/99`, 404, 1),
    line(3, 'GET', `${BASE}/projects`, 401),
    line(4, 'GET', '/healthz', 200),
  ])
  expect(new Set(requestsOf(server).map(({ requestId }) => requestId)).size).toBe(answers.length)
})

it('no secret, no body and no query in any line, whatever is wrong with the request', async ({ folder }) => {
  const credentials = await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'trace' })
  const { apiKey, apiSecret } = credentials
  const request = (method: string, path: string, body?: string, type = 'application/json') =>
    send(server.port, method, path, {
      headers: { ...headersOf(credentials), 'Content-Type': type },
      ...(body !== undefined && { body }),
    })
  const statuses = [
    await request('POST', `${BASE}/projects`, `{"projectName":"${MARK}","clientName":"${MARK}"}`),
    await request('POST', `${BASE}/projects`, `{"projectName":"${MARK}","clientName":${MARK}}`),
    await request('POST', `${BASE}/projects`, `{"projectName":"${MARK}"}`),
    await request('POST', `${BASE}/projects`, MARK, 'text/plain'),
    await request('POST', `${BASE}/projects`, MARK.repeat(120_000)),
    await request('PUT', `${BASE}/projects/1`, `{"clientName":"${MARK} unknown"}`),
    await request('GET', `${BASE}/projects?limit=${MARK}`),
    await request('GET', `${BASE}/projects?projectName=%zz${MARK}`),
    await request('GET', `/nowhere?${MARK}`),
    await send(server.port, 'GET', `${BASE}/projects`, {
      headers: headersOf({ apiKey: apiSecret, apiSecret: apiKey }),
    }),
    await send(server.port, 'GET', `${BASE}/projects`, { headers: headersOf({ apiKey: MARK, apiSecret }) }),
  ].map(({ status }) => status)
  expect(statuses).toEqual([201, 400, 422, 415, 413, 422, 400, 400, 404, 401, 401])
  await logged(server, statuses.length)
  server.kill('SIGTERM')
  const { stdout, stderr } = await server.ended
  for (const text of [stdout, stderr]) {
    expect(text).not.toContain(apiSecret)
    expect(text).not.toContain(MARK)
  }
})

it('a line with the request id also where no route is reached: a bad path escape, and what is no HTTP', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'info' })
  const badEscape = await call(server, credentials, 'GET', `/%zz?${MARK}`)
  const malformed = await sendRaw(server.port, `GET / HTTP/1.1\r\n${MARK}\r\n\r\n`)
  expect([badEscape.status, malformed.status]).toEqual([400, 400])
  await call(server, credentials, 'GET', '/projects')
  await server.seen(({ log }) => log.find(({ path }) => path === `${BASE}/projects`))
  expect(server.stdout).not.toContain(MARK)
  const ids = server.log.map(({ requestId, status }) => ({ requestId, status }))
  expect(ids).toContainEqual({ requestId: badEscape.headers['x-request-id'], status: 400 })
  expect(ids).toContainEqual({ requestId: malformed.headers['x-request-id'], status: 400 })
})

it('500: a fault of our own is logged with its request id, and neither log nor answer shows the request or its cause', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'info' })
  await ask(locationIn(folder), 'drop table projects')
  const failed = [
    await call(server, credentials, 'POST', '/projects', { projectName: MARK, clientName: MARK }),
    await call(server, credentials, 'GET', `/projects?projectName=${MARK}`),
  ]
  for (const { status, headers, text, json } of failed) {
    expect(status).toBe(500)
    expect(json.errors).toMatchObject([{ status: 500, code: 10007, requestId: headers['x-request-id'] }])
    expect(text).not.toMatch(/sqlite|table|select|insert|\.ts|\.mjs/i)
  }
  const lines = await server.seen(({ log }) => {
    const failures = log.filter(({ msg }) => msg === 'request failed')
    return failures.length >= failed.length ? failures : undefined
  })
  expect(lines).toMatchObject(
    failed.map(({ headers }) => ({
      level: 50,
      requestId: headers['x-request-id'],
      account: 1,
      status: 500,
      msg: 'request failed',
    })),
  )
  server.kill('SIGTERM')
  const { stdout, stderr } = await server.ended
  expect(stdout + stderr).not.toContain(MARK)
  expect(stdout + stderr).not.toContain(credentials.apiSecret)
})

it('no password, link or session in any line, nor in an answer that fails; a session’s requests name its account', async ({
  folder,
}) => {
  await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'trace' })
  const made = await run(folder, ['user', 'create', 'acme', 'anna', '--admin'])
  const token = /#(\S+)/.exec(made.stdout)?.[1] ?? ''
  const page = { 'Sec-Fetch-Site': 'same-origin' }
  const post = (path: string, body: unknown) =>
    send(server.port, 'POST', `/app/api${path}`, { headers: page, body })
  const signedIn = await post('/session/link', { token, password: `${MARK} password` })
  const session = /=([^;]+)/.exec(signedIn.headers['set-cookie']![0]!)![1]!
  const headers = { ...page, Cookie: `timetrack_session=${session}` }
  const key = await send(server.port, 'POST', `${BASE}/keys`, { headers, body: { name: 'New' } })
  const statuses = [
    signedIn,
    key,
    await post('/session/link', { token, password: `${MARK} again` }),
    await post('/session', { account: 'acme', username: 'anna', password: `${MARK} wrong` }),
    await post('/session', `{"username":"anna","password":"${MARK}"`),
    await send(server.port, 'GET', `${BASE}/sessions`, { headers }),
  ].map(({ status }) => status)
  expect(statuses).toEqual([200, 201, 401, 401, 400, 200])
  for (const table of ['sign_in_attempts', 'sign_in_links'])
    await ask(locationIn(folder), `drop table ${table}`)
  const failed = [
    await post('/session', { account: 'acme', username: 'anna', password: `${MARK} password` }),
    await post('/session/link', { token, password: `${MARK} password` }),
  ]
  for (const { status, text } of failed) {
    expect(status).toBe(500)
    expect(text).not.toMatch(/sqlite|table|select|insert|\.ts|\.mjs/i)
  }
  const lines = await logged(server, statuses.length + failed.length)
  expect(lines.filter(({ path }) => path.startsWith(BASE)).map(({ account }) => account)).toEqual([1, 1])
  server.kill('SIGTERM')
  const { stdout, stderr } = await server.ended
  for (const secret of [MARK, token, session, key.json.secret]) {
    expect(secret).toMatch(/\S{10}/)
    expect(stdout + stderr).not.toContain(secret)
  }
})
