import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../src/domain/fold.ts'

test.each([
  ['straße', 'STRASSE'],
  ['STRAẞE', 'straẞe'],
  ['ΑΣ', 'ας'],
  ['ΑΣ', 'ασ'],
  ['Ὀδυσσεύς', 'ὈΔΥΣΣΕΎΣ'],
  ['Café', 'CAFE\u0301'],
  ['ﬁ', 'FI'],
  ['ŉ', 'ʼN'],
  ['ǆ', 'ǅ'],
  ['ı', 'I'],
  ['i', 'I'],
  ['i\u0307', 'İ'],
  ['привет', 'ПРИВЕТ'],
  ['ა', 'Ა'],
  ['𐐨', '𐐀'],
  ['한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8'],
])('the same: %s, %s', (one, other) => {
  expect(fold(one)).toBe(fold(other))
})

test.each([
  ['e', 'é'],
  ['I', 'İ'],
  ['ß', 's'],
  ['a', 'а'],
  ['1', '１'],
  ['a b', 'ab'],
  [' a', 'a'],
  ['日', '曰'],
])('not the same: "%s", "%s"', (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
})

const text = fc.string({ unit: 'binary', maxLength: 20 })

test('the form of the text does not count, and the result is in NFC', () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(fold(one.normalize('NFD'))).toBe(fold(one))
      expect(fold(one.normalize('NFC'))).toBe(fold(one))
      expect(fold(one).normalize('NFC')).toBe(fold(one))
    }),
  )
})

test('case does not count, where upper-casing alone decides it', () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(fold(one)).toBe(one.normalize('NFC').toUpperCase().normalize('NFC'))
      expect(fold(one.normalize('NFC').toUpperCase())).toBe(fold(fold(one)))
    }),
  )
})
