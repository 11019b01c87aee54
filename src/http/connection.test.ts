import { connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { BASE, newAccount, startServer } from '../../test/harness.ts'
import { type RawReply, sendRaw } from '../../test/raw.ts'

const server = await startServer()
afterAll(() => server.close())

/** The contract's error, over a bare connection. */
function expectError(reply: RawReply, status: number, code: number): void {
  const id = reply.headers['x-request-id']
  expect([reply.status, reply.json?.errors]).toEqual([
    status,
    [
      {
        title: expect.any(String),
        status,
        code,
        detail: expect.stringMatching(/^\S.+\.$/),
        requestId: id,
      },
    ],
  ])
  expect(id).toMatch(/^[\w-]{8,}$/)
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(Number(reply.headers['content-length'])).toBe(Buffer.byteLength(reply.text))
}

test.each([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a TLS handshake', Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3])],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['an unknown version', `GET ${BASE}/projects HTTP/9.9\r\nHost: localhost\r\n\r\n`],
  ['an unknown method', `NONSENSE ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ['a space in the path', `GET ${BASE}/pro jects HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ['a control character in the path', `GET ${BASE}/\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ['a broken header', `GET ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n`],
  ['a NUL in a header', `GET ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n`],
  [
    'two lengths',
    `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  ],
  [
    'a length that is none',
    `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: two\r\n\r\n{}`,
  ],
  [
    'a length beside chunks',
    `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
])('400: malformed HTTP: %s', async (_, bytes) => {
  expectError(await sendRaw(server.port, bytes), 400, 10001)
})

test('400: HTTP/1.1 without a Host', async () => {
  const reply = await sendRaw(server.port, `GET ${BASE}/projects HTTP/1.1\r\nConnection: close\r\n\r\n`)
  expectError(reply, 400, 10001)
})

test('an unknown expectation is answered with a request id and an error body', async () => {
  const { key, secret } = await newAccount(server)
  const reply = await sendRaw(
    server.port,
    `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\nConnection: close\r\n` +
      `X-TimeTrack-Api-Key: ${key}\r\nX-TimeTrack-Api-Secret: ${secret}\r\nContent-Length: 0\r\n\r\n`,
  )
  expect(reply.headers['x-request-id']).toMatch(/^[\w-]{8,}$/)
  expect(reply.json?.errors?.[0]?.requestId).toBe(reply.headers['x-request-id'])
})

test('201: Expect: 100-continue', async () => {
  const { key, secret } = await newAccount(server)
  const body = '{"projectName":"a","clientName":"b"}'
  const answer = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(
        `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\n` +
          `X-TimeTrack-Api-Key: ${key}\r\nX-TimeTrack-Api-Secret: ${secret}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
      ),
    )
    socket.on('data', (chunk) => {
      if (text === '') socket.write(body)
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 Created\r\n/)
})

test.each([
  [
    'one large header',
    `GET ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
  ],
  [
    'many headers',
    `GET ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\n${Array.from({ length: 1500 }, (_, index) => `X-${index}: 0123456789\r\n`).join('')}\r\n`,
  ],
  ['a long id', `GET ${BASE}/projects/${'9'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  [
    'a long query',
    `GET ${BASE}/projects?projectName=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  ],
])('431: %s', async (_, bytes) => {
  expectError(await sendRaw(server.port, bytes), 431, 10004)
})

test('200: a request in absolute form is the same request, and its links are path-absolute', async () => {
  const { key, secret, name, call } = await newAccount(server)
  await call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })
  const reply = await sendRaw(
    server.port,
    `GET http://${name}.localhost${BASE}/projects HTTP/1.1\r\nHost: ${name}.localhost\r\nConnection: close\r\n` +
      `X-TimeTrack-Api-Key: ${key}\r\nX-TimeTrack-Api-Secret: ${secret}\r\n\r\n`,
  )
  const plain = await call('GET', '/projects')
  expect([reply.status, reply.headers.link]).toEqual([200, plain.headers.link])
  expect(reply.json).toEqual(plain.json)
})

test('two requests on one connection are answered in order, each with its own id', async () => {
  const { key, secret } = await newAccount(server)
  const request = (path: string, last: boolean) =>
    `GET ${BASE}${path} HTTP/1.1\r\nHost: localhost\r\n${last ? 'Connection: close\r\n' : ''}` +
    `X-TimeTrack-Api-Key: ${key}\r\nX-TimeTrack-Api-Secret: ${secret}\r\n\r\n`
  const first = await sendRaw(server.port, request('/projects', false) + request('/projects/7', true))
  expect([first.status, first.text]).toEqual([200, '[]'])
  expect(first.more).toMatch(/^HTTP\/1\.1 404 /)
  const second = /^x-request-id: (\S+)\r$/im.exec(first.more)?.[1]
  expect(second).toBeTruthy()
  expect(second).not.toBe(first.headers['x-request-id'])
  expect(first.more).toContain(`"requestId":"${second}"`)
})
