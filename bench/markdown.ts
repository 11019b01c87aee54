export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Paragraphs, without those that are empty. */
export const paragraphs = (...texts: readonly string[]) => texts.filter(Boolean).join('\n\n')
