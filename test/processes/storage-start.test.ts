import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect } from 'vitest'
import { canMount, failingDisk, onSmallDisk } from '../disk.ts'
import { temporaryFolder } from '../harness.ts'
import {
  Child,
  call,
  createAccount,
  databaseOf,
  environmentOf,
  it,
  locationIn,
  type Outcome,
  run,
  startServer,
  timetrackCommand,
} from '../process.ts'
import { expectWhole } from '../whole.ts'

const COMMANDS = [
  ['serve'],
  ['migrate'],
  ['account', 'list'],
  ['account', 'create', 'other'],
  ['key', 'list', 'acme'],
]

const FAILED = 'its disk or the system refuses to work on it'

/** One sentence that names the database and what is wrong, and one that says what to do. */
function expectExplained({ code, stdout, stderr }: Outcome, reason: string) {
  const printed = stdout
    .split('\n')
    .filter((line) => !/^\{"level":50,.*"msg":"changes are refused, .*\}$/.test(line))
  expect({ code, printed }).toEqual({ code: 1, printed: [''] })
  expect(stdout + stderr).not.toContain('.mjs')
  expect(stderr).toMatch(
    new RegExp(`^timetrack: The database /\\S+ cannot be used: ${reason} \\(.+\\)\\. [A-Z].+\\.\n$`),
  )
}

describe.skipIf(!canMount)('exit 1 on a file system of its own', () => {
  it('that is full', async ({ folder }) => {
    const fill = `head -c 3000000 /dev/zero > '${folder}/ballast' 2> /dev/null`
    for (const command of COMMANDS) {
      const child = onSmallDisk(folder, `{ ${fill}; exec ${timetrackCommand} ${command.join(' ')}; }`)
      expectExplained(await child.ended, 'its disk is full')
    }
  })

  it('that is read-only', async ({ folder }) => {
    for (const command of COMMANDS) {
      const made = `${timetrackCommand} account create acme > /dev/null && mount -o remount,bind,ro '${folder}'`
      const child = onSmallDisk(folder, `${made} && exec ${timetrackCommand} ${command.join(' ')}`)
      expectExplained(await child.ended, 'it may not be written')
    }
  })
})

describe('exit 1, and the same command works when the cause has gone', () => {
  // Too little for the first page, and for the migrations.
  it.each([1, 50])('no file may be larger than %i KiB', async (limit) => {
    const folder = temporaryFolder()
    const limited = (command: readonly string[]) => {
      const line = `ulimit -f ${limit} && exec ${timetrackCommand} ${command.join(' ')}`
      return new Child('bash', ['-c', line], environmentOf(folder)).ended
    }
    for (const command of [['serve'], ['account', 'create', 'acme']])
      expectExplained(await limited(command), `(?:its disk is full|${FAILED})`)
    const { stdout } = await run(folder, ['account', 'create', 'acme', '--json'])
    await expectWhole(locationIn(folder))
    const server = await startServer(folder)
    expect((await call(server, JSON.parse(stdout), 'GET', '/projects')).text).toBe('[]')
    await server.destroy()
  })

  it('the disk is full when the first account is made: no file of its key stays', async ({ folder }) => {
    const disk = failingDisk('write -wal 28', 10009, 'storage is full')
    await run(folder, ['migrate'])
    disk.refuse({ home: folder })
    expectExplained(await run(folder, ['serve'], disk.settings(folder)), 'its disk is full')
    expect(readdirSync(folder).sort()).toEqual(['plan', 'timetrack.db'])
    disk.relent({ home: folder })
    expect((await startServer(folder, disk.settings(folder))).stdout).toContain('testaccount.credentials')
  })

  it('a folder in which nobody may create a file', async ({ folder }) => {
    for (const command of COMMANDS)
      expectExplained(
        await run(folder, command, { DATABASE_URL: 'file:/sys/timetrack.db' }),
        'it may not be written',
      )
  })

  it('another program holds the database', async ({ folder }) => {
    const credentials = await createAccount(folder, 'acme')
    const other = new Sqlite(databaseOf(folder))
    other.exec('pragma locking_mode = exclusive; begin exclusive; commit')
    const outcomes = await Promise.all(COMMANDS.map((command) => run(folder, command)))
    for (const outcome of outcomes) expectExplained(outcome, 'another program holds it')
    const starting = startServer(folder)
    setTimeout(() => other.close(), 1_000)
    expect((await call(await starting, credentials, 'GET', '/projects')).status).toBe(200)
  })

  it('the database is damaged', async ({ folder }) => {
    await createAccount(folder, 'acme')
    const file = openSync(databaseOf(folder), 'r+')
    writeSync(file, Buffer.alloc(3_000, 0xff), 0, 3_000, 100)
    closeSync(file)
    for (const command of COMMANDS)
      expectExplained(await run(folder, command), 'it is damaged, or not a database')
  })
})
