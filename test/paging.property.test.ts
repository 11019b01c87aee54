import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type Caller, newAccount, nextOf, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.close())

/** What an account holds: for every project, in the order of ids, its client and whether it was deleted. */
const holdings = fc.array(fc.record({ client: fc.constantFrom('one', 'two'), deleted: fc.boolean() }), {
  maxLength: 25,
})
type Holdings = { client: string; deleted: boolean }[]

async function fill(held: Holdings): Promise<Caller> {
  const caller = await newAccount(server)
  for (const [index, { client }] of held.entries())
    await caller.call('POST', '/projects', { body: { projectName: `project ${index}`, clientName: client } })
  await Promise.all(
    held.flatMap(({ deleted }, index) => (deleted ? [caller.call('DELETE', `/projects/${index + 1}`)] : [])),
  )
  return caller
}

const live = (held: Holdings, client = '') =>
  held.flatMap((one, index) => (one.deleted || !one.client.includes(client) ? [] : [index + 1]))

const idsOf = (json: any[]): number[] => json.map(({ ID }) => ID)

test('following next visits each live row once, in the order of ids, whatever the limits', async () => {
  const limits = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(holdings, limits, fc.constantFrom('', 'one', 'o'), async (held, sizes, client) => {
      const { call } = await fill(held)
      const seen: number[] = []
      let path: string | undefined = `/projects?clientName=${client}&limit=1`
      for (let page = 0; path !== undefined; page++) {
        const limit = sizes[page % sizes.length]!
        const reply = await call('GET', path.replace(/limit=\d+/, `limit=${limit}`))
        expect(reply.status).toBe(200)
        expect(reply.json.length).toBeLessThanOrEqual(limit)
        seen.push(...idsOf(reply.json))
        path = nextOf(reply)
        expect(path !== undefined).toBe(seen.length < live(held, client).length)
      }
      expect(seen).toEqual(live(held, client))
    }),
    { numRuns: 40 },
  )
})

test('pages by number hold each live row once, in the order of ids', async () => {
  await fc.assert(
    fc.asyncProperty(holdings, fc.integer({ min: 1, max: 8 }), async (held, limit) => {
      const { call } = await fill(held)
      const expected = live(held)
      const pages = Math.ceil(expected.length / limit)
      const seen: number[] = []
      for (let page = 0; page < pages + 2; page++) {
        const reply = await call('GET', `/projects?page_number=${page}&limit=${limit}`, {
          headers: { Prefer: 'count=exact' },
        })
        expect(idsOf(reply.json)).toEqual(expected.slice(page * limit, (page + 1) * limit))
        expect(reply.headers['x-total-count']).toBe(String(expected.length))
        seen.push(...idsOf(reply.json))
      }
      expect(seen).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

test('following next from any numbered page visits the rest', async () => {
  await fc.assert(
    fc.asyncProperty(holdings, fc.nat(6), fc.integer({ min: 1, max: 5 }), async (held, page, limit) => {
      const { call } = await fill(held)
      const seen: number[] = []
      for (let path: string | undefined = `/projects?page_number=${page}&limit=${limit}`; path; ) {
        const reply = await call('GET', path)
        seen.push(...idsOf(reply.json))
        path = nextOf(reply)
      }
      expect(seen).toEqual(live(held).slice(page * limit))
    }),
    { numRuns: 30 },
  )
})

test('rows that stay are visited once, while others come and go', async () => {
  await fc.assert(
    fc.asyncProperty(holdings, fc.array(fc.nat(24), { maxLength: 10 }), async (held, goers) => {
      const { call } = await fill(held)
      const going = new Set(goers.map((index) => index + 1))
      const seen: number[] = []
      for (let path: string | undefined = '/projects?limit=3'; path; ) {
        const reply = await call('GET', path)
        seen.push(...idsOf(reply.json))
        path = nextOf(reply)
        const goer = goers.pop()
        if (goer !== undefined) await call('DELETE', `/projects/${goer + 1}`)
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toEqual([...seen].sort((one, other) => one - other))
      expect(seen.filter((id) => !going.has(id))).toEqual(live(held).filter((id) => !going.has(id)))
    }),
    { numRuns: 30 },
  )
})
