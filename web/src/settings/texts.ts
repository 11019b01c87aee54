import { defineTexts } from '../i18n/i18n.tsx'
import { settingsEn } from './texts.en.ts'

export const useSettingsText = defineTexts(settingsEn, async () => (await import('./texts.de.ts')).settingsDe)
