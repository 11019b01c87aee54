import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { en, type Text } from './en.ts'
import { type Format, formatOf } from './format.ts'
import { firstLanguage, keepLanguage, type Language, localeOf } from './language.ts'

interface Spoken {
  readonly language: Language
  readonly text: Text
  readonly format: Format
  speak(language: Language): void
}

/** Those that are loaded. */
const texts: Partial<Record<Language, Text>> = { en }

/** A language that is not the first text's comes when it is spoken. */
export async function loadText(language: Language): Promise<void> {
  if (language === 'de') texts.de ??= (await import('./de.ts')).de
}

const Context = createContext<Spoken | undefined>(undefined)

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  useLayoutEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo<Spoken>(
    () => ({
      language,
      text: texts[language] ?? en,
      format: formatOf(localeOf(language)),
      speak(next) {
        void loadText(next).then(() => {
          keepLanguage(next)
          setLanguage(next)
        })
      },
    }),
    [language],
  )
  return <Context value={spoken}>{children}</Context>
}

export function useLanguage(): Spoken {
  const spoken = useContext(Context)
  if (!spoken) throw new Error('useLanguage needs a LanguageProvider')
  return spoken
}

export const useText = (): Text => useLanguage().text

export const useFormat = (): Format => useLanguage().format
