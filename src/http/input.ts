import type { TObject } from 'typebox'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { type Fault, refuseAny } from './errors.ts'
import { type FieldSchema, inputNames, typesOf } from './field-schema.ts'
import { advice } from './input-advice.ts'
import { requestErrors } from './request-errors.ts'

type Part = 'query' | 'body'
type Outcome = { value: unknown } | { error: CatalogueEntry; detail: string }

interface Context {
  /** Faults that are already known, to be reported with the others. */
  readonly faults?: readonly Fault[]
  /** The id of the path. */
  readonly id?: number
}

/** Turns the fields that were sent into the values that a schema describes, or throws a Refusal with every fault. */
export type InputReader = (
  sent: Record<string, unknown>,
  strict: boolean,
  context?: Context,
) => Record<string, unknown>

/** Whether a value is what JSON calls an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const MISSING: Outcome = { error: requestErrors.fieldMissing, detail: 'is missing' }

/**
 * A reader for one object schema. It applies the contract's own coercion (numeric text, 0/1 and textual
 * booleans, NFC, trimming), ignores names that the schema lacks, and refuses them when strict.
 */
export function inputReader(schema: TObject, part: Part): InputReader {
  const required = new Set(schema.required)
  const fields = Object.entries(schema.properties as Record<string, FieldSchema>).map(([name, field]) => ({
    name,
    field,
    aliases: field['x-aliases'] ?? [],
    isRequired: required.has(name),
    read: fieldReader(field, part),
  }))
  const names = inputNames(schema)
  const { 'x-exclusive': exclusive = [] } = schema as { 'x-exclusive'?: readonly string[] }
  return (sent, strict, { faults: known = [], id } = {}) => {
    const values: Record<string, unknown> = {}
    const faults = [...known]
    for (const field of fields) {
      const outcome = readField(field, part, sent, id)
      if ('value' in outcome) values[field.name] = outcome.value
      if (outcome.faults) faults.push(...outcome.faults)
    }
    if (isGivenTogether(exclusive, sent)) faults.push(exclusiveFault(exclusive))
    if (strict) for (const name of strangersIn(sent, names)) faults.push(unknownFault(part, name))
    refuseAny(faults)
    return values
  }
}

interface Slot {
  readonly name: string
  readonly field: FieldSchema
  readonly aliases: readonly string[]
  readonly isRequired: boolean
  readonly read: FieldReader
}

const NOTHING: { value?: unknown; faults?: readonly Fault[] } = {}

/** The value of one field, where it was sent, and its faults. */
function readField(
  { name, field, aliases, isRequired, read }: Slot,
  part: Part,
  sent: Record<string, unknown>,
  id: number | undefined,
): typeof NOTHING {
  const given = nameGiven(sent, name, aliases)
  if (given === undefined && !isRequired) return NOTHING
  const shown = given ?? name
  const outcome = given === undefined ? MISSING : read(sent[given], id)
  if ('error' in outcome)
    return { faults: [faultOf(part, shown, outcome.error, `${shown} ${outcome.detail}. ${advice(field)}`)] }
  if (aliases.length === 0) return outcome
  return { ...outcome, faults: contradictions(part, sent, shown, aliases) }
}

/** The name under which a field was sent; undefined where it was not. */
function nameGiven(sent: object, name: string, aliases: readonly string[]): string | undefined {
  return Object.hasOwn(sent, name) ? name : aliases.find((alias) => Object.hasOwn(sent, alias))
}

/** The faults of other names of a field, under which something else was sent. */
function contradictions(
  part: Part,
  sent: Record<string, unknown>,
  given: string,
  aliases: readonly string[],
): Fault[] {
  return aliases
    .filter((alias) => Object.hasOwn(sent, alias) && sent[alias] !== sent[given])
    .map((alias) =>
      faultOf(
        part,
        alias,
        requestErrors.fieldForm,
        `${alias} says something else than ${given}. Send one of them.`,
      ),
    )
}

const strangersIn = (sent: object, names: ReadonlySet<string>) =>
  Object.keys(sent).filter((name) => !names.has(name))

const isGivenTogether = (names: readonly string[], sent: object) =>
  names.length > 0 && names.every((name) => Object.hasOwn(sent, name))

function exclusiveFault(names: readonly string[]): Fault {
  const [parameter = ''] = names
  const detail = `${names.join(' and ')} cannot be combined. Send one of them.`
  return { error: requestErrors.cursorInvalid, detail, source: { parameter } }
}

function unknownFault(part: Part, name: string): Fault {
  return faultOf(
    part,
    name,
    requestErrors.fieldUnknown,
    `${name} cannot be set here. Correct its name or leave it out.`,
  )
}

function faultOf(part: Part, name: string, error: CatalogueEntry, detail: string): Fault {
  if (part === 'body')
    return { error, detail, source: { pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` } }
  const ofParameter =
    error === requestErrors.fieldUnknown ? requestErrors.parameterUnknown : requestErrors.parameterInvalid
  return { error: ofParameter, detail, source: { parameter: name } }
}

type FieldReader = (sent: unknown, pathId: number | undefined) => Outcome

function fieldReader(field: FieldSchema, part: Part): FieldReader {
  const types = typesOf(field)
  const read = valueReader(field, types, part)
  return types.includes('null') ? (sent, id) => (sent === null ? { value: null } : read(sent, id)) : read
}

function valueReader(field: FieldSchema, types: string[], part: Part): FieldReader {
  if (types.includes('boolean')) return readBoolean
  if (types.includes('string')) return textReader(field)
  const read = numberReader(field, part)
  if (!field['x-path-id']) return read
  return (sent, pathId) => {
    const outcome = read(sent)
    const isOther = pathId !== undefined && 'value' in outcome && outcome.value !== pathId
    return isOther ? { error: requestErrors.idMismatch, detail: `is not the ${pathId} of the path` } : outcome
  }
}

const wrongType = (sent: unknown): Outcome => ({
  error: requestErrors.fieldType,
  detail: `cannot be ${describe(sent)}`,
})

function describe(sent: unknown): string {
  if (sent === null) return 'null'
  if (Array.isArray(sent)) return 'an array'
  if (typeof sent === 'object') return 'an object'
  if (typeof sent === 'string') return sent === '' ? 'empty text' : 'this text'
  return `the ${typeof sent} ${String(sent)}`
}

function readBoolean(sent: unknown): Outcome {
  if (sent === true || sent === 1 || sent === 'true' || sent === '1') return { value: true }
  if (sent === false || sent === 0 || sent === 'false' || sent === '0') return { value: false }
  return wrongType(sent)
}

/** ASCII without the control characters that are refused: always NFC and well-formed. */
const PLAIN = /^[\t\n\r -~]*$/
const PLAIN_LINE = /^[ -~]*$/

function textReader(field: FieldSchema): (sent: unknown) => Outcome {
  const { format } = field
  const form = formReader(field)
  const forbidden = forbiddenIn(format)
  const plain = format === 'line' ? PLAIN_LINE : PLAIN
  return (sent) => {
    if (typeof sent !== 'string') return wrongType(sent)
    const isPlain = plain.test(sent)
    const normal = isPlain ? sent : sent.normalize('NFC')
    const text = format === 'line' ? normal.trim() : normal
    const fault = isPlain ? undefined : characterFault(text, forbidden)
    if (fault) return fault
    const length = misfitLength(field, text)
    if (length !== undefined) return { error: requestErrors.fieldLength, detail: `has ${length} characters` }
    return format === 'date-time' ? readTime(text) : form(text)
  }
}

function characterFault(text: string, forbidden: RegExp): Outcome | undefined {
  if (!text.isWellFormed())
    return { error: requestErrors.fieldCharacters, detail: 'has an unpaired surrogate' }
  const control = forbidden.exec(text)?.[0]
  if (control === undefined) return undefined
  const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return { error: requestErrors.fieldCharacters, detail: `has the control character U+${code}` }
}

/** The length in code points if it is too short or too long; else undefined. */
function misfitLength({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: FieldSchema, text: string) {
  // A code point is one or two UTF-16 units, so these lengths fit without counting.
  if (text.length >= 2 * minLength && text.length <= maxLength) return undefined
  const length = [...text].length
  return length < minLength || length > maxLength ? length : undefined
}

function formReader(field: FieldSchema): (text: string) => Outcome {
  const { 'x-names': names, pattern, enum: allowed } = field
  if (names) return (text) => ofNames(field, names, text)
  const shape = pattern ? new RegExp(pattern, 'u') : undefined
  return (text) => {
    const fits = (!shape || shape.test(text)) && (!allowed || allowed.includes(text))
    return fits ? { value: text } : { error: requestErrors.fieldForm, detail: 'has the wrong form' }
  }
}

function ofNames(field: FieldSchema, names: readonly string[], text: string): Outcome {
  const signed = field['x-descending'] ?? false
  const given = text.split(',').map((term) => (signed ? term.replace(/^-/, '') : term))
  const stranger = given.find((name) => !names.includes(name))
  if (stranger !== undefined)
    return { error: requestErrors.fieldForm, detail: `cannot have "${stranger.slice(0, 100)}"` }
  const twice = signed && given.find((name, at) => given.indexOf(name) < at)
  return twice ? { error: requestErrors.fieldForm, detail: `names ${twice} twice` } : { value: text }
}

function readTime(text: string): Outcome {
  const shaped = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)
  const time = new Date(shaped ? text : Number.NaN)
  // A day that the month does not have would roll over into the next month.
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 19))
  return exists ? { value: time.toISOString() } : { error: requestErrors.fieldForm, detail: 'is not a time' }
}

function forbiddenIn(format: string | undefined): RegExp {
  if (format === 'line') return /\p{Cc}/u
  return format === 'text' ? /(?![\t\n\r])\p{Cc}/u : /\0/
}

function numberReader(field: FieldSchema, part: Part): (sent: unknown) => Outcome {
  const whole = typesOf(field).includes('integer')
  const numeric = part === 'query' && whole ? /^\d+$/ : /^-?\d+(?:\.\d+)?$/
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = field
  const most = field['x-significant-digits']
  return (sent) => {
    const number = typeof sent === 'string' && numeric.test(sent) ? Number(sent) : sent
    if (typeof number !== 'number') return wrongType(sent)
    if (number < minimum || number > maximum)
      return { error: requestErrors.fieldRange, detail: 'is out of range' }
    if (whole && !Number.isInteger(number) && Number.isFinite(number))
      return { error: requestErrors.fieldType, detail: 'is not a whole number' }
    if (most !== undefined && isLonger(number, most))
      return { error: requestErrors.fieldDigits, detail: `has more than ${most} significant digits` }
    return { value: number + 0 }
  }
}

/** Whether a number's shortest form has more than `most` digits, leading and trailing zeros aside. */
function isLonger(number: number, most: number): boolean {
  // Most numbers have at most four decimals, and formatting a number costs more than all other checks of it.
  const scaled = Math.round(number * 1e4)
  if (Math.abs(scaled) < 10 ** most && scaled / 1e4 === number) return false
  return Number(number.toPrecision(most)) !== number
}
