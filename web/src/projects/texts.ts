import { defineTexts } from '../i18n/i18n.tsx'
import { projectsEn } from './texts.en.ts'

export const useProjectText = defineTexts(projectsEn, async () => (await import('./texts.de.ts')).projectsDe)
