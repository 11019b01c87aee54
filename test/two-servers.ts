import { BASE, type Reply, send } from './harness.ts'
import { type Credentials, call, createAccount, headersOf, type Server, startServer } from './process.ts'

export const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

interface Two {
  readonly servers: readonly [Server, Server]
  readonly acme: Credentials
}

/** Two server processes on one database. */
export async function startTwo(folder: string, url: string): Promise<Two> {
  const settings = { DATABASE_URL: url }
  const acme = await createAccount(folder, 'acme', settings)
  return { servers: await Promise.all([startServer(folder, settings), startServer(folder, settings)]), acme }
}

/** Sends requests to both at once, in turns. */
export const toBoth = <T>(
  { servers }: Two,
  count: number,
  act: (server: Server, number: number) => Promise<T>,
) => Promise.all(range(count).map((number) => act(servers[(number % 2) as 0 | 1], number)))

export const create = (server: Server, acme: Credentials, projectName: string, clientName = 'Client') =>
  call(server, acme, 'POST', '/projects', { projectName, clientName })

/** A request of an account with more headers. */
export const sent = (
  { port }: Server,
  acme: Credentials,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Reply> =>
  send(port, method, `${BASE}${path}`, {
    headers: { ...headersOf(acme), ...headers },
    ...(body !== undefined && { body }),
  })
