import { type CsvColumn, readCsvColumns } from '../../../src/transfer/csv-rows.ts'

export interface ReadFile {
  readonly name: string
  readonly text: string
  readonly columns: readonly CsvColumn[]
}

/** Reads a CSV file in whatever of the usual encodings it is. Throws UnreadableFile where it cannot be made out. */
export async function readFile(file: File): Promise<ReadFile> {
  const text = decode(new Uint8Array(await file.arrayBuffer()))
  return { name: file.name, text, columns: readCsvColumns(text) }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
