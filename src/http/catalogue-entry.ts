export interface CatalogueEntry {
  /** Stable: a code is never given another meaning. */
  readonly code: number
  readonly status: number
  readonly title: string
  /** What to do about it, for the page of codes. */
  readonly advice: string
}

export function entry(code: number, status: number, title: string, advice: string): CatalogueEntry {
  return { code, status, title, advice }
}
