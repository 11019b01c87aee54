import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { Child, environmentOf, it } from '../process.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A checkout in which packages are installed and nothing is built. */
function copyCheckout(folder: string): string {
  const checkout = join(folder, 'checkout')
  for (const name of ['bin', 'scripts', 'src', 'package.json', 'package-lock.json'])
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'))
  return checkout
}

const start = (folder: string, checkout: string) =>
  new Child(process.execPath, [join(checkout, 'bin/timetrack.mjs'), 'migrate'], environmentOf(folder)).ended

it('several first starts at once build once, and all work', async ({ folder }) => {
  const checkout = copyCheckout(folder)
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => start(folder, checkout)))
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  expect(outcomes.map(({ stderr }) => stderr).join('')).toBe('Building …\n')
  const left = readdirSync(join(checkout, 'dist'))
  expect(left).toEqual(expect.arrayContaining(['.timetrack-built', 'timetrack.mjs', 'timetrack.mjs.map']))
  expect(left.filter((name) => /preparing|new/.test(name))).toEqual([])
})

it('a lock that a killed start has left does not stop the next one', async ({ folder }) => {
  const checkout = copyCheckout(folder)
  const { pid } = spawnSync(process.execPath, ['--version'])
  mkdirSync(join(checkout, 'dist'))
  symlinkSync(String(pid), join(checkout, 'dist/.preparing'))
  expect(await start(folder, checkout)).toMatchObject({ code: 0, stderr: 'Building …\n' })
  expect(lstatSync(join(checkout, 'dist/.preparing'), { throwIfNoEntry: false })).toBeUndefined()
  expect(existsSync(join(checkout, 'dist/timetrack.mjs'))).toBe(true)
})

it('the web app is built and compressed, again when it has changed, and stays as it was where it cannot be built', async ({
  folder,
}) => {
  const checkout = copyCheckout(folder)
  const web = join(checkout, 'web')
  const script = (text: string) => writeFileSync(join(web, 'main.js'), text)
  const built = () => {
    const assets = join(web, 'dist/assets')
    const [name = ''] = readdirSync(assets).filter((one) => one.endsWith('.js'))
    const plain = readFileSync(join(assets, name))
    expect(brotliDecompressSync(readFileSync(join(assets, `${name}.br`))).equals(plain)).toBe(true)
    expect(gunzipSync(readFileSync(join(assets, `${name}.gz`))).equals(plain)).toBe(true)
    expect(readFileSync(join(web, 'dist/index.html'), 'utf8')).toContain(name)
    return plain.toString()
  }
  mkdirSync(web)
  writeFileSync(join(web, 'index.html'), '<script type="module" src="./main.js"></script>')
  script('console.log("first")')
  expect(await start(folder, checkout)).toMatchObject({
    code: 0,
    stderr: 'Building …\nBuilding the web app …\n',
  })
  expect(built()).toContain('first')
  script('console.log("second")')
  expect(await start(folder, checkout)).toMatchObject({ code: 0, stderr: 'Building the web app …\n' })
  expect(built()).toContain('second')
  script('this is no script')
  expect((await start(folder, checkout)).code).toBe(1)
  expect(built()).toContain('second')
  expect(readdirSync(join(checkout, 'dist')).filter((name) => /preparing|old/.test(name))).toEqual([])
})
