/** Writes the files that are made from the code; with --check, only says whether they are stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { catalogue } from '../src/http/catalogue.ts'

const files: Record<string, string> = { 'docs/errors.md': errorPage() }

const stale = Object.entries(files).filter(([file, text]) => read(file) !== text)
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is stale: run npm run gen`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else for (const [file, text] of stale) writeFileSync(file, text)

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function errorPage(): string {
  const entries = Object.values(catalogue).toSorted((a, b) => a.code - b.code)
  return `# Error codes

Every error is answered as \`{"errors":[{"title","status","code","detail","source","requestId"}]}\`, with one element
for each fault. Decide by \`code\`: it never changes its meaning; titles and details may be reworded. \`detail\` says
what to do about the very request, \`source\` which field (\`pointer\`), query parameter or header it is about.
A code that ends in 020 always means "exists but it is deleted".

| code | status | title | what to do |
| --- | --- | --- | --- |
${entries.map(({ code, status, title, advice }) => `| <a id="${code}"></a>${code} | ${status} | ${title} | ${advice} |`).join('\n')}
`
}
