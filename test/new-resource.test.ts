import './stamp.ts'
import './isolation.test.ts'
import '../src/http/conditional.test.ts'
import '../src/http/idempotency.test.ts'
import { afterAll, expect, test } from 'vitest'
import { openApi } from '../src/app.ts'
import { copyAll } from '../src/copy/copy.ts'
import type { Side } from '../src/copy/side.ts'
import type { Database } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { servedResources } from './api.ts'
import { ask, dropLocation, newDatabase, onPostgres } from './engine.ts'
import { expectErrors } from './expect.ts'
import { newAccount, newKey, startServer } from './harness.ts'
import { until } from './keyed-load.ts'

/** What nobody has told of it, a resource of the kit has all the same: stamps are in test/stamp.ts, and nowhere else. */
const server = await startServer()
afterAll(() => server.close())

test('the OpenAPI document has its operations, its schemas, its errors, and its objects in the change feed', () => {
  const { paths, components, tags }: any = openApi(servedResources())
  const own = Object.keys(paths).filter((path) => path.includes('/stamps'))
  expect(own.map((path) => path.replace('/api/v2/ext/stamps', ''))).toEqual([
    '',
    '/{id}',
    '/{id}/rename',
    '/{id}/enable',
    '/{id}/disable',
    '/{id}/restore',
    '/batch',
    '/{id}/history',
  ])
  expect(tags).toContainEqual({ name: 'Stamps', description: 'Stamps.' })
  expect(components.schemas.Change.properties.entity.enum).toContain('stamp')
  expect(components.schemas.Change.properties.object.anyOf).toContainEqual({
    $ref: '#/components/schemas/Stamp',
  })
  expect(Object.keys(components.examples)).toEqual(expect.arrayContaining(['90001', '90002', '90020']))
  expect(paths['/api/v2/ext/stamps'].get.description).toContain('/api/v2/ext/postmarks')
})

test('its changes are in the change feed and in its history', async () => {
  const { call } = await newAccount(server)
  const { json: made } = await call('POST', '/stamps', { body: { name: 'Paid' } })
  const { json: renamed } = await call('POST', '/stamps/1/rename', { body: { name: 'Received' } })
  expect((await call('GET', '/changes')).json).toMatchObject([
    { entity: 'stamp', id: 1, action: 'stamp.create', deleted: false, object: made },
    { entity: 'stamp', id: 1, action: 'stamp.rename', deleted: false, object: renamed },
  ])
  expect((await call('GET', '/stamps/1/history')).json).toMatchObject([
    { before: null, after: made },
    { before: made, after: renamed },
  ])
})

test('403: a read-only key reads its objects and changes none', async () => {
  const owner = await newAccount(server)
  await owner.call('POST', '/stamps', { body: { name: 'Paid' } })
  const { call } = await newKey(server, owner, 'read')
  expect((await call('GET', '/stamps')).json).toHaveLength(1)
  for (const path of ['/stamps', '/stamps/batch', '/stamps/1/rename', '/stamps/1/disable'])
    expectErrors(await call('POST', path, { body: {} }), 403, [11002, { header: 'X-TimeTrack-Api-Key' }])
})

test('a copy takes its rows along', async () => {
  const { call } = await newAccount(server)
  await call('POST', '/stamps', { body: { name: 'Copied', notes: 'ä€😀' } })
  const location = await newDatabase()
  const target = await openDatabase(location)
  await migrate(target)
  const comparisons = await copyAll(sideOf(server.database), sideOf(target), { show() {}, copied() {} })
  expect(comparisons.find(({ table }) => table === ('stamps' as string))).toMatchObject({ same: true })
  const sql = "select wire from stamps where wire like '%Copied%'"
  expect(await ask(location, sql)).toEqual(await ask(server.location, sql))
  await target.close()
  await dropLocation(location)
})

const sideOf = ({ name, builder, reader, transaction }: Database): Side => ({
  name,
  builder,
  read: (call) => reader.all(0, call),
  change: (work) => transaction(0, work),
})

test.runIf(onPostgres)('PostgreSQL gathers statistics of its table', async () => {
  const { call } = await newAccount(server)
  for (let from = 0; from < 1_000; from += 500) {
    const operations = Array.from({ length: 500 }, (_, index) => ({
      method: 'create',
      stamp: { name: `Stamp ${from + index}` },
    }))
    await call('POST', '/stamps/batch', { body: { atomic: true, operations } })
  }
  const analyzed = () =>
    ask(
      server.location,
      `select 1 from pg_stat_user_tables where relname = 'stamps' and last_analyze is not null`,
    )
  await until('its table is analyzed', async () => (await analyzed()).length > 0)
})

test('another path of an operation leads to it, and its links name the first', async () => {
  const { call } = await newAccount(server)
  for (const name of ['One', 'Two']) await call('POST', '/stamps', { body: { name } })
  const first = await call('GET', '/stamps?limit=1')
  const other = await call('GET', '/postmarks?limit=1')
  expect([other.status, other.text, other.headers.link]).toEqual([200, first.text, first.headers.link])
  expect(other.headers.etag).toBe(first.headers.etag)
  expectErrors(await call('DELETE', '/postmarks'), 405, [10006])
})

test('another name of a field is read, also under strict; two that disagree are refused', async () => {
  const { call } = await newAccount(server)
  const headers = { Prefer: 'handling=strict' }
  const made = await call('POST', '/stamps', { body: { name: 'Paid', remark: 'Red.' }, headers })
  expect([made.status, made.json.notes]).toEqual([201, 'Red.'])
  const same = await call('PUT', '/stamps/1', { body: { notes: 'Blue.', remark: 'Blue.' } })
  expect([same.status, same.json.notes]).toEqual([200, 'Blue.'])
  expectErrors(await call('PUT', '/stamps/1', { body: { notes: 'Red.', remark: 'Blue.' } }), 422, [
    10058,
    { pointer: '/remark' },
  ])
  expectErrors(await call('PUT', '/stamps/1', { body: { remark: 7 } }), 422, [10051, { pointer: '/remark' }])
})
