import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { fold } from '../src/db/fold.ts'
import { newAccount, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.close())

/** Pieces that names and needles share, so that hits are frequent: scripts, marks, and what a query could mistake. */
const PIECES = [
  ...['a', 'A', 'b', 's', 'S', 'i', 'I', 'f', 'N', '1', ' '],
  ...['ß', 'ẞ', 'ss', 'SS', 'ﬁ', 'fi', 'FI', 'ŉ', 'ǰ', 'ǆ', 'ǅ', 'ö', 'o\u0308', 'é', 'e\u0301', 'e'],
  ...['σ', 'ς', 'Σ', 'Α', 'α', 'ά', 'Ὀ', 'ᾳ', 'ΐ', '\u0345', 'ι', 'Ι'],
  ...['İ', 'i\u0307', 'ı', 'ş', 'Ş', 'д', 'Д', 'ё', 'ა', 'Ა', 'և'],
  ...[
    '日',
    '本',
    'か\u3099',
    'が',
    '한',
    '\u1112',
    '\u1161',
    '\u11ab',
    'ا',
    'ل',
    'ש',
    'क्',
    'ष',
    'ไ',
    '\u200d',
    '\u00a0',
  ],
  ...['😀', '👩‍👩‍👧', '🇩🇪', '🇩', '𐐀', '𐐨', '\u0301', '\u0308', '\u0307', '\u0323', '\u20dd'],
  ...[
    '%',
    '_',
    "'",
    '"',
    '\\',
    '*',
    '?',
    '[',
    ']',
    '^',
    '-',
    '+',
    '&',
    '#',
    '=',
    ';',
    '/',
    ':',
    '(',
    ')',
    '{',
    '|',
  ],
  ...[' AND ', ' OR ', 'NOT ', 'NEAR(', '--', '%25', '%00', '\\u0041', '{col}:', '0x41', 'NULL'],
]

const piece = fc.constantFrom(...PIECES)
const joined = (minLength: number, maxLength: number) =>
  fc.array(piece, { minLength, maxLength }).map((pieces) => pieces.join(''))
/** A name as it can be sent; it is kept trimmed and in NFC. */
const name = joined(1, 8).filter((text) => text.trim() !== '')
const kept = (text: string) => text.normalize('NFC').trim()

/** A part of a name, in another case or form: hits where the model says so. */
const partOf = (names: string[]) =>
  fc
    .tuple(
      fc.constantFrom(...names),
      fc.nat(7),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('', 'U', 'L', 'NFD'),
    )
    .map(([text, from, length, form]) => {
      const part = [...kept(text)].slice(from, from + length).join('')
      if (form === 'U') return part.toUpperCase()
      if (form === 'L') return part.toLowerCase()
      return form === 'NFD' ? part.normalize('NFD') : part
    })

const trial = fc.array(name, { minLength: 2, maxLength: 8 }).chain((names) =>
  fc.record({
    names: fc.constant(names),
    needles: fc.array(fc.oneof(partOf(names), joined(1, 3)), { minLength: 8, maxLength: 8 }),
  }),
)

/** What the contract says a search finds. */
const finds = (text: string, needle: string) => fold(kept(text)).includes(fold(needle))

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
