import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../test/expect.ts'
import { BASE, newAccount, startServer } from '../../test/harness.ts'
import { sendRaw } from '../../test/raw.ts'

const server = await startServer()
afterAll(() => server.close())

const MOST_BYTES = 1_048_576
const minimal = '{"projectName":"a","clientName":"b"}'

async function post(body: string | Buffer, headers: Record<string, string> = {}) {
  const caller = await newAccount(server)
  return caller.call('POST', '/projects', { body, headers })
}

/** An account with one project. */
async function withProject() {
  const caller = await newAccount(server)
  const created = await caller.call('POST', '/projects', { body: minimal })
  return { ...caller, created }
}

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'APPLICATION/JSON',
])('201: the type %s', async (type) => {
  expect((await post(minimal, { 'Content-Type': type })).status).toBe(201)
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'text/json',
  'application/jsonx',
  'application/json-seq',
  'application/octet-stream',
  'nonsense',
  'a/b/c',
  '',
])('415: the type "%s"', async (type) => {
  expectErrors(await post(minimal, { 'Content-Type': type }), 415, [10040, { header: 'Content-Type' }])
})

test('415: a body without a type', async () => {
  const { key, secret } = await newAccount(server)
  const reply = await sendRaw(
    server.port,
    `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-TimeTrack-Api-Key: ${key}\r\n` +
      `X-TimeTrack-Api-Secret: ${secret}\r\nContent-Length: ${minimal.length}\r\n\r\n${minimal}`,
  )
  expect([reply.status, reply.json.errors[0].code]).toEqual([415, 10040])
})

test.each([
  '{',
  '}',
  'x',
  '{"projectName":"a",}',
  "{'projectName':'a'}",
  '{“projectName”:“a”}',
  '{"projectName":"a"} {}',
  '{"projectName":NaN}',
  '{"projectName":"a\nb"}',
  ' ',
  'undefined',
  `${'['.repeat(100_000)}`,
])('400: broken JSON: %s', async (body) => {
  const reply = await post(body)
  expectErrors(reply, 400, [10042])
  expect(reply.text).not.toMatch(/Unexpected|SyntaxError|JSON\.parse/)
})

test('400: bytes that are not UTF-8', async () => {
  const bytes = Buffer.from('{"projectName":"\xe9","clientName":"b"}', 'latin1')
  expectErrors(await post(bytes), 400, [10042])
  expectErrors(await post(Buffer.from(minimal, 'utf16le')), 400, [10042])
})

test('413: over 1 MiB; 201: just 1 MiB', async () => {
  const padded = (bytes: number) => minimal.padEnd(bytes, ' ')
  expect((await post(padded(MOST_BYTES))).status).toBe(201)
  expectErrors(await post(padded(MOST_BYTES + 1)), 413, [10041])
  expectErrors(await post(padded(3 * MOST_BYTES)), 413, [10041])
})

test('413: over 1 MiB in chunks, without an announced length', async () => {
  const { key, secret } = await newAccount(server)
  const head =
    `POST ${BASE}/projects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-TimeTrack-Api-Key: ${key}\r\n` +
    `X-TimeTrack-Api-Secret: ${secret}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
  const chunks = (bytes: number) => `${bytes.toString(16)}\r\n${minimal.padEnd(bytes, ' ')}\r\n0\r\n\r\n`
  const large = await sendRaw(server.port, head + chunks(MOST_BYTES + 1))
  expect([large.status, large.json.errors[0].code]).toEqual([413, 10041])
  expect((await sendRaw(server.port, head + chunks(2000))).status).toBe(201)
})

/** Sends a body piece by piece without announcing its length; returns the status and how much had been sent by then. */
async function sendPieces(pieces: number) {
  const { key, secret } = await newAccount(server)
  const call = request(`http://127.0.0.1:${server.port}${BASE}/projects`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-TimeTrack-Api-Key': key,
      'X-TimeTrack-Api-Secret': secret,
    },
  })
  let sent = 0
  let isAnswered = false
  const answer = once(call, 'response').then(([response]) => {
    isAnswered = true
    response.resume()
    return response.statusCode
  })
  for (; sent < pieces && !isAnswered; sent++) {
    call.write(Buffer.alloc(MOST_BYTES, ' '))
    await sleep(5)
  }
  call.on('error', () => {}).end()
  return { status: await answer, sent }
}

test('413: a body that is too large, sent piece by piece, is read to its end', async () => {
  expect(await sendPieces(8)).toEqual({ status: 413, sent: 8 })
})

test('413: but not if it has no end', async () => {
  const { status, sent } = await sendPieces(500)
  expect(status).toBe(413)
  expect(sent).toBeLessThan(100)
})

test('the server keeps working after a body that was too large', async () => {
  const caller = await newAccount(server)
  for (let round = 0; round < 3; round++) {
    expect((await caller.call('POST', '/projects', { body: 'x'.repeat(MOST_BYTES + 1) })).status).toBe(413)
    expect((await caller.call('GET', '/projects')).status).toBe(200)
  }
})

test('an empty body is no body, whatever its type', async () => {
  const { call, created } = await withProject()
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense']) {
    const reply = await call('PUT', '/projects/1', { body: '', headers: { 'Content-Type': type } })
    expect([reply.status, reply.text]).toEqual([200, created.text])
    const read = await call('POST', '/projects/1', { headers: { 'Content-Type': type } })
    expect([read.status, read.text]).toEqual([200, created.text])
  }
})

test('an empty body in chunks is no body', async () => {
  const { key, secret, created } = await withProject()
  const reply = await sendRaw(
    server.port,
    `POST ${BASE}/projects/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-TimeTrack-Api-Key: ${key}\r\n` +
      `X-TimeTrack-Api-Secret: ${secret}\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  )
  expect([reply.status, reply.json]).toEqual([200, created.json])
})

test.each([
  ['an object', '{"projectName":"other"}', 'application/json'],
  ['broken JSON', '{', 'application/json'],
  ['another type', 'a=b', 'application/x-www-form-urlencoded'],
  ['a type that is none', 'x', 'nonsense'],
  ['more than 1 MiB', 'x'.repeat(MOST_BYTES + 1), 'application/json'],
])('the body of GET, HEAD and DELETE is ignored: %s', async (_, body, type) => {
  const { call, created } = await withProject()
  const sent = { body, headers: { 'Content-Type': type } }
  const read = await call('GET', '/projects/1', sent)
  expect([read.status, read.text]).toEqual([200, created.text])
  expect((await call('GET', '/projects', sent)).json).toEqual([created.json])
  expect((await call('HEAD', '/projects/1', sent)).status).toBe(200)
  const deleted = await call('DELETE', '/projects/1', sent)
  expect([deleted.status, deleted.json.projectName]).toEqual([200, 'a'])
  expect((await call('GET', '/projects/1')).status).toBe(404)
})

test.each(['PUT', 'PATCH'])('415, 400, 413, 422: the rules of bodies hold for %s', async (method) => {
  const { call, created } = await withProject()
  const send = (body: string, type = 'application/json') =>
    call(method, '/projects/1', { body, headers: { 'Content-Type': type } })
  expectErrors(await send('{"notes":"x"}', 'text/plain'), 415, [10040, { header: 'Content-Type' }])
  expectErrors(await send('{"notes":'), 400, [10042])
  expectErrors(await send('{}'.padEnd(MOST_BYTES + 1)), 413, [10041])
  for (const body of ['[]', 'null', '1', '"x"', 'true'])
    expectErrors(await send(body), 422, [10043, { pointer: '' }])
  expect((await call('GET', '/projects/1')).text).toBe(created.text)
})
