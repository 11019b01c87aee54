import { defineTexts } from '../i18n/i18n.tsx'
import { signInEn } from './texts.en.ts'

export const useSignInText = defineTexts(signInEn, async () => (await import('./texts.de.ts')).signInDe)
