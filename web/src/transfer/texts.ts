import { defineTexts } from '../i18n/i18n.tsx'
import { transferEn } from './texts.en.ts'

export const useTransferText = defineTexts(transferEn, async () => (await import('./texts.de.ts')).transferDe)

export type TransferText = typeof transferEn

/** What a field of a file is called; what has no name of ours is called as in the file. */
export const fieldName = ({ fields }: TransferText, field: string): string =>
  (fields as Readonly<Record<string, string>>)[field] ?? field
