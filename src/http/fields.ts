import { type TString, type TUnsafe, Type } from 'typebox'

export function idField(description: string) {
  return Type.Integer({ minimum: 1, description })
}

/** The id in the body of an update. */
export function repeatedIdField() {
  return Type.Integer({ minimum: 1, 'x-path-id': true, description: 'May only repeat the id of the path.' })
}

/** A name: one line of 1 to 255 code points, trimmed, NFC. */
export function nameField(description: string): TString {
  return Type.String({ minLength: 1, maxLength: 255, format: 'line', description })
}

/** One line of up to `most` code points, trimmed, NFC; or null. */
export function lineField(description: string, most = 255) {
  return nullable<string>('string', { maxLength: most, format: 'line', description })
}

/** A line that matches `pattern`, or null. */
export function patternField(description: string, pattern: string, example: string) {
  return nullable<string>('string', { format: 'line', pattern, description, examples: [example] })
}

/** An ISO 3166-1 country code, two letters; or null. */
export function countryField(description: string) {
  return nullable<string>('string', {
    format: 'line',
    enum: [...COUNTRIES, null],
    description,
    examples: ['DE'],
  })
}

/** Notes: up to 65,535 code points, stored as sent (NFC), or null. */
export function notesField(description: string) {
  return nullable<string>('string', { maxLength: 65_535, format: 'text', description })
}

/** A number stored exactly: 0 to 999,999,999,999, at most 15 significant digits; or null. */
export function amountField(description: string) {
  return nullable<number>('number', {
    minimum: 0,
    maximum: 999_999_999_999,
    'x-significant-digits': 15,
    description,
  })
}

/** A point in time, as UTC text; or null. */
export function momentField(description: string) {
  return nullable<string>('string', {
    format: 'date-time',
    description,
    examples: ['2030-01-31T12:00:00.000Z'],
  })
}

export function timeField(description: string): TString {
  return Type.String({
    format: 'date-time',
    readOnly: true,
    description: `${description}; UTC, milliseconds.`,
  })
}

/** The filter for what changed at or after a time. */
export function updatedSinceField(many: string) {
  return Type.Optional(
    Type.String({
      format: 'date-time',
      description: `Only ${many} changed at or after this time, UTC.`,
      examples: ['2026-01-31T12:00:00Z'],
    }),
  )
}

/** ISO 3166-1 alpha-2. */
const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA ' +
  'CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA ' +
  'GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS ' +
  'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS ' +
  'RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW ' +
  'TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ')

function nullable<T>(type: string, keywords: object): TUnsafe<T | null> {
  return Type.Unsafe<T | null>({ type: [type, 'null'], ...keywords })
}
