import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { exportFile } from '../src/cli/export.ts'
import { importFile } from '../src/cli/import.ts'
import { fileKindOf } from '../src/cli/transfer/file-kinds.ts'
import { Progress } from '../src/cli/transfer/progress.ts'
import { TimeTrack } from '../src/sdk/index.ts'
import { readCsvRows } from '../src/transfer/csv-rows.ts'
import { csvHeader, csvLine } from '../src/transfer/csv-write.ts'
import { newAccount, startServer, temporaryFolder } from './harness.ts'

const kind = fileKindOf('projects')

const server = await startServer()
afterAll(() => server.close())

const folder = temporaryFolder()

async function newConnection() {
  const { key, secret } = await newAccount(server)
  return { url: `http://127.0.0.1:${server.port}`, key, secret }
}

const clientOf = ({ url, key, secret }: Awaited<ReturnType<typeof newConnection>>) =>
  new TimeTrack({ baseUrl: url, key, secret })

async function projectsOf(connection: Awaited<ReturnType<typeof newConnection>>) {
  const all = []
  for await (const { createdAt, updatedAt, ...project } of clientOf(connection).projects.all())
    all.push(project)
  return all
}

const HARD = [
  '=1+1',
  '+49 1',
  '-5',
  '@x',
  "'=1",
  "'quoted'",
  '',
  ' a, "b"; c\td ',
  '1\r\n2\r3\n',
  '\n=x',
  'ä€😀',
]

test.each(['clients', 'tasks'] as const)(
  '%s: an import into another account gives the same, and again changes what differs',
  async (many) => {
    const from = await newConnection()
    const made = clientOf(from)[many]
    const { data: first } = await made.create({ name: '=Straße "1"', notes: '1\r\n2;3' })
    await made.create({ name: 'Two', notes: "'x" })
    await made.disable(first.id)
    const file = join(folder, `${many}.csv`)
    await exportFile(many, file, from, 'csv')
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const to = await newConnection()
    const load = () => importFile(many, file, to, { dryRun: false, partial: false })
    await load()
    const there = clientOf(to)[many]
    const same = async () => (await there.list()).data.map(({ createdAt: _, updatedAt: __, ...rest }) => rest)
    const before = await same()
    expect(before).toMatchObject([
      { name: '=Straße "1"', enabled: false, notes: '1\r\n2;3' },
      { name: 'Two', enabled: true, notes: "'x" },
    ])
    await load()
    await there.rename(1, { name: '=STRASSE "1"' })
    await there.enable(1)
    await there.update(1, { notes: 'other' })
    await load()
    expect(await same()).toEqual(before)
    expect(log.mock.calls.flat()).toEqual([
      'created 2, updated 0, unchanged 0, refused 0',
      'created 0, updated 0, unchanged 2, refused 0',
      'created 0, updated 1, unchanged 1, refused 0',
    ])
    log.mockRestore()
  },
)

test.each(['csv', 'json'] as const)(
  '%s: an import into another account gives the same projects',
  async (format) => {
    const from = await newConnection()
    const operations = HARD.map((notes, index) => ({
      method: 'create' as const,
      project: {
        projectName: notes.trim() === '' || /\p{Cc}/u.test(notes) ? `p${index}` : notes,
        clientName: '=c',
        notes,
        hourRate: [0, 0.1, 1e-7, 999_999_999_999, 1.5e-10][index] ?? null,
        projectEnabled: index % 2 === 0,
      },
    }))
    await clientOf(from).projects.batch({ atomic: true, operations })
    const file = join(folder, `all.${format}`)
    await exportFile('projects', file, from, format)
    expect(existsSync(`${file}.part`)).toBe(false)
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const to = await newConnection()
    for (const connection of [to, from])
      await importFile('projects', file, connection, { dryRun: false, partial: false })
    expect(log.mock.calls).toEqual([
      [`created ${HARD.length}, updated 0, unchanged 0, refused 0`],
      [`created 0, updated 0, unchanged ${HARD.length}, refused 0`],
    ])
    log.mockRestore()
    expect(await projectsOf(to)).toEqual(await projectsOf(from))
  },
)

test('CSV: no text begins like a formula, and any text comes back', () => {
  const text = fc.string({ unit: fc.constantFrom(...`'=+-@"",; \t\r\n`, 'ä', 'a'), minLength: 1 })
  const when = { createdAt: '', updatedAt: '' }
  fc.assert(
    fc.property(text, fc.option(text), fc.double({ min: 0, max: 1e12, noNaN: true }), (name, notes, rate) => {
      const numbers = { hourRate: rate, timeEstimated: null, budgetEstimated: 0 }
      const fields = { projectName: name, clientName: name, projectEnabled: false, notes }
      const line = csvLine(kind, { ID: 1, id: 1, ...fields, ...numbers, ...when })
      expect(line.slice('1,'.length)).not.toMatch(/^"?[=+\-@\t\r\n]/)
      const { rows, faults } = readCsvRows(kind, csvHeader(kind) + line)
      expect(faults).toEqual([])
      const { hourRate, ...values } = rows[0]!.values
      expect(Number(hourRate)).toBe(rate + 0)
      expect(values).toEqual({
        ...fields,
        projectEnabled: 'false',
        timeEstimated: null,
        budgetEstimated: '0',
      })
    }),
  )
})

test('a failing export leaves an older file as it was', async () => {
  const connection = await newConnection()
  const file = join(folder, 'kept.csv')
  writeFileSync(file, 'old')
  await expect(exportFile('projects', file, { ...connection, secret: 'wrong' }, 'csv')).rejects.toThrow(
    /11001/,
  )
  expect(readFileSync(file, 'utf8')).toBe('old')
  expect(existsSync(`${file}.part`)).toBe(false)
  await expect(exportFile('projects', join(folder, 'no/such/folder.csv'), connection, 'csv')).rejects.toThrow(
    /ENOENT/,
  )
})

test('the progress bar: on a terminal only, once a second, and gone at the end', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const written: string[] = []
  const write = (text: string) => written.push(text) > 0
  const bar = new Progress({ isTTY: true, write } as unknown as NodeJS.WriteStream)
  for (let done = 1; done <= 3_000; done++) {
    bar.show('Writing', done, 4_000)
    vi.advanceTimersByTime(1)
  }
  bar.end()
  const shown = written.map((text) => text.replace('\r\u001b[K', ''))
  expect(shown).toEqual([
    `Writing [${'-'.repeat(30)}] 0 % 1 of 4,000`,
    `Writing [${'#'.repeat(8)}${'-'.repeat(22)}] 25 % 1,001 of 4,000`,
    `Writing [${'#'.repeat(15)}${'-'.repeat(15)}] 50 % 2,001 of 4,000`,
    '',
  ])
  const silent = new Progress({ isTTY: false, write: () => expect.fail() })
  silent.show('Writing', 1, 2)
  silent.end()
  vi.useRealTimers()
})
