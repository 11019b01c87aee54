import { defineTexts } from '../i18n/i18n.tsx'
import { clientsEn } from './texts.en.ts'

export const useClientText = defineTexts(clientsEn, async () => (await import('./texts.de.ts')).clientsDe)
