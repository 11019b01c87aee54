import { defineTexts } from '../i18n/i18n.tsx'
import { tasksEn } from './texts.en.ts'

export const useTaskText = defineTexts(tasksEn, async () => (await import('./texts.de.ts')).tasksDe)
