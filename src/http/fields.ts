import { type TSchema, type TString, Type } from 'typebox'

/** A name: one line of 1 to 255 code points, trimmed, NFC. */
export function nameField(description: string): TString {
  return Type.String({ minLength: 1, maxLength: 255, format: 'line', description })
}

/** Notes: up to 65,535 code points, kept as sent (NFC), or null. */
export function notesField(description: string) {
  return nullable<string>('string', { maxLength: 65_535, format: 'text', description })
}

/** A number that is kept exactly: 0 to 999,999,999,999, at most 15 significant digits; or null. */
export function amountField(description: string) {
  return nullable<number>('number', {
    minimum: 0,
    maximum: 999_999_999_999,
    'x-significant-digits': 15,
    description,
  })
}

export function timeField(description: string): TString {
  return Type.String({
    format: 'date-time',
    readOnly: true,
    description: `${description}; UTC, milliseconds.`,
  })
}

function nullable<T>(type: string, keywords: object): TSchema & { static: T | null } {
  return Type.Unsafe<T | null>({ type: [type, 'null'], ...keywords }) as never
}
