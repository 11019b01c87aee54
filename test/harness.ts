import { request } from 'node:http'
import { pino } from 'pino'
import { createAccount, findAccount } from '../src/accounts/account.store.ts'
import { buildApp } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import type { Database } from '../src/db/database.ts'
import type { Location } from '../src/db/location.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { openScope, write } from '../src/db/scope.ts'
import { createKey, type NewKey } from '../src/resources/keys/key.store.ts'
import { startSession } from '../src/resources/sessions/session.store.ts'
import { createUser } from '../src/resources/users/user.store.ts'
import { servedResources } from './api.ts'
import { checkAgainstDocument } from './contract.ts'
import { dropLocation, newDatabase, temporaryFolder } from './engine.ts'
import type { Reply } from './reply.ts'

export type { Reply }
export { temporaryFolder }

export interface TestServer {
  readonly port: number
  readonly database: Database
  readonly location: Location
  close(): Promise<void>
}

export interface Sent {
  /** An object is sent as JSON; text and bytes as they are. */
  readonly body?: unknown
  readonly headers?: Record<string, string | string[]>
}

/** One account's way to the server, with its key and secret. */
export interface Caller extends NewKey {
  readonly account: number
  readonly name: string
  /** Sends a request under the base path; the answer has to be one that the OpenAPI document has. */
  call(method: string, path: string, sent?: Sent): Promise<Reply>
}

export const BASE = '/api/v2/ext'

/** Where a list goes on, under the base path; undefined on the last page. */
export const nextOf = ({ headers }: Pick<Reply, 'headers'>): string | undefined =>
  /<([^>]+)>; rel="next"/.exec(String(headers.link))?.[1]?.replace(BASE, '')

/** A server on a free port with a database of its own, and by default without the web app. */
export async function startServer(
  config: Partial<Config> = {},
  webFolder = '',
  given?: Location,
): Promise<TestServer> {
  const location = given ?? (await newDatabase())
  const database = await openDatabase(location)
  await migrate(database)
  const log = pino({ level: 'silent' })
  const app = buildApp(
    { config: { baseDomain: 'localhost', trustProxy: false, ...config }, database, log, webFolder },
    servedResources(),
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    port: Number(new URL(app.listeningOrigin).port),
    database,
    location,
    async close() {
      await app.close()
      await database.close()
      if (!given) await dropLocation(location)
    },
  }
}

let accounts = 0

/** A new account with a key of its own. */
export async function newAccount(server: TestServer): Promise<Caller> {
  const name = `account-${process.pid}-${++accounts}`
  const created = await createAccount(server.database, 'test', name)
  const account = await findAccount(server.database, name)
  return caller(server, account!.account_id, name, created!)
}

/** Another key of an account. */
export async function newKey(server: TestServer, owner: Caller, access: 'read' | 'write'): Promise<Caller> {
  const scope = openScope(server.database, owner.account, 'test', 'write')
  return caller(server, owner.account, owner.name, await write(scope, (tx) => createKey(tx, access)))
}

/** A user of an account who is signed in to the web app. */
export interface User extends Caller {
  readonly user: number
  readonly username: string
  /** What the cookie holds. */
  readonly token: string
}

let users = 0

/** A new user of an account; the calls go out as those of a page of the server. */
export async function newUser(
  server: TestServer,
  owner: Caller,
  { admin = true, userAgent = 'test' } = {},
): Promise<User> {
  const username = `user-${++users}`
  const scope = openScope(server.database, owner.account, 'test', 'write')
  const user = (await write(scope, (tx) => createUser(tx, username, admin)))!
  return { ...owner, ...(await newSession(server, owner, user, userAgent)), user, username }
}

/** Another session of a user. */
export async function newSession(
  server: TestServer,
  owner: Pick<Caller, 'account'>,
  user: number,
  userAgent = 'test',
): Promise<Pick<User, 'token' | 'call'>> {
  const scope = openScope(server.database, owner.account, 'test', 'write')
  const browser = { userAgent, address: '127.0.0.1' }
  const token = await write(scope, (tx) => startSession(tx, user, browser))
  return { token, call: callWith(server, sessionHeaders(token)) }
}

export const sessionHeaders = (token: string) => ({
  Cookie: `timetrack_session=${token}`,
  'Sec-Fetch-Site': 'same-origin',
})

function caller(server: TestServer, account: number, name: string, { key, secret }: NewKey): Caller {
  const credentials = { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': secret }
  return {
    account,
    name,
    key,
    secret,
    call: callWith(server, credentials),
  }
}

function callWith(server: TestServer, credentials: Record<string, string>): Caller['call'] {
  return async (method, path, sent = {}) => {
    const headers = { ...credentials, ...sent.headers }
    const reply = await send(server.port, method, `${BASE}${path}`, { ...sent, headers })
    checkAgainstDocument(method, `${BASE}${path}`, reply)
    return reply
  }
}

/** Sends one request as it is: no header is added but for the type of a JSON body. */
export function send(
  port: number,
  method: string,
  path: string,
  { body, headers = {} }: Sent = {},
): Promise<Reply> {
  const asIs = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = asIs ? body : JSON.stringify(body)
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  const type = bytes !== undefined && !named ? { 'Content-Type': 'application/json' } : {}
  const length =
    bytes !== undefined ? { 'Content-Length': String(Buffer.byteLength(bytes as string | Buffer)) } : {}
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port, host: '127.0.0.1', method, path, headers: { ...type, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: text === '' ? undefined : JSON.parse(text),
          })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(bytes)
  })
}
