import { expect } from 'vitest'
import type { Operation } from '../src/http/operation.ts'
import { servedOperations } from './api.ts'
import {
  type Caller,
  newAccount,
  newSession,
  newUser,
  type Reply,
  type TestServer,
  type User,
} from './harness.ts'

const operations = servedOperations()

/** Values for the fields of a schema: the texts carry the mark, ids are left to the server. */
function sample({ body }: Operation, mark: string): Record<string, unknown> {
  const fields = Object.entries(body?.properties ?? {}) as [
    string,
    { type?: string | string[]; examples?: unknown[] },
  ][]
  const values = fields.map(([name, { type, examples }]): [string, unknown] => {
    if (examples) return [name, examples[0]]
    const types = [type].flat()
    if (types.includes('string')) return [name, `${mark} ${name}`]
    if (types.includes('boolean')) return [name, true]
    return [name, types.includes('number') ? 7 : undefined]
  })
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** The operation that makes what an operation works on: that of its collection, else that of projects. */
function makerFor({ path }: Operation): Operation | undefined {
  const collection = path.replace(/\/(?:\{id\}|batch).*$/, '')
  const makes = (one: Operation) => one.method === 'POST' && one.success.status === 201
  return (
    operations.find((one) => makes(one) && one.path === collection) ??
    operations.find((one) => makes(one) && one.path === '/projects')
  )
}

/** The member of a batch's operations that holds the fields of an object: `project` of `/projects/batch`. */
const memberOf = ({ path }: Operation) => path.replace(/^\/(\w+)s\/batch$/, '$1')

/** A body for the operation; where it works on several objects, the one of this id is among them. */
export function bodyFor(operation: Operation, id: number, mark: string): Record<string, unknown> {
  const maker = makerFor(operation)
  if (operation.success.status !== 207 || !maker) return sample(operation, mark)
  const member = memberOf(operation)
  return {
    operations: [
      { method: 'update', id, [member]: { notes: `${mark} notes` } },
      { method: 'delete', id },
      { method: 'create', [member]: sample(maker, `${mark} batch`) },
    ],
  }
}

/** The key of an account, or its admin where no key may call the operation. */
export interface Member extends Caller {
  readonly admin: User
}

async function newMember(server: TestServer, mark: string): Promise<Member> {
  const account = await newAccount(server)
  return { ...account, admin: await newUser(server, account, { userAgent: mark }) }
}

export const callerFor = (member: Member, { permission }: Operation): Caller =>
  permission === 'admin' || permission === 'session' ? member.admin : member

/** Requests an operation, of an object where it works on one. */
export function perform(
  member: Member,
  operation: Operation,
  id: number,
  mark: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const sent = operation.body ? { body: bodyFor(operation, id, mark), headers } : { headers }
  const path = operation.path.replace('{id}', String(id))
  return callerFor(member, operation).call(operation.method, path, sent)
}

/** Sessions come from signing in, which is no operation. */
async function makeSessions(server: TestServer, marks: string[]): Promise<{ caller: Member; id: number }> {
  const caller = await newMember(server, marks[0]!)
  for (const mark of marks.slice(1)) await newSession(server, caller, caller.admin.user, mark)
  return { caller, id: marks.length }
}

/** An account with an object for each mark, such as the operation works on; the id is that of the last. */
export async function make(
  server: TestServer,
  operation: Operation,
  marks: string[],
): Promise<{ caller: Member; id: number }> {
  if (operation.path.startsWith('/sessions')) return makeSessions(server, marks)
  const caller = await newMember(server, 'browser')
  const maker = makerFor(operation)
  if (!maker) throw new Error(`nothing makes an object for ${operation.id}: teach this test how to get one`)
  let id = 0
  for (const mark of marks) {
    const made = await perform(caller, maker, 0, mark)
    expect(made.status).toBe(201)
    id = made.json.id
  }
  return { caller, id }
}
