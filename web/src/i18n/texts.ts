import { firstLanguage, type Language } from './language.ts'

/** What errors of the API say to a reader, by their code. */
type ErrorTexts = Readonly<Record<number, string>>

export interface PartText {
  readonly errors?: ErrorTexts
  readonly [name: string]: unknown
}

/** The texts of one part of the app. English comes with its code, German when it is spoken. */
export interface TextPart<T> {
  readonly en: T
  readonly loadDe: () => Promise<T>
  de?: T
}

/** Those of all parts whose code is loaded. */
const parts: TextPart<PartText>[] = []
let spoken: Language = firstLanguage()

/** German has the form of the English texts: the compiler finds what is missing. */
export function addTexts<T extends PartText>(en: T, loadDe: () => Promise<NoInfer<T>>): TextPart<T> {
  const part: TextPart<T> = { en, loadDe }
  parts.push(part)
  return part
}

export const textOf = <T>(part: TextPart<T>, language: Language): T =>
  (language === 'de' && part.de) || part.en

/** Loads what the parts that are loaded say in a language; without one, in the language spoken last. */
export async function loadTexts(language: Language = spoken): Promise<void> {
  spoken = language
  if (language === 'en') return
  await Promise.all(
    parts.map(async (part) => {
      part.de ??= await part.loadDe()
    }),
  )
}

/** undefined where the API's own sentence is good enough. */
export function errorText(code: number, language: Language): string | undefined {
  for (const part of parts) {
    const sentence = textOf(part, language).errors?.[code]
    if (sentence !== undefined) return sentence
  }
  return undefined
}
