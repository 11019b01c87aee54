import { afterAll, expect, test } from 'vitest'
import {
  atomic,
  batch,
  create,
  faultsOf,
  namesOf,
  remove,
  statusesOf,
  update,
  withProjects,
} from '../../../test/batches.ts'
import { expectErrors } from '../../../test/expect.ts'
import { newAccount, startServer } from '../../../test/harness.ts'
import { keptOf } from '../../../test/store.ts'

const server = await startServer()
afterAll(() => server.close())

const MIB = 1_048_576
const STRICT = { Prefer: 'handling=strict' }

const many = (count: number) => Array.from({ length: count }, (_, index) => create(`p${index}`))

/** Lines that are refused: what is sent, status, code and pointer below `/operations/N`. */
const BAD: [string, unknown, number, [number, string][]][] = [
  ['null', null, 422, [[10060, '']]],
  ['an array', [], 422, [[10060, '']]],
  ['text', 'delete', 422, [[10060, '']]],
  ['no method', { id: 1 }, 422, [[10060, '/method']]],
  ['an unknown method', { method: 'upsert', id: 1 }, 422, [[10060, '/method']]],
  ['a create without project', { method: 'create' }, 422, [[10060, '/project']]],
  ['a project that is no object', update(1, 'x'), 422, [[10060, '/project']]],
  [
    'a create without names',
    { method: 'create', project: {} },
    422,
    [
      [10050, '/project/projectName'],
      [10050, '/project/clientName'],
    ],
  ],
  [
    'a create with wrong fields',
    create(5, '', { hourRate: -1 }),
    422,
    [
      [10051, '/project/projectName'],
      [10052, '/project/clientName'],
      [10054, '/project/hourRate'],
    ],
  ],
  ['an update with a wrong field', update(1, { notes: 5 }), 422, [[10051, '/project/notes']]],
  ['an update to another id', update(1, { ID: 2 }), 422, [[10057, '/project/ID']]],
  ['an update without id', { method: 'update', project: {} }, 422, [[10050, '/id']]],
  ['a delete without id', { method: 'delete' }, 422, [[10050, '/id']]],
  ['an id that is no number', remove('x'), 422, [[10051, '/id']]],
  ['an id that is an object', remove({ toString: 1 }), 422, [[10051, '/id']]],
  [
    'an update by an id that is an object',
    { method: 'update', id: { toString: 1 }, project: { ID: 1 } },
    422,
    [[10051, '/id']],
  ],
  ['an id below 1', remove(0), 422, [[10054, '/id']]],
  ['an ifMatch that is no text', remove(1, { ifMatch: 1 }), 422, [[10051, '/ifMatch']]],
  ['an ifMatch that is no ETag', remove(1, { ifMatch: '1' }), 422, [[10058, '/ifMatch']]],
  ['a name that is taken', create('ONE'), 409, [[13002, '/project/projectName']]],
  [
    'an update to a name that is taken',
    update(2, { projectName: 'one' }),
    409,
    [[13002, '/project/projectName']],
  ],
  ['an update to an unknown client', update(1, { clientName: 'X' }), 422, [[12001, '/project/clientName']]],
]

test.each(BAD)('207: %s is refused alone', async (_, bad, status, faults) => {
  const caller = await withProjects(server)
  const reply = await batch(caller, [create('Four'), bad, create('Five')])
  expect([reply.status, statusesOf(reply.json)]).toEqual([207, [201, status, 201]])
  expect(faultsOf(reply.json)[1]).toEqual(faults.map(([code, path]) => [code, `/operations/1${path}`]))
  expect(await namesOf(caller)).toEqual(['1 One', '2 Two', '3 Three', '4 Four', '5 Five'])
})

test.each(BAD)('atomic: %s refuses the whole, nothing done', async (_, bad, status, faults) => {
  const caller = await withProjects(server)
  const kept = await keptOf(server, caller)
  const reply = await atomic(caller, [create('Four', 'New'), remove(3), update(2, { notes: 'x' }), bad])
  const wanted = faults.map(([code, path]): [number, object] => [code, { pointer: `/operations/3${path}` }])
  expectErrors(reply, status, ...wanted)
  expect(await keptOf(server, caller)).toBe(kept)
})

test('atomic 422: the faults of every line are told', async () => {
  const caller = await withProjects(server)
  const reply = await atomic(caller, [
    create(''),
    create('Four'),
    update(1, { notes: 5 }),
    remove(0),
    { method: 'x' },
  ])
  expectErrors(
    reply,
    422,
    [10052, { pointer: '/operations/0/project/projectName' }],
    [10051, { pointer: '/operations/2/project/notes' }],
    [10054, { pointer: '/operations/3/id' }],
    [10060, { pointer: '/operations/4/method' }],
  )
  expect(await namesOf(caller)).toHaveLength(3)
})

test('422: 1,001 lines, none, or no list at all', async () => {
  const caller = await newAccount(server)
  const kept = await keptOf(server, caller)
  for (const operations of [many(1_001), [], {}, null, 'x', undefined, 5])
    for (const whole of [true, false])
      expectErrors(await batch(caller, operations, { atomic: whole }), 422, [
        10060,
        { pointer: '/operations' },
      ])
  for (const path of ['/projects/batch', '/projects/batch/', '/projects/batch?x=1'])
    for (const body of [undefined, {}])
      expectErrors(await caller.call('POST', path, { body }), 422, [10060, { pointer: '/operations' }])
  expectErrors(await caller.call('POST', '/projects/batch', { body: [remove(1)] }), 422, [
    10043,
    { pointer: '' },
  ])
  expectErrors(await batch(caller, [create('x')], { atomic: 'x' }), 422, [10051, { pointer: '/atomic' }])
  expectErrors(
    await batch(caller, [], { atomic: 'x' }),
    422,
    [10051, { pointer: '/atomic' }],
    [10060, { pointer: '/operations' }],
  )
  expect(await keptOf(server, caller)).toBe(kept)
})

test('413: over 16 MiB; 10 MiB and just 16 MiB are done; 1 MiB elsewhere', async () => {
  const caller = await newAccount(server)
  const notes = 'x'.repeat(10 * 1_024)
  const large = await atomic(
    caller,
    Array.from({ length: 1_000 }, (_, at) => create(`p${at}`, 'Acme', { notes })),
  )
  expect([large.status, large.json.length, large.json[999].project.notes === notes]).toEqual([
    200,
    1_000,
    true,
  ])
  const padded = (bytes: number) => JSON.stringify({ operations: [create('Last')] }).padEnd(bytes, ' ')
  const send = (path: string, body: string) => caller.call('POST', path, { body })
  expectErrors(await send('/projects/batch', padded(16 * MIB + 1)), 413, [10041])
  expect((await send('/projects/batch', padded(16 * MIB))).json[0].status).toBe(201)
  for (const path of ['/projects', '/projects/1', '/projects/1/restore', '/clients'])
    expectErrors(await send(path, padded(MIB + 1)), 413, [10041])
})

test('strict: unknown names are refused on each level, and ignored otherwise', async () => {
  const caller = await withProjects(server)
  const extra = { x: 1 }
  const lines = [
    create('Four', 'Acme', extra),
    { ...create('Five'), ...extra },
    update(1, extra),
    { ...remove(2), ...extra },
  ]
  const strict = await batch(caller, lines, {}, STRICT)
  expect(statusesOf(strict.json)).toEqual([422, 422, 422, 422])
  expect(faultsOf(strict.json)).toEqual(
    ['/0/project/x', '/1/x', '/2/project/x', '/3/x'].map((path) => [[10056, `/operations${path}`]]),
  )
  expectErrors(await batch(caller, [create('Four')], extra, STRICT), 422, [10056, { pointer: '/x' }])
  expect(statusesOf((await batch(caller, lines, extra)).json)).toEqual([201, 201, 200, 200])
})
