import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { en } from './en.ts'
import { type Format, formatOf } from './format.ts'
import { firstLanguage, keepLanguage, type Language, localeOf } from './language.ts'
import { addTexts, loadTexts, type PartText, textOf } from './texts.ts'

interface Spoken {
  readonly language: Language
  readonly format: Format
  speak(language: Language): void
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
      format: formatOf(localeOf(language)),
      speak(next) {
        void loadTexts(next).then(() => {
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

export const useFormat = (): Format => useLanguage().format

/** Makes the hook that tells the texts of a part of the app in the language that is spoken. */
export function defineTexts<T extends PartText>(en: T, loadDe: () => Promise<NoInfer<T>>): () => T {
  const part = addTexts(en, loadDe)
  return () => textOf(part, useLanguage().language)
}

/** What all parts share. */
export const useText = defineTexts(en, async () => (await import('./de.ts')).de)
