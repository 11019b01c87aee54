import { accessErrors } from './access-errors.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { requestErrors } from './request-errors.ts'
import type { Resource } from './resource.ts'

/** The first two digits of the codes about access, which keys and sessions share. */
const ACCESS = 11

export interface ErrorGroup {
  readonly title: string
  readonly entries: readonly CatalogueEntry[]
}

/** Every error that the server can answer, in the order of its codes, grouped by subject. */
export function errorGroups(resources: readonly Resource[]): ErrorGroup[] {
  const titles = new Map([
    [10, 'The request'],
    [ACCESS, 'Access'],
  ])
  const all: CatalogueEntry[] = [...Object.values(requestErrors), ...Object.values(accessErrors)]
  for (const { tag, errors } of resources)
    for (const entry of Object.values(errors)) {
      all.push(entry)
      if (!titles.has(rangeOf(entry))) titles.set(rangeOf(entry), tag.name)
    }
  all.sort((a, b) => a.code - b.code)
  return [...titles]
    .sort(([a], [b]) => a - b)
    .map(([range, title]) => ({ title, entries: all.filter((entry) => rangeOf(entry) === range) }))
}

const rangeOf = ({ code }: CatalogueEntry) => Math.floor(code / 1000)

/** What all errors have in common, in Markdown without line breaks. */
export const errorIntroduction = [
  'Every error is answered as `{"errors":[{"title","status","code","detail","source","requestId"}]}`, with one element for each fault.',
  'Decide by `code`: it never changes its meaning; titles and details may be reworded.',
  '`detail` says what to do about this very request; `source` names the field (`pointer`), query parameter or header concerned.',
  'A code that ends in 020 always means "exists but it is deleted".',
]

/** The page of error codes, in Markdown. */
export function errorPage(resources: readonly Resource[]): string {
  return `# Error codes

${errorIntroduction.join('\n')}
${errorGroups(resources).map(markdownGroup).join('')}`
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
