export type Language = 'en' | 'de'

/** What each language calls itself. */
export const languageName: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

const KEPT = 'timetrack.language'

const baseOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''

/** The language chosen in the app, else the first of the browser's that the app speaks. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(KEPT)
  if (chosen === 'en' || chosen === 'de') return chosen
  const spoken = navigator.languages.map(baseOf).find((base) => base === 'en' || base === 'de')
  return spoken === 'de' ? 'de' : 'en'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
}

/**
 * How dates and numbers are written: as the browser's own language does, unless the reader has chosen the other
 * language here.
 */
export function localeOf(language: Language): string {
  const chosen = localStorage.getItem(KEPT) !== null
  const same = navigator.languages.find((tag) => baseOf(tag) === language)
  return same ?? (chosen ? language : navigator.language)
}
