import fc from 'fast-check'
import { routes } from './ask.ts'
import type { Command } from './command.ts'
import type { Pairs } from './query.ts'

/** A value out of a few; the first are the usual ones. */
const few = <T>(usual: readonly T[], odd: readonly T[]) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  )

const maybe = <T>(arbitrary: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight, arbitrary })

/** Spellings of few names, so that they meet: case, NFC and NFD, spaces around, letters that grow in upper case. */
const names = few<unknown>(
  [
    ...['Acme', 'ACME', ' acme ', 'Äcme', 'A\u0308CME', 'äcme', 'Beta', 'beta'],
    ...['straße', 'STRASSE', 'ΑΣ', 'ας', '100%_', 'é\u0301', '𝒜'],
  ],
  ['', '  ', 'a\u0000b', 'x\ny', '\ud800', 'x'.repeat(256), 5, null, true, ['Acme']],
)
/** Fewer still, so that projects meet in one client. */
const clientNames = few<unknown>(
  ['Acme', 'ACME', ' acme ', 'Äcme', 'A\u0308CME', 'Beta', 'STRASSE'],
  ['', 'x\ny', 5],
)
const flags = few<unknown>([true, false, 1, 0, 'true', '0'], ['yes', 2, '', null])
const amounts = few<unknown>(
  [0, 50, '50.00', 12.5, 0.1, 999_999_999_999, null],
  [-1, 1e12, '1e3', '', ' 5', 0.1234567890123456, '0.1234567890123456', true],
)
const notes = few<unknown>([null, '', 'one\r\n\ttwo', 'e\u0301 ', 'é '], ['a\u0007', '\udc00x', 7])
const ids = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 1, arbitrary: fc.constant(99) },
)

const some = (fields: Record<string, fc.Arbitrary<unknown>>, required: string[] = []) =>
  fc.record(fields, { requiredKeys: required })

const unknownField = fc.constantFrom(1)
const details = {
  color: few<unknown>(['#3366CC', null], ['red', '#12345']),
  notes,
  email: few<unknown>(['a@b', null], ['a b@c', 'a@']),
  phone: few<unknown>(['1', ' 1 ', null], [1, 'x\ny']),
  addressCountry: few<unknown>(['AT', 'DE', null], ['at', 'XX']),
}
const project = {
  projectName: names,
  clientName: clientNames,
  projectEnabled: flags,
  notes,
  hourRate: amounts,
}
const createBody = fc.oneof(
  { weight: 8, arbitrary: some({ ...project, timeEstimated: amounts }, ['projectName', 'clientName']) },
  { weight: 1, arbitrary: some({ ...project, foo: unknownField, ID: ids }) },
)
const updateBody = fc.oneof(
  { weight: 4, arbitrary: some({ projectName: names, clientName: clientNames }) },
  { weight: 4, arbitrary: some({ ...project, budgetEstimated: amounts }) },
  { weight: 1, arbitrary: some({ ...project, foo: unknownField, ID: ids, id: ids }) },
)
const clientBody = fc.oneof(
  { weight: 5, arbitrary: some({ name: names, enabled: flags, ...details }, ['name']) },
  { weight: 1, arbitrary: some({ ...details, name: names, foo: unknownField }) },
)
const clientUpdate = some({ ...details, contactPerson: names, field1: notes, id: ids, enabled: flags })

const taskBody = fc.oneof(
  { weight: 5, arbitrary: some({ name: names, enabled: flags, notes, hourRate: amounts }, ['name']) },
  { weight: 1, arbitrary: some({ name: names, notes, foo: unknownField }) },
)
const taskUpdate = some({ notes, hourRate: amounts, name: names, id: ids, enabled: flags })

const matches = few(['current', 'stale', 'any', 'weak', 'several'], ['unreadable'])
const operations = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ method: fc.constant('create'), project: createBody }) },
    {
      weight: 6,
      arbitrary: fc.record(
        { method: fc.constant('update'), id: ids, project: updateBody, match: matches },
        { requiredKeys: ['method', 'id'] },
      ),
    },
    {
      weight: 6,
      arbitrary: fc.record(
        { method: fc.constant('delete'), id: ids, match: matches },
        { requiredKeys: ['method', 'id'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom({ method: 'update' }, { method: 'remove', id: 1 }, { method: 'delete' }),
    },
  ),
  { maxLength: 4 },
)
const batchBody = fc.record({ operations, atomic: fc.boolean() }, { requiredKeys: ['operations'] })

const base = {
  who: fc.constantFrom(
    ...Array(6).fill('first'),
    ...Array(4).fill('second'),
    ...Array(2).fill('other'),
    'reader',
  ),
  strict: fc.constantFrom(...Array(6).fill(undefined), true),
}
/** A few keys come again and again with other content; `new` never does. */
const keys = few<string>(['new', 'new', 'k1', 'k2'], ['', 'x'.repeat(256)])

function change(op: string, body?: fc.Arbitrary<any>): fc.Arbitrary<Command> {
  const { path, method } = routes[op]!
  return fc.record({
    op: fc.constant(op),
    ...base,
    key: maybe(keys),
    ...(path.includes('{id}') && { id: ids, match: maybe(matches) }),
    ...(body && { body }),
    ...(method === 'PUT' && { via: fc.constantFrom(undefined, 'PATCH') }),
  })
}

function read(op: string, query: fc.Arbitrary<Pairs>): fc.Arbitrary<Command> {
  const posts = !/Changes|History/.test(op)
  return fc.record({
    op: fc.constant(op),
    ...base,
    id: ids,
    query,
    match: maybe(fc.constantFrom('current', 'stale')),
    via: fc.constantFrom(undefined, undefined, 'HEAD', ...(posts ? ['POST'] : [])),
    count: fc.boolean(),
    back: fc.nat(3),
    key: maybe(fc.constantFrom('k1', '')),
  })
}

function pairs(parameters: Record<string, fc.Arbitrary<string>>, most: number): fc.Arbitrary<Pairs> {
  const one = fc.oneof(
    ...Object.entries(parameters).map(([name, value]) => fc.tuple(fc.constant(name), value)),
  )
  return fc.array(one, { maxLength: most })
}

const paging = {
  limit: few(['1', '2', '3', '0', '1000'], ['1001', '-1', '2.0', 'x']),
  page_number: few(['0', '1', '2', '9007199254740991'], ['-1', '1e1', 'x']),
  cursor: fc.constant('known'),
  deleted: few(['true', 'false', '1', '0'], ['yes']),
  updatedSince: few(['known', '2020-01-31T12:00:00Z'], ['2020-02-30T12:00:00Z', 'yesterday']),
  foo: fc.constant('1'),
}
const needles = fc.constantFrom('a', 'CME', 'ä', 'a\u0308', 'ss', 'ß', 'σ', '%', '_', "'", 'é', '𝒜', ' ')
const sorts = (one: string[]) =>
  few(
    [...one, ...one.map((name) => `-${name}`), `${one[1]},-${one[0]}`, `-${one[2]},${one[1]}`],
    ['nothing', `${one[1]},${one[1]}`],
  )
const range = few(['0', '12.5', '50.00', '50'], ['-1', 'x', '1e3'])
const projectQuery = pairs(
  {
    ...paging,
    projectName: needles,
    clientName: needles,
    projectEnabled: few(['true', '0'], ['2']),
    'hourRate[gte]': range,
    'hourRate[gt]': range,
    'timeEstimated[lte]': range,
    'hourRate[lt]': range,
    sort: sorts([
      'id',
      'projectName',
      'hourRate',
      'clientName',
      'projectEnabled',
      'timeEstimated',
      'updatedAt',
      'createdAt',
    ]),
    fields: few(['id,projectName', 'clientName', 'deletedAt,hourRate'], ['id,nothing']),
  },
  4,
)
const clientQuery = pairs(
  {
    ...paging,
    name: needles,
    enabled: few(['true', '0'], ['2']),
    sort: sorts(['id', 'name', 'updatedAt', 'createdAt']),
    fields: few(['id,name', 'email,enabled'], ['projectName']),
  },
  3,
)
const taskQuery = pairs(
  {
    ...paging,
    name: needles,
    enabled: few(['true', '0'], ['2']),
    sort: sorts(['id', 'name', 'hourRate', 'updatedAt']),
    fields: few(['id,name', 'hourRate,enabled'], ['projectName']),
  },
  3,
)
/** The next page of what was listed before, or of something else with its cursor. */
const following = fc
  .tuple(fc.constantFrom('id', 'projectName', '-hourRate', 'clientName', 'updatedAt'), fc.boolean())
  .map(
    ([sort, goesOn]): Pairs => [
      ['sort', sort],
      ['limit', '2'],
      ...(goesOn ? ([['cursor', 'known']] as const) : []),
    ],
  )
const feedQuery = pairs({ after: fc.constant('known'), limit: paging.limit, foo: paging.foo }, 2)
const nothing = pairs({ foo: fc.constant('1') }, 1)

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 9, arbitrary: change('createProject', createBody) },
  { weight: 8, arbitrary: change('updateProject', updateBody) },
  { weight: 6, arbitrary: change('deleteProject') },
  { weight: 4, arbitrary: change('restoreProject') },
  { weight: 4, arbitrary: change('batchProjects', batchBody) },
  { weight: 3, arbitrary: change('createClient', clientBody) },
  { weight: 2, arbitrary: change('updateClient', clientUpdate) },
  { weight: 4, arbitrary: change('renameClient', some({ name: names, foo: unknownField }, ['name'])) },
  { weight: 1, arbitrary: change('enableClient') },
  { weight: 2, arbitrary: change('disableClient') },
  { weight: 5, arbitrary: change('deleteClient') },
  { weight: 2, arbitrary: change('restoreClient') },
  { weight: 3, arbitrary: change('createTask', taskBody) },
  { weight: 2, arbitrary: change('updateTask', taskUpdate) },
  { weight: 3, arbitrary: change('renameTask', some({ name: names, foo: unknownField }, ['name'])) },
  { weight: 1, arbitrary: change('enableTask') },
  { weight: 1, arbitrary: change('disableTask') },
  { weight: 2, arbitrary: change('deleteTask') },
  { weight: 2, arbitrary: change('restoreTask') },
  { weight: 2, arbitrary: read('listTasks', taskQuery) },
  { weight: 1, arbitrary: read('listTaskHistory', feedQuery) },
  { weight: 1, arbitrary: read('listClientHistory', feedQuery) },
  { weight: 3, arbitrary: read('getProject', nothing) },
  { weight: 2, arbitrary: read('getClient', nothing) },
  { weight: 6, arbitrary: read('listProjects', projectQuery) },
  { weight: 3, arbitrary: read('listProjects', following) },
  { weight: 3, arbitrary: read('listClients', clientQuery) },
  { weight: 3, arbitrary: read('listChanges', feedQuery) },
  { weight: 2, arbitrary: read('listProjectHistory', feedQuery) },
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constantFrom('retry', 'again'), who: base.who, back: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('restart'), who: fc.constant('first') }) },
)

/** Long ones, so that there is something to collide with; a failure is shrunk to the steps that it needs. */
export const sequences = fc.array(command, { maxLength: 50, size: 'max' })

/** What every sequence begins with, so that its steps find something. */
export const beginning: readonly Command[] = [
  { op: 'createProject', who: 'first', body: { projectName: 'Acme', clientName: 'Acme', hourRate: 50 } },
  { op: 'createProject', who: 'second', body: { projectName: 'straße', clientName: 'acme' } },
  { op: 'createProject', who: 'first', body: { projectName: 'Beta', clientName: 'Äcme', hourRate: 12.5 } },
]
