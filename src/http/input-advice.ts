import { type FieldSchema, typesOf } from './field-schema.ts'

/** What to send in a field: the sentence behind what is wrong with it. */
export function advice(field: FieldSchema): string {
  if (field['x-path-id']) return 'Leave it out: an id never changes.'
  const types = typesOf(field)
  const alternatives = [kind(field, types), ...(types.includes('null') ? ['null'] : [])]
  return `Send ${alternatives.join(' or ')}.`
}

function kind(field: FieldSchema, types: string[]): string {
  if (types.includes('boolean')) return 'true or false'
  return types.includes('string') ? kindOfText(field) : kindOfNumber(field, types)
}

function kindOfText(field: FieldSchema): string {
  const { format, pattern, examples, enum: allowed, minLength = 0, maxLength, 'x-names': names } = field
  if (names) {
    const signed = field['x-descending'] ? ', each once, with - in front for descending' : ''
    return `names separated by commas${signed}: ${names.join(', ')}`
  }
  if (format === 'date-time') return 'a UTC time such as 2026-01-31T12:00:00Z'
  if (pattern || allowed) return `a text such as ${examples?.[0]}`
  return maxLength === undefined ? 'text' : `text of ${minLength} to ${maxLength} characters`
}

function kindOfNumber(
  { minimum = 0, maximum, 'x-significant-digits': digits }: FieldSchema,
  types: string[],
): string {
  const bounds = maximum === undefined ? `from ${minimum}` : `from ${minimum} to ${maximum}`
  const precision = digits ? ` with at most ${digits} significant digits` : ''
  return `a ${types.includes('integer') ? 'whole ' : ''}number ${bounds}${precision}`
}
