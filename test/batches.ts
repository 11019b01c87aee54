import { type Caller, newAccount, type Reply, type TestServer } from './harness.ts'

/** Sends a batch of changes of projects. */
export const batch = (
  { call }: Caller,
  operations: unknown,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Reply> => call('POST', '/projects/batch', { body: { operations, ...more }, headers })

export const atomic = (caller: Caller, operations: unknown): Promise<Reply> =>
  batch(caller, operations, { atomic: true })

export const create = (projectName: unknown, clientName: unknown = 'Acme', more: object = {}) => ({
  method: 'create',
  project: { projectName, clientName, ...more },
})
export const update = (id: unknown, project: unknown, more: object = {}) => ({
  method: 'update',
  id,
  project,
  ...more,
})
export const remove = (id: unknown, more: object = {}) => ({ method: 'delete', id, ...more })

export const statusesOf = (results: any[]): number[] => results.map(({ status }) => status)

/** Code and pointer of the faults of each result. */
export const faultsOf = (results: any[]): [number, string | undefined][][] =>
  results.map(({ errors }) => errors?.map(({ code, source }: any) => [code, source?.pointer]))

/** An account with the projects One, Two and Three of the client Acme. */
export async function withProjects(server: TestServer): Promise<Caller> {
  const caller = await newAccount(server)
  for (const name of ['One', 'Two', 'Three'])
    await caller.call('POST', '/projects', { body: create(name).project })
  return caller
}

export const namesOf = async ({ call }: Caller): Promise<string[]> =>
  (await call('GET', '/projects')).json.map(({ ID, projectName }: any) => `${ID} ${projectName}`)
