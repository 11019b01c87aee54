import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatOf } from '../../web/src/i18n/format.ts'

const english = formatOf('en-GB')
const german = formatOf('de-DE')

describe('durations', () => {
  test.each([
    [0, '0:00', '0:00'],
    [5, '0:05', '0:05'],
    [90, '1:30', '1:30'],
    [-105, '−1:45', '−1:45'],
    [91_600, '1,526:40', '1.526:40'],
    [0.5, '0:00.5', '0:00,5'],
  ])('%d minutes are written as hours and minutes', (minutes, inEnglish, inGerman) => {
    expect([english.duration(minutes), german.duration(minutes)]).toEqual([inEnglish, inGerman])
  })

  test.each([
    ['80:30', '4830'],
    ['80:5', '4805'],
    [' 1 h ', '60'],
    ['1,526:40', '91600'],
    ['80.5', '4830'],
    ['0.1', '6'],
    ['9:60', '9:60'],
    ['1:2:3', '1:2:3'],
    ['-1:00', '-1:00'],
    ['soon', 'soon'],
    ['', ''],
  ])('“%s” is read as minutes, or left as it is', (typed, read) => {
    expect(english.readDuration(typed)).toBe(read)
  })

  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000_000 }), (minutes) => {
        for (const format of [english, german])
          expect(format.readDuration(format.duration(minutes))).toBe(String(minutes))
      }),
    )
  })
})

describe('numbers', () => {
  test.each([
    ['37,50', '37.50'],
    ['1.234,5', '1234.5'],
    ['1.234', '1234'],
    ['1.23', '1.23'],
    ['fünfzig', 'fünfzig'],
    [' 50 ', '50'],
  ])('“%s” is read as a German writes it, or left as it is', (typed, read) => {
    expect(german.readNumber(typed)).toBe(read)
  })

  test('amounts always have cents', () => {
    expect([english.money(4_000), german.money(12_345.5)]).toEqual(['4,000.00', '12.345,50'])
  })

  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (cents) => {
        for (const format of [english, german])
          expect(Number(format.readNumber(format.number(cents / 100)))).toBe(cents / 100)
      }),
    )
  })
})

test('what has happened within a minute has happened just now', () => {
  const now = new Date().toISOString()
  expect(english.relative(now)).toBe('just now')
  expect(german.relative(now)).toBe('gerade eben')
})
