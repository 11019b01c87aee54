import { type Schema, typesOf } from './document.ts'
import type { Random } from './random.ts'
import { validText, validValue } from './valid.ts'

/** JSON text that no JavaScript value stands for. */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Texts with something odd about them, whatever they are for. */
export const ODD_TEXTS = [
  '',
  ' ',
  'null',
  'true',
  'undefined',
  'NaN',
  '0',
  '-1',
  "'; drop table projects; --",
  '%',
  '%%',
  '_',
  '*',
  '\\',

  '\u0000',
  'a\u0000b',
  '\u001f',
  '\u007f',
  '\u0085',
  '\t',
  '\n',
  '\r\n',
  '\u2028',
  '\u200b',
  '\u202e',
  '\ufeff',

  '\ud800',
  'a\udfffb',
  '\udc00\ud800',
  '\uffff',
  '😀',
  '👨‍👩‍👧‍👦',
  'e\u0301',
  'é',
  '\u0958',
  'ﬀ',
  'ŉ',
  'İ',
  'ſ',
  '\u0344',
  '__proto__',
  'constructor',
  'toString',
  '{{7*7}}',
  '../../etc/passwd',
  '<script>',
  'a'.repeat(5000),

  '2026-01-31',
  '2026-02-30T00:00:00Z',
  '2026-01-31T24:00:00Z',
  '2026-01-31T12:00:00+01:00',
  '9999-12-31T23:59:60Z',

  'id,id',
  ',',
  '-',
  '-id',
  'id,',
  'ID',
  'projectName desc',
  '1,2',
  '[]',
  '{}',
  '"1"',
  'W/"1"',
  'eyJ9',
  'AAAA',
  '====',
]

const ODD_NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1e-7,
  1e15,
  1e16,
  1e21,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 63),
  1e308,
  5e-324,
  ...[999_999_999_999, 1_000_000_000_000, 999_999_999_999.5, 0.1 + 0.2, 123456789.1234567, 1234567890123456],
]

const RAW_NUMBERS = [
  '1e400',
  '-1e400',
  '1E2',
  '1e-400',
  '0.10',
  '1.0',
  '123456789012345678901234567890',
  '-0.0',
]

export const NUMERIC_TEXTS = [
  '1',
  '0',
  '-1',
  '+1',
  '01',
  '1.',
  '.5',
  '1.0',
  '50.00',
  '1e3',
  '1E400',
  '0x10',
  '1,5',
  '1 ',
  ' 1',
  '1_000',
  '١',

  '',
  'Infinity',
  '9007199254740993',
  '1000',
  '1001',
  '999999999999',
  '999999999999.1',
  '1234567890.123456',
  '99999999999999999999',
  '9'.repeat(400),
  '0'.repeat(300),
  '-0',
]

/** Nested as deep as that, as an array or an object. */
export function nested(depth: number, open: string, close: string): RawJson {
  return new RawJson(`${open.repeat(depth)}1${close.repeat(depth)}`)
}

/** A value near what the schema allows, on either side, or one of another kind. */
export function oddValue(random: Random, schema: Schema): unknown {
  return random.pick([nearText, nearNumber, nearNumber, otherKind, otherKind, ownKind])(random, schema)
}

/** About the bounds of a length; spaces around; other normal forms. */
function nearText(random: Random, schema: Schema): unknown {
  const { minLength = 0, maxLength = 255 } = schema
  const letter = random.pick(['a', 'ä', 'a\u0308', '😀', '\u0958', ' ', '\ud83d', '\u0007'])
  const bound = random.pick([minLength, maxLength])
  const text = letter.repeat(Math.max(0, bound + random.integer(-1, 1)))
  return random.pick([text, ` ${text} `, `${text}\n`, `\u00a0${text}\ufeff`, random.pick(ODD_TEXTS)])
}

function nearNumber(random: Random, { minimum = 0, maximum = 1000 }: Schema): unknown {
  const bound = random.pick([minimum, maximum])
  const near = bound + random.pick([-1, -0.5, 0, 0.5, 1])
  return random.pick([near, String(near), random.pick(ODD_NUMBERS), random.pick(NUMERIC_TEXTS)])
}

function otherKind(random: Random): unknown {
  return random.pick<unknown>([
    null,
    true,
    false,
    1,
    0,
    'true',
    'false',
    '1',
    '0',
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    ['a', 'b'],
    ...[
      new RawJson(random.pick(RAW_NUMBERS)),
      new RawJson('{"__proto__":{"a":1}}'),
      new RawJson('"\\ud800"'),
    ],
    ...[nested(20, '[', ']'), nested(random.pick([100, 5000]), '{"a":', '}'), { toString: 1, length: 3 }],
  ])
}

/** A valid value, once wrapped, as text, or as part of another. */
function ownKind(random: Random, schema: Schema): unknown {
  const value = validValue(random, schema)
  if (typesOf(schema).includes('array'))
    return random.pick<unknown>([[], Array(1001).fill({}), value, { 0: value }])
  return random.pick<unknown>([[value], { value }, String(value), JSON.stringify(value), value])
}

/** A text for a query parameter or header whose schema this is. */
export function oddText(random: Random, schema: Schema): string {
  const value = random.chance(0.2) ? validText(random, {}) : oddValue(random, schema)
  if (typeof value === 'string') return value
  if (value instanceof RawJson) return value.text.slice(0, 200)
  return random.chance(0.5)
    ? random.pick([...NUMERIC_TEXTS, ...ODD_TEXTS])
    : JSON.stringify(value).slice(0, 3000)
}

/** The value as JSON text. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner)}`)
  return `{${members.join(',')}}`
}
