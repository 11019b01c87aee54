/** Decimal numbers as files and people write them. */

/** A number without an exponent, which numbers have only where they are tiny. */
export function decimalText(value: number): string {
  const [, digits = '', zeros] = /^([\d.]+)e-(\d+)$/.exec(String(value)) ?? []
  return zeros === undefined ? String(value) : `0.${'0'.repeat(Number(zeros) - 1)}${digits.replace('.', '')}`
}

/** A comma where a point was meant, or digits in groups that a point or a comma may have parted. */
export type Ambiguity = 'comma' | 'groups'

/**
 * What a text says with a decimal comma or point, written with a point. What is no number in any notation is given back
 * as it is.
 * @param comma whether a comma may be the decimal sign: not where commas part the cells
 */
export function readDecimal(text: string, comma: boolean): { readonly text: string } | Ambiguity {
  if (!comma) return text.includes(',') ? 'comma' : { text }
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(text)) return 'groups'
  return { text: /^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text }
}
