/**
 * The form in which names are compared: NFC of the upper-cased NFC text, in the root locale, so that
 * `straße` equals `STRASSE` and `ΑΣ` equals `ας`. Uniqueness, lookup and search all use it.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().normalize('NFC')
}
