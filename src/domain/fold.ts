/** Nothing but ASCII: it is NFC, and has no diacritics. */
const PLAIN = /^[\0-\x7f]*$/

/**
 * The form in which names are compared: NFC of the upper-cased NFC text, in the root locale, so that
 * `straße` equals `STRASSE` and `ΑΣ` equals `ας`. Uniqueness, lookup and search all use it.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toUpperCase()
  return text.normalize('NFC').toUpperCase().normalize('NFC')
}

/** The key by which names sort, bytewise: folded, without diacritics, so that `Äpfel` stands beside `Apfel`. */
export function sortKey(text: string): string {
  const folded = fold(text)
  if (PLAIN.test(folded)) return folded
  return folded.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
}
