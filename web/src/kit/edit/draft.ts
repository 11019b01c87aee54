import type { Format } from '../../i18n/format.ts'

/**
 * What a field holds: a name that every object has, a text, a number, minutes, or yes and no. What is no name may be
 * empty, which the API calls null.
 */
type Kind = 'name' | 'text' | 'number' | 'duration' | 'switch'

/** The fields of a kind of object, in the order of its form. */
export type Kinds = Readonly<Record<string, Kind>>

/** An object as it stands in a form: texts as people write them. */
export type Draft<K extends Kinds> = {
  readonly [N in keyof K & string]: K[N] extends 'switch' ? boolean : string
}

/** Any draft, by the names of its fields. */
export type AnyDraft = Readonly<Record<string, string | boolean>>

/** One sentence for each field that something is wrong with; under the empty name for none of them. */
export type Faults = Readonly<Record<string, string>>

/** What a field begins with: empty, and switched on. */
const emptyOf = (kind: Kind): string | boolean => (kind === 'switch' ? true : '')

function textOf(kind: Kind, value: unknown, format: Format): string | boolean {
  if (value === null || value === undefined) return emptyOf(kind)
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return kind === 'duration' ? format.duration(value) : format.number(value)
  return String(value)
}

/** The draft of an object, or of a new one. */
export function draftOf<K extends Kinds>(kinds: K, object: object | undefined, format: Format): Draft<K> {
  const values = (object ?? {}) as Readonly<Record<string, unknown>>
  const fields = Object.entries(kinds).map(([name, kind]) => [name, textOf(kind, values[name], format)])
  return Object.fromEntries(fields) as Draft<K>
}

/** The fields that differ, in the order of the form. */
export const changedFields = <D extends AnyDraft>(from: D, to: D): readonly (keyof D & string)[] =>
  Object.keys(to).filter((field) => from[field] !== to[field])

/** Numbers go as text: the API reads more of their digits than JSON.parse keeps. */
function sentOf(kind: Kind | undefined, typed: string | boolean, format: Format): string | boolean | null {
  if (typeof typed === 'boolean' || kind === 'name') return typed
  if (typed.trim() === '') return null
  if (kind === 'number') return format.readNumber(typed)
  return kind === 'duration' ? format.readDuration(typed) : typed
}

/** What the API is sent of some fields. */
export const bodyOf = (kinds: Kinds, draft: AnyDraft, fields: readonly string[], format: Format): object =>
  Object.fromEntries(fields.map((field) => [field, sentOf(kinds[field], draft[field] ?? '', format)]))
