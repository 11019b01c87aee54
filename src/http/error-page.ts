import { catalogue } from './catalogue.ts'

/** The page of error codes, in Markdown. */
export function errorPage(): string {
  const entries = Object.values(catalogue).toSorted((a, b) => a.code - b.code)
  const rows = entries.map(
    ({ code, status, title, advice }) => `| <a id="${code}"></a>${code} | ${status} | ${title} | ${advice} |`,
  )
  return `# Error codes

Every error is answered as \`{"errors":[{"title","status","code","detail","source","requestId"}]}\`, with one element
for each fault. Decide by \`code\`: it never changes its meaning; titles and details may be reworded. \`detail\` says
what to do about the very request, \`source\` which field (\`pointer\`), query parameter or header it is about.
A code that ends in 020 always means "exists but it is deleted".

| code | status | title | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}
