import { expect } from 'vitest'
import type { Location } from '../src/db/location.ts'
import { batch, create } from './batches.ts'
import { ask, tablesOfAccounts } from './engine.ts'
import { BASE, newAccount, newKey, newUser, send, sessionHeaders, startServer, type User } from './harness.ts'
import { newLink, signIn } from './sign-in.ts'
import { revoke, rotate } from './store.ts'

/** Longer texts than these there are none. */
const LONGEST = 65_535

const TEXTS = [
  '😀'.repeat(LONGEST),
  'ä€😀',
  'e\u0301 \u00e9 \u200f\ufffe',
  '\'"\\u0000\\ $1 ? :a',
  ' \t1\r\n2\r3\n',
  'İıßſ',
]
const NUMBERS = [0, 0.1, 1e-7, 999_999_999_999, 123_456.789012345, 5e-324, null]

const keyOf = ({ key, secret }: { key: string; secret: string }) => ({
  'X-TimeTrack-Api-Key': key,
  'X-TimeTrack-Api-Secret': secret,
})

/** A request whose answer rests on what is kept. */
interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: unknown
}

/** Makes something of everything that can be kept, through the API, and gives requests about it. */
export async function fill(location: Location, projects = 20): Promise<Asked[]> {
  const server = await startServer({}, '', location)
  const acme = await newAccount(server)
  const headers = keyOf(acme)
  const operations = Array.from({ length: projects }, (_, index) =>
    create(`Project ${index}`, `Client ${index % 3}`, {
      notes: TEXTS[index] ?? 'A note.',
      hourRate: NUMBERS[index % NUMBERS.length],
    }),
  )
  const made = await batch(acme, operations, { atomic: true }, { 'Idempotency-Key': 'many' })
  expect(made.status).toBe(200)
  const once = { method: 'POST', path: '/projects', body: { projectName: '=ẞ', clientName: 'Ç' } }
  await acme.call(once.method, once.path, { body: once.body, headers: { 'Idempotency-Key': 'once' } })
  await acme.call('DELETE', '/projects/2')
  await acme.call('DELETE', '/projects/3')
  await acme.call('POST', '/projects/3/restore')
  await acme.call('PUT', '/clients/1', { body: { clientName: 'Renamed' } })
  await acme.call('POST', '/tasks', { body: { name: 'Development', hourRate: 0.1 } })
  const reader = await newKey(server, acme, 'read')
  const revoked = await newKey(server, acme, 'write')
  await revoke(server, { ...acme, ...revoked })
  const rotated = await newKey(server, acme, 'write')
  await rotate(server, { ...acme, ...rotated }, 24)
  const anna: User = await newUser(server, acme)
  await newLink(server, acme, anna.username)
  await signIn(server, { account: acme.name, username: anna.username }, 'a wrong password')
  const other = await newAccount(server)
  await other.call('POST', '/projects', { body: create('Project 1', 'Client 1').project })
  await server.close()
  await ask(location, 'update projects set hour_rate = ? where id = 1', 0.1 + 0.2)
  const reads = ['', '?deleted=true', '?sort=-hourRate,projectName', '?projectName=ject%201'].map(
    (query) => `/projects${query}`,
  )
  const more = [
    '/projects/1',
    '/projects/2',
    '/projects/3/history',
    '/changes?limit=1000',
    '/clients',
    '/tasks',
  ]
  return [
    ...[...reads, ...more].map((path) => ({ method: 'GET', path, headers })),
    { ...once, headers: { ...headers, 'Idempotency-Key': 'once' } },
    ...[other, reader, revoked, rotated].map((key) => ({
      method: 'GET',
      path: '/projects',
      headers: keyOf(key),
    })),
    ...['/keys', '/sessions', '/projects'].map((path) => ({
      method: 'GET',
      path,
      headers: sessionHeaders(anna.token),
    })),
  ]
}

/** What a server on the database answers, but for the ids of requests and the last uses that they are. */
export async function answersOf(location: Location, requests: readonly Asked[]): Promise<unknown[]> {
  const server = await startServer({}, '', location)
  const answers = []
  for (const { method, path, ...sent } of requests) {
    const { status, headers, text } = await send(server.port, method, `${BASE}${path}`, sent)
    const { etag, 'idempotency-replayed': replayed } = headers
    const kept = text.replace(/"(requestId|lastUsedAt)":("[^"]*"|null)/g, '')
    answers.push({ request: `${method} ${path}`, status, etag, replayed, text: kept })
  }
  await server.close()
  return answers
}

/** Every row of every table, as the driver of the engine gives them. */
export async function rowsOf(location: Location): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of await tablesOfAccounts(location)) {
    if (table === 'search_state') continue
    const lines = (await ask(location, `select * from ${table}`)).map((row) =>
      JSON.stringify(row, Object.keys(row).sort()),
    )
    rows[table] = lines.sort()
  }
  return rows
}

/** Makes each row of the audit take a while to write, until the returned function is called. */
export async function slowAudit(location: Location): Promise<() => Promise<void>> {
  const statements =
    'file' in location
      ? [
          'create trigger slow before insert on audit begin select length(hex(randomblob(1500000))); end',
          'drop trigger slow',
        ]
      : [
          `create function slow() returns trigger language plpgsql as
            'begin perform pg_sleep(0.02); return new; end'`,
          'create trigger slow before insert on audit for each row execute function slow()',
          'drop function slow() cascade',
        ]
  for (const statement of statements.slice(0, -1)) await ask(location, statement)
  return async () => void (await ask(location, statements.at(-1)!))
}
