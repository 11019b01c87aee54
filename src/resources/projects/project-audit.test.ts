import { afterAll, expect, test } from 'vitest'
import { newAccount, newKey, startServer } from '../../../test/harness.ts'
import { auditOf } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

const body = { projectName: 'Website', clientName: 'Acme' }

async function auditSince(caller: Awaited<ReturnType<typeof newAccount>>, start: number) {
  return (await auditOf(server, caller)).slice(start)
}

test('every change leaves one audit row: who, what, when, and what it is now', async () => {
  const caller = await newAccount(server)
  const start = (await auditOf(server, caller)).length
  const second = await newKey(server, caller, 'write')
  const created = await caller.call('POST', '/projects', { body })
  const updated = await second.call('PUT', '/projects/1', { body: { notes: 'x' } })
  const deleted = await caller.call('DELETE', '/projects/1')
  const restored = await second.call('POST', '/projects/1/restore')
  const [key, client, ...rows] = await auditSince(caller, start)
  expect(key).toMatchObject({ actor: 'test', action: 'key.create', entity: 'key', entity_id: second.key })
  expect(client).toMatchObject({
    actor: caller.key,
    action: 'client.create',
    entity: 'client',
    entity_id: '1',
    after: (await caller.call('GET', '/clients/1')).text,
    at: created.json.createdAt,
  })
  const row = { account_id: caller.account, entity: 'project', entity_id: '1' }
  const first = client!.change + 1
  expect(rows).toEqual([
    {
      ...row,
      change: first,
      action: 'project.create',
      actor: caller.key,
      at: created.json.createdAt,
      after: created.text,
    },
    {
      ...row,
      change: first + 1,
      action: 'project.update',
      actor: second.key,
      at: updated.json.updatedAt,
      after: updated.text,
    },
    {
      ...row,
      change: first + 2,
      action: 'project.delete',
      actor: caller.key,
      at: deleted.json.deletedAt,
      after: deleted.text,
    },
    {
      ...row,
      change: first + 3,
      action: 'project.restore',
      actor: second.key,
      at: restored.json.updatedAt,
      after: restored.text,
    },
  ])
})

test('a known client leaves no row of its own', async () => {
  const caller = await newAccount(server)
  await caller.call('POST', '/projects', { body })
  const start = (await auditOf(server, caller)).length
  await caller.call('POST', '/projects', { body: { projectName: 'Shop', clientName: 'ACME' } })
  expect((await auditSince(caller, start)).map((row) => row.action)).toEqual(['project.create'])
})

test('what changes nothing leaves no row: reads, refusals, updates to the same values', async () => {
  const caller = await newAccount(server)
  const reader = await newKey(server, caller, 'read')
  await caller.call('POST', '/projects', { body })
  await caller.call('POST', '/projects', { body: { projectName: 'Shop', clientName: 'Other' } })
  const start = (await auditOf(server, caller)).length
  const statuses = [
    await caller.call('GET', '/projects'),
    await caller.call('POST', '/projects/', { body: {} }),
    await caller.call('PUT', '/projects/1', { body }),
    await caller.call('PUT', '/projects/1'),
    await caller.call('POST', '/projects/1/restore'),
    await caller.call('POST', '/projects', { body }),
    await caller.call('POST', '/projects', { body: { clientName: 'New' } }),
    await caller.call('PUT', '/projects/1', { body: { clientName: 'New' } }),
    await caller.call('PUT', '/projects/2', { body: { projectName: 'Website', clientName: 'Acme' } }),
    await caller.call('DELETE', '/projects/3'),
    await reader.call('DELETE', '/projects/1'),
  ].map(({ status }) => status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 409, 422, 422, 409, 404, 403])
  expect(await auditSince(caller, start)).toEqual([])
})

test('the rows of two accounts never mix, and each counts its changes without gaps', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  const names = Array.from({ length: 10 }, (_, index) => `p${index}`)
  await Promise.all(
    [one, two].flatMap((caller) =>
      names.map((projectName) =>
        caller.call('POST', '/projects', { body: { projectName, clientName: 'c' } }),
      ),
    ),
  )
  for (const caller of [one, two]) {
    const rows = await auditOf(server, caller)
    expect(rows.map((row) => row.change)).toEqual(rows.map((_, index) => index + 1))
    const projects = rows.filter((row) => row.entity === 'project')
    expect(projects).toHaveLength(10)
    expect(new Set(projects.map((row) => row.actor))).toEqual(new Set([caller.key]))
  }
})
