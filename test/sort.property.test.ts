import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type Caller, newAccount, nextOf, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.close())

const NAMES = [
  'a',
  'A1',
  'ä',
  'Äb',
  'b',
  'ß',
  'SS',
  'ᾳ',
  'ΑΙ',
  '日',
  '😀',
  'ﬁ',
  'z',
  'Ż',
  'e\u0301',
  '%',
  '_',
  "'",
]
const AMOUNTS = [null, null, 0, 0.1, 0.5, 1, 7.25, 50, 12345678901.2345, 999_999_999_999]
const NUMBERS = ['hourRate', 'timeEstimated', 'budgetEstimated'] as const
const SORTS = ['id', 'projectName', 'clientName', 'projectEnabled', ...NUMBERS, 'createdAt', 'updatedAt']

const amount = fc.oneof(
  fc.constantFrom(...AMOUNTS),
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 99_999 }).map((number) => number / 1000),
)

/** A project, and what becomes of it. Names are often equal but for case and diacritics. */
const row = fc.record({
  projectName: fc
    .array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 })
    .map((parts) => parts.join('')),
  clientName: fc.constantFrom('one', 'Öne', 'ZWEI', 'äcme'),
  projectEnabled: fc.boolean(),
  hourRate: amount,
  timeEstimated: amount,
  budgetEstimated: amount,
  fate: fc.constantFrom('kept', 'kept', 'kept', 'changed', 'deleted'),
})
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never

const sort = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...SORTS), descending: fc.boolean() }), {
    selector: ({ name }) => name,
    maxLength: 4,
  })
  .map((terms) => terms.map(({ name, descending }) => (descending ? `-${name}` : name)))

const ranges = fc.dictionary(
  fc.constantFrom(...NUMBERS.flatMap((name) => ['gte', 'gt', 'lte', 'lt'].map((sign) => `${name}[${sign}]`))),
  fc.constantFrom(0, 0.1, 0.5, 1, 5, 7.25, 50, 12345678901.2345, 999_999_999_999),
  { maxKeys: 2 },
)

/** A value, and often none. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const filters = fc.record({
  projectName: maybe(fc.constantFrom(...NAMES, 's', 'É', '1')),
  clientName: maybe(fc.constantFrom('ne', 'ö', 'zwei', 'E')),
  projectEnabled: maybe(fc.boolean()),
  /** Since the last change of the project at this place. */
  since: maybe(fc.nat(29)),
  deleted: maybe(fc.boolean()),
  ranges,
})
type PageRequest = typeof filters extends fc.Arbitrary<infer F> ? F : never

/** The ids of what was done; nothing for what was refused, such as a name that is taken. */
async function batch({ call }: Caller, operations: object[]): Promise<(number | undefined)[]> {
  if (operations.length === 0) return []
  const reply = await call('POST', '/projects/batch', { body: { operations } })
  expect(reply.status).toBe(207)
  return reply.json.map(({ project }: any) => project?.id)
}

async function fill(rows: Row[]): Promise<Caller> {
  const caller = await newAccount(server)
  const creates = rows.map(({ fate: _, ...project }) => ({ method: 'create', project }))
  const ids = [...(await batch(caller, creates.slice(0, 10))), ...(await batch(caller, creates.slice(10)))]
  const fated = (fate: string) => ids.filter((id, index) => id !== undefined && rows[index]!.fate === fate)
  const changes = fated('changed').map((id) => ({ method: 'update', id, project: { notes: 'changed' } }))
  const deletions = fated('deleted').map((id) => ({ method: 'delete', id }))
  for (const operations of [changes, deletions])
    expect(await batch(caller, operations)).not.toContain(undefined)
  return caller
}

// The model: plain arrays and comparisons, by what the contract says.

const fold = (text: string) => text.normalize('NFC').toUpperCase().normalize('NFC')
const plain = (text: string) => fold(text).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')

function fits(project: any, wanted: PageRequest, since: string | undefined): boolean {
  const { projectName = '', clientName = '', projectEnabled } = wanted
  return (
    fold(project.projectName).includes(fold(projectName)) &&
    fold(project.clientName).includes(fold(clientName)) &&
    (projectEnabled === undefined || project.projectEnabled === projectEnabled) &&
    (since === undefined || project.updatedAt >= since) &&
    Object.entries(wanted.ranges).every(([range, bound]) => isIn(project, range, bound))
  )
}

function isIn(project: any, range: string, bound: number): boolean {
  const [, name = '', sign = ''] = /^(\w+)\[(\w+)\]$/.exec(range) ?? []
  const value: number | null = project[name]
  if (value === null) return false
  return { gte: value >= bound, gt: value > bound, lte: value <= bound, lt: value < bound }[sign] ?? false
}

function compare(one: any, other: any, term: string): number {
  const name = term.replace('-', '')
  const [a, b] = [one[name], other[name]]
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const ascending =
    typeof a === 'string' ? Buffer.compare(Buffer.from(plain(a)), Buffer.from(plain(b))) : a - b
  return term.startsWith('-') ? -ascending : ascending
}

function sorted(projects: any[], terms: string[]): number[] {
  const order = (one: any, other: any) =>
    [...terms, 'id'].reduce((decided, term) => decided || compare(one, other, term), 0)
  return [...projects].sort(order).map(({ id }) => id)
}

function queryOf(
  { since: _, ranges: bounds, ...rest }: PageRequest,
  terms: string[],
  since: string | undefined,
) {
  const values = { ...rest, ...bounds, updatedSince: since, sort: terms.join() || undefined }
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
}

const idsOf = (json: any[]): number[] => json.map(({ ID }) => ID)

async function byCursor({ call }: Caller, query: string, sizes: number[]): Promise<number[]> {
  const seen: number[] = []
  let path: string | undefined = `/projects?${query}&limit=1`
  for (let page = 0; path !== undefined; page++) {
    const reply = await call('GET', path.replace(/limit=\d+/, `limit=${sizes[page % sizes.length]}`))
    expect(reply.status).toBe(200)
    seen.push(...idsOf(reply.json))
    path = nextOf(reply)
  }
  return seen
}

async function byNumber({ call }: Caller, query: string, limit: number, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let page = 0; page * limit < count + limit; page++) {
    const path = `/projects?${query}&limit=${limit}&page_number=${page}`
    const reply = await call('GET', path, { headers: { Prefer: 'count=exact' } })
    expect([reply.status, reply.headers['x-total-count']]).toEqual([200, String(count)])
    seen.push(...idsOf(reply.json))
  }
  return seen
}

test('any filters in any order, paged by cursor and by number, are what a plain list would be', async () => {
  const question = fc.record({
    wanted: filters,
    terms: sort,
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 30 }),
      fc.array(question, { minLength: 3, maxLength: 6 }),
      async (rows, questions) => {
        const caller = await fill(rows)
        const live: any[] = (await caller.call('GET', '/projects?limit=1000')).json
        const trash: any[] = (await caller.call('GET', '/projects?limit=1000&deleted=true')).json
        for (const { wanted, terms, sizes } of questions) {
          const since = [...live, ...trash].find(({ id }) => id === wanted.since)?.updatedAt
          const model = sorted(
            (wanted.deleted ? trash : live).filter((project) => fits(project, wanted, since)),
            terms,
          )
          const query = queryOf(wanted, terms, since)
          expect({ query, ids: await byCursor(caller, query, sizes) }).toEqual({ query, ids: model })
          expect({ query, ids: await byNumber(caller, query, sizes[0]!, model.length) }).toEqual({
            query,
            ids: model,
          })
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('the order of names is total and the same both ways, whatever the names', async () => {
  const name = fc
    .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }), fc.constantFrom(...NAMES))
    .map((text) => text.replace(/\p{Cc}|\p{Cs}/gu, '').trim())
    .filter((text) => text !== '')
  const names = fc.uniqueArray(name, { selector: fold, minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(names, async (all) => {
      const caller = await newAccount(server)
      await batch(
        caller,
        all.map((projectName) => ({ method: 'create', project: { projectName, clientName: 'c' } })),
      )
      const live: any[] = (await caller.call('GET', '/projects?limit=1000')).json
      for (const sort of ['projectName', '-projectName', '-projectName,-id'])
        expect(await byCursor(caller, `sort=${sort}`, [3])).toEqual(sorted(live, sort.split(',')))
    }),
    { numRuns: 40 },
  )
})
