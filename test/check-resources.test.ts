import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from './engine.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = temporaryFolder()
for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json'])
  cpSync(join(root, name), join(folder, name), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))

/** What `npm run check` says of the resources where the lines of a file that match are left out. */
function checkWithout(file: string, left: RegExp): { status: number | null; said: string } {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(left)
  writeFileSync(path, text.replace(left, ''))
  const { status, stderr } = spawnSync(join(root, 'node_modules/.bin/tsx'), ['scripts/check-resources.ts'], {
    cwd: folder,
    encoding: 'utf8',
  })
  writeFileSync(path, text)
  return { status, said: stderr }
}

test.each([
  [
    'src/app.ts',
    /, taskResource(?=\])/,
    'src/resources/tasks/task.routes.ts has a resource that is not served: add taskResource to src/app.ts.\n',
  ],
  [
    'src/db/tables.ts',
    /^ {2}tasks: .*\n/m,
    'src/db/tables.ts does not know the table tasks: add a line for it.\n',
  ],
  [
    'src/db/migrations/index.ts',
    /^ {2}tasks,\n/m,
    'src/db/tables.ts has a table tasks that no migration creates: add one to src/db/migrations/index.ts.\n',
  ],
])('npm run check says what is missing: a line of %s', (file, left, said) => {
  expect(checkWithout(file, left)).toEqual({ status: 1, said })
})

test('npm run check has nothing to say where nothing is missing', () => {
  expect(checkWithout('package.json', /(?<=^)\s{0}/)).toEqual({ status: 0, said: '' })
})
