import { afterAll, expect, test } from 'vitest'
import { type Param, query } from '../src/db/query.ts'
import { openScope, type Tx, write } from '../src/db/scope.ts'
import { projects } from '../src/resources/projects/project.store.ts'
import { newAccount, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.close())

async function newScope() {
  const { account } = await newAccount(server)
  return openScope(server.database, account, 'test', 'write')
}

const insertAgain = query((db, param: Param<{ id: number }>) =>
  db
    .insertInto('projects')
    .expression(
      db
        .selectFrom('projects')
        .selectAll()
        .where('account_id', '=', param('account'))
        .where('id', '=', param('id')),
    ),
)

const refused = new Error('refused')
const refuse = () => {
  throw refused
}

async function takeTwice(tx: Tx): Promise<number[]> {
  return [await tx.next('project'), await tx.next('project')]
}

test('numbers go on from one change to the next, together or not', async () => {
  const scope = await newScope()
  expect(await Promise.all([write(scope, takeTwice), write(scope, takeTwice)])).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(await write(scope, takeTwice)).toEqual([5, 6])
  expect(await write(scope, (tx) => tx.latest('project'))).toBe(6)
})

test('numbers of one change that are asked for at once differ', async () => {
  const scope = await newScope()
  const numbers = await write(scope, (tx) => Promise.all([1, 2, 3].map(() => tx.next('project'))))
  expect(numbers.sort()).toEqual([1, 2, 3])
  expect(await write(scope, (tx) => tx.next('project'))).toBe(4)
})

test('the latest number is what was taken before in the same change, and 0 before the first', async () => {
  const scope = await newScope()
  const seen = await write(scope, async (tx) => [
    await tx.latest('client'),
    await tx.next('client'),
    await tx.latest('client'),
    await tx.next('client'),
    await tx.latest('client'),
  ])
  expect(seen).toEqual([0, 1, 1, 2, 2])
})

test('numbers that a part took are given again where it throws, its first or a later one', async () => {
  const scope = await newScope()
  const seen = await write(scope, async (tx) => {
    const part = () => tx.attempt(() => takeTwice(tx).then(refuse)).catch((error) => error)
    const failures = [await part()]
    const first = await tx.next('project')
    failures.push(await part())
    return { failures, numbers: [first, await tx.next('project')] }
  })
  expect(seen).toEqual({ failures: [refused, refused], numbers: [1, 2] })
  expect(await write(scope, (tx) => tx.next('project'))).toBe(3)
})

test('a change that is refused after it took numbers leaves no gap for those that it arrived with', async () => {
  const scope = await newScope()
  const take = () => write(scope, (tx) => tx.next('project'))
  const took = await Promise.allSettled([
    take(),
    write(scope, (tx) => tx.next('project').then(refuse)),
    take(),
    write(scope, (tx) => takeTwice(tx).then(refuse)),
    take(),
  ])
  expect(took.map((result) => (result.status === 'fulfilled' ? result.value : result.reason))).toEqual([
    1,
    refused,
    2,
    refused,
    3,
  ])
})

test('changes that are committed together have one time', async () => {
  const scope = await newScope()
  const times = await Promise.all([1, 2, 3].map(() => write(scope, async (tx) => tx.now)))
  expect(new Set(times).size).toBe(1)
})

test('a change that the database refuses fails with the reason, and takes none of the others with it', async () => {
  const scope = await newScope()
  const project = (projectName: string) => ({ projectName, clientName: 'Acme' })
  const again = async (tx: Tx) => {
    const row = await projects.create(tx, project('Twice'))
    await tx.run(insertAgain, { id: row.id })
    await tx.record({ action: 'project.create', id: row.id, after: row.wire })
    return tx.latest('client')
  }
  const latest = () => write(scope, (tx) => tx.latest('change'))
  const before = await latest()
  const [one, refusal, other] = await Promise.allSettled([
    write(scope, (tx) => projects.create(tx, project('One'))),
    write(scope, again),
    write(scope, (tx) => projects.create(tx, project('Other'))),
  ])
  expect(refusal).toMatchObject({ reason: { message: expect.stringMatching(/unique/i) } })
  expect([one, other]).toMatchObject([{ value: { id: 1 } }, { value: { id: 2 } }])
  // A client and two projects.
  expect(await latest()).toBe(before + 3)
})
