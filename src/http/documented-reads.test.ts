import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { newAccount, startServer } from '../../test/harness.ts'
import { sendRaw } from '../../test/raw.ts'

const server = await startServer()
afterAll(() => server.close())

const minimal = { projectName: 'Test project 001', clientName: 'Test company' }

async function withProjects() {
  const caller = await newAccount(server)
  await caller.call('POST', '/projects', { body: minimal })
  await caller.call('POST', '/projects', { body: { ...minimal, projectName: 'Other' } })
  return caller
}

const EMPTY: [string, unknown][] = [
  ['no body', undefined],
  ['an empty body', ''],
  ['{}', {}],
  ['{} with spaces', ' {\n} '],
]

test.each(EMPTY)('200: POST with %s reads the list, as GET does, byte for byte', async (_, body) => {
  const { call } = await withProjects()
  for (const query of ['', '?', '?projectName=Test', '?limit=1&clientName=test', '?unknown=1']) {
    const wanted = await call('GET', `/projects${query}`)
    for (const path of query === '' ? ['/projects/'] : [`/projects${query}`, `/projects/${query}`]) {
      const reply = await call('POST', path, { body })
      expect([reply.status, reply.text, reply.headers.link]).toEqual([200, wanted.text, wanted.headers.link])
    }
  }
  expect((await call('GET', '/projects')).json).toHaveLength(2)
})

test.each(EMPTY)('200: POST with %s reads one object, as GET does, byte for byte', async (_, body) => {
  const { call } = await withProjects()
  const wanted = await call('GET', '/projects/1')
  for (const path of ['/projects/1', '/projects/1/', '/projects/1?x=1']) {
    const reply = await call('POST', path, { body })
    expect([reply.status, reply.text]).toEqual([200, wanted.text])
  }
})

test('the examples of the vendor’s page work as curl sends them', async () => {
  const { key, secret } = await withProjects()
  const paste = (path: string) =>
    sendRaw(
      server.port,
      `POST /api/v2/ext${path} HTTP/1.1\r\nHost: localhost:3000\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n` +
        `Content-Type: application/json\r\nX-TimeTrack-Api-Secret: ${secret}\r\nX-TimeTrack-Api-Key: ${key}\r\n` +
        'Content-Length: 2\r\nConnection: close\r\n\r\n{}',
    )
  expect((await paste('/projects/')).json.map((one: any) => one.ID)).toEqual([1, 2])
  expect((await paste('/projects?projectName=Test')).json.map((one: any) => one.ID)).toEqual([1])
  expect((await paste('/projects/1')).json).toMatchObject({ ID: 1, ...minimal })
})

test('a documented read has the errors and preferences of its GET', async () => {
  const { call } = await withProjects()
  expectErrors(await call('POST', '/projects/?limit=1001', { body: {} }), 400, [
    10023,
    { parameter: 'limit' },
  ])
  expectErrors(await call('POST', '/projects/3', { body: {} }), 404, [13001])
  expectErrors(await call('POST', '/projects/abc', { body: {} }), 404, [13001])
  await call('DELETE', '/projects/1')
  expectErrors(await call('POST', '/projects/1', { body: {} }), 404, [13020])
  const headers = { Prefer: 'count=exact' }
  expect((await call('POST', '/projects/', { body: {}, headers })).headers['x-total-count']).toBe('1')
  const strict = { Prefer: 'handling=strict' }
  expectErrors(await call('POST', '/projects?foo=1', { body: {}, headers: strict }), 400, [
    10024,
    { parameter: 'foo' },
  ])
})

test('201: POST with fields creates, with a slash or a query too', async () => {
  const { call } = await withProjects()
  const paths = ['/projects', '/projects/', '/projects?', '/projects?limit=1', '/projects/?projectName=Test']
  for (const [index, path] of paths.entries()) {
    const reply = await call('POST', path, { body: { ...minimal, projectName: `new ${index}` } })
    expect([reply.status, reply.json.ID, reply.headers.location]).toEqual([
      201,
      index + 3,
      `/api/v2/ext/projects/${index + 3}`,
    ])
  }
})

test.each(EMPTY)(
  '422: POST with %s to /projects, without slash and query, is a create without its fields',
  async (_, body) => {
    const { call } = await newAccount(server)
    expectErrors(
      await call('POST', '/projects', { body }),
      422,
      [10050, { pointer: '/projectName' }],
      [10050, { pointer: '/clientName' }],
    )
  },
)

test('422: any other body on the collection is a create, refused', async () => {
  const { call } = await newAccount(server)
  for (const path of ['/projects', '/projects/', '/projects?limit=1']) {
    for (const body of ['[]', 'null', '0', '""', 'false', '[{}]'])
      expectErrors(await call('POST', path, { body }), 422, [10043, { pointer: '' }])
    expectErrors(
      await call('POST', path, { body: { unknown: 1 } }),
      422,
      [10050, { pointer: '/projectName' }],
      [10050, { pointer: '/clientName' }],
    )
  }
})

test('422: any other body on an id: use PUT', async () => {
  const { call } = await withProjects()
  const before = (await call('GET', '/projects/1')).text
  for (const body of [{ notes: 'x' }, { unknown: 1 }, '[]', 'null', '0', '"{}"'])
    expectErrors(await call('POST', '/projects/1', { body }), 422, [10044])
  expect((await call('POST', '/projects/1', { body: { notes: 'x' } })).json.errors[0].detail).toContain('PUT')
  expect((await call('GET', '/projects/1')).text).toBe(before)
})

test('400, 413, 415: the rules of bodies hold for documented reads, too', async () => {
  const { call } = await withProjects()
  for (const path of ['/projects/', '/projects?limit=1', '/projects/1']) {
    expectErrors(await call('POST', path, { body: '{' }), 400, [10042])
    expectErrors(await call('POST', path, { body: '{}', headers: { 'Content-Type': 'text/plain' } }), 415, [
      10040,
      { header: 'Content-Type' },
    ])
    expectErrors(await call('POST', path, { body: `{}${' '.repeat(1_048_575)}` }), 413, [10041])
  }
})
