import type { TObject } from 'typebox'

/** The keywords of JSON Schema, and our own, that a field can have. */
export interface FieldSchema {
  type?: string | string[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  enum?: unknown[]
  examples?: unknown[]
  /** `line`: trimmed, no control characters. `text`: no control characters but tab, LF and CR. `date-time`: UTC, with
   * or without a fraction of a second; made canonical. */
  format?: string
  /** Other names under which it is read. */
  'x-aliases'?: readonly string[]
  /** It may only repeat the id of the path. */
  'x-path-id'?: boolean
  /** The names allowed in a comma-separated list; with `x-descending`, each at most once, optionally after a -. */
  'x-names'?: readonly string[]
  'x-descending'?: boolean
  /** The maximum number of digits in the number's shortest form. */
  'x-significant-digits'?: number
}

export const typesOf = ({ type }: FieldSchema): string[] => (Array.isArray(type) ? type : [type ?? ''])

/** The names that an input may have, aliases among them. */
export function inputNames(schema: TObject): ReadonlySet<string> {
  const fields = Object.entries(schema.properties as Record<string, FieldSchema>)
  return new Set(fields.flatMap(([name, field]) => [name, ...(field['x-aliases'] ?? [])]))
}
