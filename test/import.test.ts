import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { importFile } from '../src/cli/import.ts'
import { TimeTrack } from '../src/sdk/index.ts'
import { hurry } from './clock.ts'
import { newAccount, newKey, startServer, temporaryFolder } from './harness.ts'
import { startLossyProxy } from './lossy-proxy.ts'

const server = await startServer()
afterAll(() => server.close())

const folder = temporaryFolder()
const HEADER = 'projectName,clientName,projectEnabled,notes,hourRate,timeEstimated,budgetEstimated'
let files = 0

interface Options {
  dryRun?: boolean
  partial?: boolean
  url?: string
}

/** An account, and a way to import text into it as a file; what was printed, and the error if there was one. */
async function newImporter(settings: { readOnly?: boolean } = {}) {
  const account = await newAccount(server)
  const { key, secret } = settings.readOnly ? await newKey(server, account, 'read') : account
  const url = `http://127.0.0.1:${server.port}`
  const { projects } = new TimeTrack({ baseUrl: url, key, secret })
  return {
    projects,
    account,
    async load(content: string | Buffer, options: Options = {}, extension = 'csv') {
      const file = join(folder, `${++files}.${extension}`)
      writeFileSync(file, content)
      const printed: string[] = []
      const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line))
      const warn = vi.spyOn(console, 'error').mockImplementation((line) => void printed.push(line))
      const connection = { url: options.url ?? url, key, secret }
      const { dryRun = false, partial = false } = options
      const error = await importFile('projects', file, connection, { dryRun, partial }).then(
        () => undefined,
        ({ message }) => message as string,
      )
      log.mockRestore()
      warn.mockRestore()
      return {
        printed: printed.map((line) => line.replace(file, 'FILE')),
        error: error?.replace(file, 'FILE'),
      }
    },
    async all() {
      const all = []
      for await (const { ID, id, createdAt, updatedAt, ...project } of projects.all()) all.push(project)
      return all
    },
  }
}

const plain = (projectName: string, clientName: string) => ({
  projectName,
  clientName,
  projectEnabled: true,
  notes: null,
  hourRate: null,
  timeEstimated: null,
  budgetEstimated: null,
})

test('a CSV file: created, then unchanged, then updated where it differs', async () => {
  const { load, all } = await newImporter()
  const csv = `${HEADER}\r\nWebsite,Acme,false,"a ""b"", c\r\nd",50.5,600,1000\r\nShop,Acme,,,,,\r\n`
  expect(await load(csv)).toEqual({
    printed: ['created 2, updated 0, unchanged 0, refused 0'],
    error: undefined,
  })
  expect(await all()).toEqual([
    {
      projectName: 'Website',
      clientName: 'Acme',
      projectEnabled: false,
      notes: 'a "b", c\r\nd',
      hourRate: 50.5,
      timeEstimated: 600,
      budgetEstimated: 1000,
    },
    plain('Shop', 'Acme'),
  ])
  expect((await load(csv)).printed).toEqual(['created 0, updated 0, unchanged 2, refused 0'])
  const other = 'clientname;PROJECTNAME;hourRate\nACME;website;7,25\nNeu;Website;\n'
  expect((await load(other)).printed).toEqual(['created 1, updated 1, unchanged 0, refused 0'])
  expect(await all()).toMatchObject([
    { projectName: 'website', clientName: 'Acme', hourRate: 7.25, projectEnabled: false },
    { projectName: 'Shop' },
    { projectName: 'Website', clientName: 'Neu' },
  ])
})

const SAME = 'projectName;clientName\nGröße;Österreich\n'
test.each([
  ['UTF-8', Buffer.from(SAME), []],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${SAME}`), []],
  ['UTF-16 as spreadsheets write it', Buffer.from(`\uFEFF${SAME}`, 'utf16le'), []],
  [
    'Latin-1',
    Buffer.from(SAME, 'latin1'),
    ['FILE: line 2 is not UTF-8: the file is read as Windows-1252 (Latin-1).'],
  ],
  ['tabs', Buffer.from(SAME.replaceAll(';', '\t')), []],
  ['old line ends, none at the end', Buffer.from(SAME.trimEnd().replaceAll('\n', '\r')), []],
  ['separators and names in quotes', Buffer.from('"projectName";"clientName"\n"Größe";"Österreich"'), []],
  ['empty lines and cells behind', Buffer.from('projectName;clientName;;\n\nGröße;Österreich;;\n;;;\n'), []],
])('%s is read', async (_, bytes, notices) => {
  const { load, all } = await newImporter()
  expect(await load(bytes)).toEqual({
    printed: [...notices, 'created 1, updated 0, unchanged 0, refused 0'],
    error: undefined,
  })
  expect(await all()).toEqual([plain('Größe', 'Österreich')])
})

test('Windows-1252 is read with its euro, its quotes and its dashes', async () => {
  const { load, all } = await newImporter()
  const bytes = Buffer.concat([
    Buffer.from('projectName;clientName\n'),
    Buffer.from([0x80, 0x20, 0x84, 0x4d, 0xfc, 0x93, 0x20, 0x96, 0x20, 0x85]),
    Buffer.from(';Acme\n'),
  ])
  expect((await load(bytes)).error).toBeUndefined()
  expect(await all()).toEqual([plain('€ „Mü“ – …', 'Acme')])
})

const BAD = [
  HEADER,
  'Good,Acme,true,,1,2,3',
  'Bad,Acme,maybe,,x,2,1234567890123456',
  ',Acme,,,,,',
  'GOOD,acme,,,,,',
  'Short,Acme',
  '"Two',
  'lines",Acme,,,,,',
  'Comma,Acme,,,"1,5",,',
].join('\n')

const BAD_REPORT = [
  expect.stringMatching(/^line 3, column projectEnabled: .*Send true or false/),
  expect.stringMatching(/^line 3, column hourRate: .*number/),
  expect.stringMatching(/^line 3, column budgetEstimated: /),
  expect.stringMatching(/^line 4, column projectName: .*missing/),
  expect.stringMatching(/^line 5, column projectName: the same project as on line 2/),
  expect.stringMatching(/^line 6: has 2 cells, but the first line names 7/),
  expect.stringMatching(/^line 7, column projectName: .*control character U\+000A/),
  expect.stringMatching(/^line 9, column hourRate: a decimal comma/),
]

test('bad rows: each is told with line and column, and nothing is written', async () => {
  const { load, all } = await newImporter()
  const { printed, error } = await load(BAD)
  expect(printed).toEqual([...BAD_REPORT, 'created 0, updated 0, unchanged 0, refused 6'])
  expect(error).toBe('Nothing was imported: 6 rows are refused. --partial imports the others.')
  expect(await all()).toEqual([])
})

test('--partial: the good rows are written, the others told', async () => {
  const { load, all } = await newImporter()
  const { printed, error } = await load(BAD, { partial: true })
  expect(printed).toEqual([...BAD_REPORT, 'created 1, updated 0, unchanged 0, refused 6'])
  expect(error).toBe('6 rows are refused; the others are imported.')
  expect(await all()).toMatchObject([{ projectName: 'Good' }])
})

test('--dry-run: says what would be done, and does nothing', async () => {
  const { load, all } = await newImporter()
  await load('projectName,clientName\na,c\nb,c\n')
  const { printed, error } = await load('projectName,clientName,notes\na,c,\nb,c,x\nd,c,\n', { dryRun: true })
  expect(error).toBeUndefined()
  expect(printed).toEqual([
    'Dry run, nothing was written. The import would give: created 1, updated 1, unchanged 1, refused 0',
  ])
  expect(await all()).toHaveLength(2)
})

test.each([
  [
    'an unknown column',
    'projectName,clientName,rate\n',
    /line 1, column rate: no field has this name. Known are /,
  ],
  ['a missing column', 'projectName\nx\n', /line 1, column clientName: is missing/],
  ['a column twice', 'projectName,clientName,PROJECTNAME\n', /column PROJECTNAME: is there twice/],
  ['another separator', 'projectName|clientName\n', /line 1, column projectName\|clientName: no field/],
  ['nothing', '', /line 1: the file is empty/],
  [
    'a quote that is not closed',
    'projectName,clientName\na,b\nc,"d\n',
    /line 3, column 3: the quote that opens here/,
  ],
  [
    'text behind a quote',
    'projectName,clientName\n"a\nb"c,d\n',
    /line 3, column 3: text behind a closing quote/,
  ],
  ['a quote inside a cell', 'projectName,clientName\n5" pipe,d\n', /line 2, column 2: a quote inside a cell/],
])('a CSV file with %s is refused as a whole', async (_, csv, message) => {
  const { load, all } = await newImporter()
  const { error, printed } = await load(csv, { partial: true })
  expect(error).toMatch(message)
  expect(printed).toEqual([])
  expect(await all()).toEqual([])
})

test('numbers that can be read in two ways are refused where the separator is not a comma', async () => {
  const { load } = await newImporter()
  const csv = 'projectName;clientName;hourRate\na;c;1.234\nb;c;1.234,50\nd;c;12,5\ne;c; 7.5\nf;c;1,2,3\n'
  const { printed } = await load(csv, { partial: true })
  expect(printed).toEqual([
    expect.stringMatching(/^line 2, column hourRate: 1.234 can be read in two ways/),
    expect.stringMatching(/^line 3, column hourRate: /),
    expect.stringMatching(/^line 6, column hourRate: /),
    'created 2, updated 0, unchanged 0, refused 3',
  ])
})

test('a JSON file: as CSV, with types of its own; what the API lists can be sent back', async () => {
  const { load, all, projects } = await newImporter()
  const rows = [
    { projectName: 'a\n', clientName: 'Ä', hourRate: 1.5, notes: '"x\\\n', projectEnabled: false },
  ]
  expect((await load(JSON.stringify(rows), {}, 'json')).error).toBeUndefined()
  expect(await all()).toEqual([{ ...plain('a', 'Ä'), ...rows[0], projectName: 'a' }])
  const listed = JSON.stringify((await projects.list()).data, null, 2)
  expect((await load(listed, {}, 'json')).printed).toEqual(['created 0, updated 0, unchanged 1, refused 0'])
  const bad = '[\n  {"projectName": "b", "clientName": "c"},\n  {"projectName": 5, "rate": 1},\n  7\n]'
  expect((await load(bad, {}, 'json')).printed).toEqual([
    expect.stringMatching(/^line 3, column rate: no field/),
    expect.stringMatching(/^line 4: is not an object/),
    'created 0, updated 0, unchanged 0, refused 2',
  ])
})

test.each([
  ['{"projectName": "a"}', 'line 1, column 1'],
  ['[\n  {"projectName": "a",}\n]', 'line 2, column 23'],
  ['[{"a": 01}]', 'line 1, column 8'],
  ['[{"a": "b\nc"}]', 'line 1, column 8'],
  ['[{"a": tru}]', 'line 1, column 8'],
  ['[{"a": "b\\"}]', 'line 1, column 8'],
  ['[{"a": 1}\n', 'line 2, column 1'],
  ['[]\n7', 'line 2, column 1'],
  ['['.repeat(100_000), 'line 1, column'],
])('broken JSON %# is refused as a whole, with line and column', async (json, place) => {
  const { load } = await newImporter()
  expect((await load(json, {}, 'json')).error).toContain(place)
})

test('more than one batch; one that stopped is gone on with, one whose answer was lost is done once', async () => {
  const { load, all } = await newImporter()
  const proxy = await startLossyProxy(server.port)
  try {
    const rows = Array.from({ length: 2_500 }, (_, index) => `Project ${index},Client ${index % 7}`)
    const csv = `projectName,clientName\n${rows.join('\n')}`
    // The count, the page, the first batch, and then the second batch is refused.
    proxy.fates = ['pass', 'pass', 'lose the answer', 'pass', { status: 500 }]
    const { error, printed } = await load(csv, { url: proxy.url })
    expect(printed).toEqual(['created 1000, updated 0, unchanged 0, refused 0'])
    expect(error).toContain('Before that 1000 were imported. Run it again')
    expect((await load(csv)).printed).toEqual(['created 1500, updated 0, unchanged 1000, refused 0'])
    expect((await all()).map(({ projectName }) => projectName)).toEqual(
      Array.from({ length: 2_500 }, (_, index) => `Project ${index}`),
    )
  } finally {
    proxy.close()
  }
})

test('a project that was deleted since is made anew by the same file', async () => {
  const { load, projects, all } = await newImporter()
  const csv = 'projectName,clientName\na,c\n'
  await load(csv)
  await projects.delete(1)
  expect((await load(csv)).printed).toEqual(['created 1, updated 0, unchanged 0, refused 0'])
  expect(await all()).toHaveLength(1)
})

test('a read-only key, a wrong secret and a server that is not there are told', async () => {
  const { load } = await newImporter({ readOnly: true })
  const csv = 'projectName,clientName\na,c\n'
  hurry()
  expect((await load(csv)).error).toMatch(/11002.*\nNothing was imported\./)
  expect((await load(csv, { url: 'http://127.0.0.1:9' })).error).toMatch(/did not answer.*Check --url/)
})
