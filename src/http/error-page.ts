import { type CatalogueEntry, catalogue } from './catalogue.ts'

/** What the first two digits of a code stand for. */
const subjects: Record<number, string> = {
  10: 'The request',
  11: 'Access',
  12: 'Clients',
  13: 'Projects',
  14: 'Tasks',
  15: 'Project time entries',
  16: 'Users',
  17: 'Attendances',
  18: 'Absences',
  19: 'Timers',
}

export interface ErrorGroup {
  readonly title: string
  readonly entries: readonly CatalogueEntry[]
}

/** The catalogue in the order of its codes, grouped by subject. */
export function errorGroups(): ErrorGroup[] {
  const entries = Object.values<CatalogueEntry>(catalogue).toSorted((a, b) => a.code - b.code)
  return Object.entries(subjects)
    .map(([digits, title]) => ({
      title,
      entries: entries.filter(({ code }) => Math.floor(code / 1000) === Number(digits)),
    }))
    .filter((group) => group.entries.length > 0)
}

/** What all errors have in common, in Markdown without line breaks. */
export const errorIntroduction = [
  'Every error is answered as `{"errors":[{"title","status","code","detail","source","requestId"}]}`, with one element for each fault.',
  'Decide by `code`: it never changes its meaning; titles and details may be reworded.',
  '`detail` says what to do about this very request; `source` names the field (`pointer`), query parameter or header concerned.',
  'A code that ends in 020 always means "exists but it is deleted".',
]

/** The page of error codes, in Markdown. */
export function errorPage(): string {
  return `# Error codes

${errorIntroduction.join('\n')}
${errorGroups().map(markdownGroup).join('')}`
}

function markdownGroup({ title, entries }: ErrorGroup): string {
  const rows = entries.map(
    ({ code, status, title, advice }) => `| <a id="${code}"></a>${code} | ${status} | ${title} | ${advice} |`,
  )
  return `
## ${title}

| code | status | title | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}
