import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Project } from '../src/resources/projects/project.schema.ts'
import { batch, update } from './batches.ts'
import { newAccount, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.close())

/** Characters that writers of JSON treat differently: quotes, escapes, separators, beyond the basic plane. */
const odd = fc.constantFrom(
  '"',
  '\\',
  '/',
  '<',
  '\u2028',
  '\u2029',
  '\u007f',
  '\u0085',
  '\ufeff',
  '😀',
  '\u{10ffff}',
  'ﬀ',
  'é',
)
const word = fc.array(fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 3 })), {
  minLength: 1,
  maxLength: 12,
})
const text = word
  .map((parts) => parts.join('').replaceAll(/\p{Cc}/gu, ''))
  .filter((name) => name.trim() !== '')
const notes = fc
  .array(fc.oneof(odd, fc.constantFrom('\t', '\r', '\n', '\r\n')), { maxLength: 20 })
  .map((parts) => parts.join('').replaceAll(/[\x7f-\x9f]/g, ''))
/** Numbers of which databases and JSON.stringify have different opinions. */
const number = fc.oneof(
  fc.constantFrom(0, 50, 0.1, 5e-7, 1e-7, 1.5e-10, 1 / 8, 999_999_999_999, 123_456_789_012.125, 0.000123),
  fc.integer({ min: 0, max: 999_999_999 }).map((cents) => cents / 100),
)

test('the bytes of a project are the same on every road: create, update, get, list, batch, fields, history, changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        projectName: text,
        clientName: text,
        notes: fc.option(notes),
        hourRate: fc.option(number),
        timeEstimated: fc.option(number),
        budgetEstimated: fc.option(number),
        projectEnabled: fc.boolean(),
      }),
      async (body) => {
        const caller = await newAccount(server)
        const created = await caller.call('POST', '/projects', { body })
        expect(created.status, created.text).toBe(201)
        const all = Object.keys(Project.properties).filter((name) => name !== 'deletedAt')
        const texts = {
          get: (await caller.call('GET', '/projects/1')).text,
          unchanged: (await caller.call('PUT', '/projects/1', { body: {} })).text,
          list: (await caller.call('GET', '/projects')).text.slice(1, -1),
          fields: (await caller.call('GET', `/projects?fields=${all.join(',')}`)).text.slice(1, -1),
          again: JSON.stringify(JSON.parse(created.text)),
        }
        for (const [road, bytes] of Object.entries(texts)) expect(bytes, road).toBe(created.text)
        for (const path of ['/changes', '/projects/1/history'])
          expect((await caller.call('GET', path)).text, path).toContain(created.text)
        expect((await batch(caller, [update(1, {})])).text).toContain(created.text)
      },
    ),
    { numRuns: 100 },
  )
})
