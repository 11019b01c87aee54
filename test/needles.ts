import fc from 'fast-check'
import { fold } from '../src/domain/fold.ts'

/** Pieces that names and needles share, so that hits are frequent: scripts, marks, and what a query could mistake. */
export const PIECES = [
  ...['a', 'A', 'b', 's', 'S', 'i', 'I', 'f', 'N', '1', ' '],
  ...['ß', 'ẞ', 'ss', 'SS', 'ﬁ', 'fi', 'FI', 'ŉ', 'ǰ', 'ǆ', 'ǅ', 'ö', 'o\u0308', 'é', 'e\u0301', 'e'],
  ...['σ', 'ς', 'Σ', 'Α', 'α', 'ά', 'Ὀ', 'ᾳ', 'ΐ', '\u0345', 'ι', 'Ι'],
  ...['İ', 'i\u0307', 'ı', 'ş', 'Ş', 'д', 'Д', 'ё', 'ა', 'Ა', 'և'],
  ...[
    '日',
    '本',
    'か\u3099',
    'が',
    '한',
    '\u1112',
    '\u1161',
    '\u11ab',
    'ا',
    'ل',
    'ש',
    'क्',
    'ष',
    'ไ',
    '\u200d',
    '\u00a0',
  ],
  ...['😀', '👩‍👩‍👧', '🇩🇪', '🇩', '𐐀', '𐐨', '\u0301', '\u0308', '\u0307', '\u0323', '\u20dd'],
  ...[
    '%',
    '_',
    "'",
    '"',
    '\\',
    '*',
    '?',
    '[',
    ']',
    '^',
    '-',
    '+',
    '&',
    '#',
    '=',
    ';',
    '/',
    ':',
    '(',
    ')',
    '{',
    '|',
  ],
  ...[' AND ', ' OR ', 'NOT ', 'NEAR(', '--', '%25', '%00', '\\u0041', '{col}:', '0x41', 'NULL'],
]

const piece = fc.constantFrom(...PIECES)
export const joined = (minLength: number, maxLength: number) =>
  fc.array(piece, { minLength, maxLength }).map((pieces) => pieces.join(''))

/** A name as it is kept. */
export const kept = (text: string) => text.normalize('NFC').trim()

/** A part of a name, of so many characters at most, in another case or form: hits where the model says so. */
export const partOf = (names: readonly string[], most: number) =>
  fc
    .tuple(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 1, max: most }),
      fc.constantFrom('', 'U', 'L', 'NFD'),
    )
    .map(([text, at, length, form]) => {
      const characters = [...kept(text)]
      const from = at % characters.length
      const part = characters.slice(from, from + length).join('')
      if (form === 'U') return part.toUpperCase()
      if (form === 'L') return part.toLowerCase()
      return form === 'NFD' ? part.normalize('NFD') : part
    })

/** What the contract says a search finds. */
export const finds = (text: string, needle: string) => fold(kept(text)).includes(fold(needle))
