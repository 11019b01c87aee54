import type { Operation } from '../src/http/operation.ts'
import { exercisedOperations, servedOperations } from './api.ts'
import { type Caller, newAccount, type Reply, type TestServer } from './harness.ts'

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
export const changes: Named[] = exercisedOperations()
  .filter(({ permission }) => permission === 'write')
  .flatMap((operation) =>
    (operation.method === 'PUT' ? ['PUT', 'PATCH'] : [operation.method]).map(
      (method): Named => [`${method} ${operation.path}`, operation, method],
    ),
  )

const operations = servedOperations()

const createsIn = (collection: string) =>
  operations.find(
    ({ path, method, success }) => path === collection && method === 'POST' && success.status === 201,
  )

/** The collections whose objects a key may make. */
export const collections = operations
  .filter(({ success, permission }) => success.status === 201 && permission === 'write')
  .map(({ path }) => path)

/** Makes an object of a collection from the example in the document, under a name of its own. */
export async function makeSample(caller: Caller, collection: string, name: string): Promise<Reply> {
  const example = createsIn(collection)?.example ?? {}
  const [nameField = ''] = Object.keys(example)
  return caller.call('POST', collection, { body: { ...example, [nameField]: name } })
}

/** An account with two objects of every kind that a key may make, and what the operation needs of the one it changes. */
export async function ready(
  server: TestServer,
  { path, example }: Operation,
  method: string,
): Promise<Ready> {
  const caller = await newAccount(server)
  for (const collection of collections)
    for (const name of ['One', 'Two']) await makeSample(caller, collection, name)
  const collection = collections.find((one) => path.startsWith(one)) ?? '/projects'
  // The client of the projects may not be deleted.
  const id = collection === '/clients' ? 2 : 1
  const object = `${collection}/${id}`
  let etag = '"1"'
  if (path.endsWith('/restore')) etag = (await caller.call('DELETE', object)).headers.etag!
  if (path.endsWith('/enable')) etag = (await caller.call('POST', `${object}/disable`)).headers.etag!
  return { caller, method, path: path.replace('{id}', String(id)), body: example, object, etag }
}

/** Makes the change. */
export const make = ({ caller, method, path, body }: Ready, headers: Record<string, string> = {}) =>
  caller.call(method, path, { ...(body && { body }), headers })
