/** Writes the files that are generated from the code; with --check, only reports whether they are stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApi, resources } from '../src/app.ts'
import { errorPage } from '../src/http/error-page.ts'
import { sdkResources } from './sdk-resources.ts'
import { sdkTypes } from './sdk-types.ts'

const document = openApi()
const files: Record<string, string> = {
  'docs/errors.md': errorPage(resources),
  'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'src/sdk/resources.ts': sdkResources(resources),
  'src/sdk/types.ts': sdkTypes(JSON.parse(JSON.stringify(document))),
}

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
