/** The contract's form of names, written anew so that a fault in the server's own is seen. */
export function foldName(text: string): string {
  return text.normalize('NFC').toUpperCase().normalize('NFC')
}

/** What names sort by: folded, without diacritics, compared bytewise. */
export function sortName(text: string): Buffer {
  const bare = [...foldName(text).normalize('NFD')].filter((character) => !/^\p{M}$/u.test(character))
  return Buffer.from(bare.join('').normalize('NFC'))
}
