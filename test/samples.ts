import { operations } from '../src/app.ts'
import type { Operation } from '../src/http/operation.ts'
import { type Caller, newAccount, type TestServer } from './harness.ts'

/** A change that is ready to be made, in an account of its own. */
export interface Ready {
  readonly caller: Caller
  readonly method: string
  readonly path: string
  readonly body: object | undefined
  /** The path of the object that it changes. */
  readonly object: string
  /** The ETag of that object before the change. */
  readonly etag: string
}

type Named = [name: string, operation: Operation, method: string]

/** Every change of the API, under each of its methods. */
export const changes: Named[] = operations
  .filter(({ permission }) => permission === 'write')
  .flatMap((operation) =>
    (operation.method === 'PUT' ? ['PUT', 'PATCH'] : [operation.method]).map(
      (method): Named => [`${method} ${operation.path}`, operation, method],
    ),
  )

/** An account with two projects, a client without any, and what the operation's own example needs. */
export async function ready(
  server: TestServer,
  { path, example }: Operation,
  method: string,
): Promise<Ready> {
  const caller = await newAccount(server)
  for (const projectName of ['One', 'Two'])
    await caller.call('POST', '/projects', { body: { projectName, clientName: 'Acme' } })
  await caller.call('POST', '/clients', { body: { name: 'Beta' } })
  const object = path.startsWith('/clients') ? '/clients/2' : '/projects/1'
  let etag = '"1"'
  if (path.endsWith('/restore')) etag = (await caller.call('DELETE', object)).headers.etag!
  if (path.endsWith('/enable')) etag = (await caller.call('POST', `${object}/disable`)).headers.etag!
  const id = object.replace(/\D/g, '')
  return { caller, method, path: path.replace('{id}', id), body: example, object, etag }
}

/** Makes the change. */
export const make = ({ caller, method, path, body }: Ready, headers: Record<string, string> = {}) =>
  caller.call(method, path, { ...(body && { body }), headers })
