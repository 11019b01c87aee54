import { openScope, write } from '../src/db/scope.ts'
import { createLink, createUser, findUser } from '../src/resources/users/user.store.ts'
import { type Caller, newAccount, type Reply, type Sent, send, type TestServer } from './harness.ts'
import { ageAttempts } from './store.ts'

export const PASSWORD = 'correct horse battery'

/** A user who can sign in with PASSWORD. */
export interface Person {
  readonly owner: Caller
  readonly account: string
  readonly username: string
}

/** What a page of the server sends to the door of the app. */
export function knock(
  server: TestServer,
  method: string,
  path: string,
  { body, headers = {} }: Sent = {},
): Promise<Reply> {
  return send(server.port, method, `/app/api${path}`, {
    ...(body !== undefined && { body }),
    headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
  })
}

/** A sign-in link of a user, made for the occasion where there is none of this name. */
export function newLink(
  server: TestServer,
  { account }: Caller,
  username: string,
  admin = true,
): Promise<string> {
  return write(openScope(server.database, account, 'test', 'write'), async (tx) => {
    const id = (await findUser(tx, username))?.id ?? (await createUser(tx, username, admin))
    return createLink(tx, id!)
  })
}

export const useLink = (server: TestServer, token: string, password = PASSWORD, headers = {}) =>
  knock(server, 'POST', '/session/link', { body: { token, password }, headers })

/** A user with a password, in an account of their own; what went wrong at this address before is forgotten. */
export async function newPerson(server: TestServer, username = 'anna'): Promise<Person> {
  const owner = await newAccount(server)
  await ageAttempts(server, 0, 2 * 3_600_000)
  await useLink(server, await newLink(server, owner, username))
  return { owner, account: owner.name, username }
}

export const signIn = (
  server: TestServer,
  { account, username }: Pick<Person, 'account' | 'username'>,
  password = PASSWORD,
  headers: Record<string, string> = {},
) => knock(server, 'POST', '/session', { body: { account, username, password }, headers })

/** What the cookie of an answer holds. */
export function tokenOf({ headers }: Reply): string {
  return /^timetrack_session=([^;]*);/.exec(headers['set-cookie']?.[0] ?? '')?.[1] ?? ''
}
