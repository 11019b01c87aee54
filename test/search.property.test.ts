import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { newAccount, startServer } from './harness.ts'
import { finds, joined, kept, partOf } from './needles.ts'

const server = await startServer()
afterAll(() => server.close())

/** A name as it can be sent; it is kept trimmed and in NFC. */
const name = joined(1, 8).filter((text) => text.trim() !== '')

const trial = fc.array(name, { minLength: 2, maxLength: 8 }).chain((names) =>
  fc.record({
    names: fc.constant(names),
    needles: fc.array(fc.oneof(partOf(names, 4), joined(1, 3)), { minLength: 8, maxLength: 8 }),
  }),
)

test('search finds what a plain model finds, by project and by client', async () => {
  let hits = 0
  await fc.assert(
    fc.asyncProperty(trial, async ({ names, needles }) => {
      const { call } = await newAccount(server)
      const replies = await Promise.all(
        // Names may be the same by fold: each has a client of its own, and each client a project of its own.
        names.flatMap((text, index) => [
          call('POST', '/projects', { body: { projectName: text, clientName: `client ${index}` } }),
          call('POST', '/projects', { body: { projectName: `project ${index}`, clientName: text } }),
        ]),
      )
      const projects: any[] = replies.map(({ status, json }) => {
        expect(status).toBe(201)
        return json
      })
      projects.sort((one, other) => one.ID - other.ID)
      for (const needle of needles.filter((one) => one !== '')) {
        for (const filter of ['projectName', 'clientName'] as const) {
          const found = await call('GET', `/projects?limit=1000&${filter}=${encodeURIComponent(needle)}`)
          const expected = projects.filter((project) => finds(project[filter], needle))
          expect(found.json).toEqual(expected)
          hits += expected.length
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(hits).toBeGreaterThan(100)
})

test('search finds every name by each of its parts, and by the name as it was sent', async () => {
  await fc.assert(
    fc.asyncProperty(name, async (text) => {
      const { call } = await newAccount(server)
      await call('POST', '/projects', { body: { projectName: text, clientName: 'c' } })
      const characters = [...kept(text)]
      for (const needle of [kept(text), text.trim(), text.trim().normalize('NFD'), characters[0]!]) {
        if (!finds(text, needle)) continue
        const found = await call('GET', `/projects?projectName=${encodeURIComponent(needle)}`)
        expect([needle, found.json.length]).toEqual([needle, 1])
      }
    }),
    { numRuns: 60 },
  )
})
