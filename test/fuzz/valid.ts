import { type Schema, typesOf } from './document.ts'
import type { Random } from './random.ts'

/** Values that a schema allows, made from the schema alone. */

/** Letters that stay as they are under NFC, among them some of two bytes, three, and two UTF-16 units. */
const LETTERS = [...'abcXYZ019 ._-%\'"\\/<>äßéΑσя漢字𝒜😀']

export function validText(random: Random, { minLength = 0, maxLength = 40, format }: Schema): string {
  // Now and then the longest; mostly something short.
  const most = random.chance(0.03) ? maxLength : Math.min(maxLength, 12)
  const length = random.integer(Math.min(minLength, most), random.chance(0.5) ? most : Math.min(most, 5))
  const letters = Array.from({ length }, () => random.pick(LETTERS))
  if (format === 'text' && length > 2) letters[1] = random.pick(['\t', '\n', '\r'])
  // A line is trimmed before it is measured, so spaces at its ends do not count.
  for (const end of [0, length - 1]) if (letters[end] === ' ') letters[end] = 'x'
  return letters.join('')
}

function validNumber(random: Random, schema: Schema): number {
  const { minimum = -1e9, maximum = 1e9, 'x-significant-digits': digits = 15 } = schema
  if (random.chance(0.1)) return random.pick([minimum, maximum])
  const whole = random.integer(minimum, Math.min(maximum, 10 ** random.integer(1, 12)))
  if (typesOf(schema).includes('integer') || whole >= maximum) return whole
  const decimals = random.integer(0, Math.max(0, Math.min(6, digits - String(whole).length)))
  return Number(`${whole}.${String(random.integer(0, 10 ** decimals)).slice(0, decimals) || 0}`)
}

/** A time of RFC 3339 in UTC, with any number of digits behind the second. */
function validTime(random: Random): string {
  const digits = random.integer(0, 7)
  const fraction =
    digits === 0 ? '' : `.${String(random.integer(0, 9_999_999)).padStart(7, '0').slice(0, digits)}`
  return `${new Date(random.integer(0, 4e12)).toISOString().slice(0, 19)}${fraction}Z`
}

/** `shown` is the part of the document's example that stands where the value will stand. */
export function validValue(random: Random, schema: Schema, shown?: any): unknown {
  const types = typesOf(schema)
  if (types.includes('null') && random.chance(0.15)) return null
  if (schema.enum) return random.pick(schema.enum.filter((value) => value !== null))
  if (schema.anyOf) return validValue(random, fittingBranch(random, schema.anyOf, shown), shown)
  if (types.includes('object')) return validObject(random, schema, shown)
  if (types.includes('array')) return validArray(random, schema, shown)
  if (types.includes('boolean')) return random.chance(0.5)
  if (types.includes('string')) return validString(random, schema)
  return validNumber(random, schema)
}

function validString(random: Random, schema: Schema): string {
  if (schema.format === 'date-time') return validTime(random)
  // A form that only prose describes is known from its examples.
  const { examples = [] } = schema
  return examples.length > 0 ? String(random.pick(examples)) : validText(random, schema)
}

/** The branch whose required fields the example has; any where there is no example. */
function fittingBranch(random: Random, branches: readonly Schema[], shown: any): Schema {
  if (typeof shown !== 'object' || shown === null) return random.pick(branches)
  return branches.find(({ required = [] }) => required.every((name) => name in shown)) ?? branches[0]!
}

function validObject(random: Random, schema: Schema, shown: any): Record<string, unknown> {
  const { properties = {}, required = [] } = schema
  const isItem = shown?.[ITEM] === true
  // In a list the fields belong together in ways that only the example shows, so its choice is kept.
  const names = Object.keys(properties).filter((name) =>
    isItem ? name in shown : required.includes(name) || random.chance(0.4),
  )
  const made = (name: string) =>
    isItem && isOpen(properties[name]!) ? shown[name] : validValue(random, properties[name]!, shown?.[name])
  return Object.fromEntries(names.map((name) => [name, made(name)]))
}

/** Whether a choice between fields hangs on it, or only prose says what its text may be. */
const isOpen = ({ enum: allowed, type, maxLength, pattern, format }: Schema) =>
  allowed !== undefined || (type === 'string' && !maxLength && !pattern && !format)

const ITEM = Symbol('an element of a list in an example')

function validArray(random: Random, { items = {} }: Schema, shown: any): unknown[] {
  const examples: any[] = Array.isArray(shown) ? shown : []
  return Array.from({ length: random.integer(1, 5) }, () => {
    const example = examples.length > 0 ? { ...random.pick(examples), [ITEM]: true } : undefined
    return validValue(random, items, example)
  })
}
