import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { fileKindOf } from '../../src/cli/transfer/file-kinds.ts'
import { csvHeader } from '../../src/transfer/csv-write.ts'
import { createAccount, it, run, startServer } from '../process.ts'

it('import: exit codes 0, 1 and 2; key and secret from the environment', async ({ folder }) => {
  const { port } = await startServer(folder)
  const { apiKey, apiSecret } = await createAccount(folder, 'acme')
  const settings = { PORT: String(port), TIMETRACK_KEY: apiKey, TIMETRACK_SECRET: apiSecret }
  const file = join(folder, 'projects.csv')
  writeFileSync(file, 'projectName,clientName\na,c\n')
  const done = await run(folder, ['import', 'projects', file], settings)
  expect(done).toEqual({ code: 0, stdout: 'created 1, updated 0, unchanged 0, refused 0\n', stderr: '' })
  writeFileSync(file, 'projectName,clientName\n,c\n')
  const refused = await run(folder, ['import', 'projects', file, '--key', apiKey], settings)
  expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('line 2, column projectName') })
  const { TIMETRACK_SECRET: _, ...without } = settings
  const usage = await run(folder, ['import', 'projects', file], without)
  expect(usage).toMatchObject({ code: 2, stderr: expect.stringContaining('TIMETRACK_SECRET') })
  expect((await run(folder, ['import', 'projects', 'missing.csv'], settings)).code).toBe(1)
  expect((await run(folder, ['import', 'projects'], settings)).code).toBe(2)
})

it('export: to standard output, as CSV or JSON', async ({ folder }) => {
  const { port } = await startServer(folder)
  const { apiKey, apiSecret } = await createAccount(folder, 'acme')
  const settings = { PORT: String(port), TIMETRACK_KEY: apiKey, TIMETRACK_SECRET: apiSecret }
  expect(await run(folder, ['export', 'projects'], settings)).toEqual({
    code: 0,
    stdout: csvHeader(fileKindOf('projects')),
    stderr: '',
  })
  const json = await run(folder, ['export', 'projects', '--format', 'json'], settings)
  expect(JSON.parse(json.stdout)).toEqual([])
  expect((await run(folder, ['export', 'projects', '--format', 'xml'], settings)).code).toBe(2)
})
