/** Writes and reads what the locale decides: numbers, times of day, dates. */
export interface Format {
  number(value: number): string
  /** An amount of money; no currency is known, so it is a number, always with cents: they stand below each other. */
  money(value: number): string
  /** Minutes as hours and minutes. */
  duration(minutes: number): string
  date(iso: string): string
  dateTime(iso: string): string
  /** How long ago, or how long until. */
  relative(iso: string): string
  /** What a person typed, as the API reads it; text that is no number comes back as it is. */
  readNumber(text: string): string
  /** Hours and minutes, or hours, as minutes for the API; text that is neither comes back as it is. */
  readDuration(text: string): string
}

const UNITS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Intl says "now", which fits no sentence about what has happened. */
const JUST_NOW: Readonly<Record<string, string>> = { en: 'just now', de: 'gerade eben' }

export function formatOf(locale: string): Format {
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 15 })
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 12 })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const parts = number.formatToParts(12_345_678.9)
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const group = parts.find(({ type }) => type === 'group')?.value ?? ','
  const read = (text: string) => readNumber(text, decimal, group)
  return {
    number: (value) => number.format(value),
    money: cents.format,
    duration(minutes) {
      const size = Math.abs(minutes)
      const hours = Math.floor(size / 60)
      const rest = Math.round((size - hours * 60) * 1e9) / 1e9
      const [whole = '0', fraction] = String(rest).split('.')
      const sign = minutes < 0 ? '−' : ''
      return `${sign}${number.format(hours)}:${whole.padStart(2, '0')}${fraction ? decimal + fraction : ''}`
    },
    date: (iso) => date.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    relative(iso) {
      const distance = Date.parse(iso) - Date.now()
      const [unit, size] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? ['second', 60_000]
      return unit === 'second'
        ? (JUST_NOW[locale.slice(0, 2)] ?? relative.format(0, 'second'))
        : relative.format(Math.trunc(distance / size), unit)
    },
    readNumber: read,
    readDuration: (text) => readDuration(text, read),
  }
}

/** Thousands separators count only where they stand in front of three digits. */
function readNumber(text: string, decimal: string, group: string): string {
  const tight = text.trim().replace(/[\s\u00a0\u202f']/g, '')
  const escaped = (character: string) => `\\${character}`
  const grouped = new RegExp(
    `^-?\\d{1,3}(?:${escaped(group.trim() || ' ')}\\d{3})+(?:${escaped(decimal)}\\d+)?$`,
  )
  const plain = grouped.test(tight) ? tight.replaceAll(group, '') : tight
  return new RegExp(`^-?\\d+(?:${escaped(decimal)}\\d+)?$`).test(plain) ? plain.replace(decimal, '.') : plain
}

const HOURS_AND_MINUTES = /^(\d+):([0-5]?\d(?:\.\d+)?)$/

function readDuration(text: string, read: (text: string) => string): string {
  const [hourText = '', minuteText, ...rest] = text.trim().replace(/\s*h$/i, '').split(':')
  const hours = read(hourText)
  if (minuteText === undefined) return /^\d+(?:\.\d+)?$/.test(hours) ? minutesOf(Number(hours), 0) : text
  const [, whole, minutes] = HOURS_AND_MINUTES.exec(`${hours}:${read(minuteText)}`) ?? []
  return whole === undefined || rest.length > 0 ? text : minutesOf(Number(whole), Number(minutes))
}

/** Hours in tenths have no exact form in binary: what is less than a millionth of a minute is dust. */
const minutesOf = (hours: number, minutes: number): string =>
  String(Math.round((hours * 60 + minutes) * 1e6) / 1e6)
