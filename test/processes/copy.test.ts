import { existsSync, linkSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import type { Location } from '../../src/db/location.ts'
import { answersOf, fill, rowsOf, slowAudit } from '../copy-data.ts'
import { ask } from '../engine.ts'
import {
  Child,
  createAccount,
  databaseOf,
  databaseUrlOf,
  environmentOf,
  it,
  locationIn,
  type Outcome,
  onTerminal,
  run,
  serveParameters,
  timetrackCommand,
} from '../process.ts'

/** A database, as the command and as the tests know it. */
interface End {
  readonly url: string
  readonly location: Location
}

type Direction = 'SQLite to PostgreSQL' | 'PostgreSQL to SQLite'
const directions: Direction[] = ['SQLite to PostgreSQL', 'PostgreSQL to SQLite']

const fileIn = (folder: string, name = 'timetrack.db'): End => {
  const file = join(folder, name)
  return { url: `file:${file}`, location: { file } }
}

const postgresOf = (folder: string): End => ({ url: databaseUrlOf(folder), location: locationIn(folder) })

function ends(folder: string, direction: Direction): { from: End; to: End } {
  const file = fileIn(folder)
  const postgres = postgresOf(folder)
  return direction === 'SQLite to PostgreSQL' ? { from: file, to: postgres } : { from: postgres, to: file }
}

const copyParameters = (from: End, to: End) => ['copy', '--from', from.url, '--to', to.url]

const copy = (folder: string, from: End, to: End): Promise<Outcome> => run(folder, copyParameters(from, to))

const migrate = (folder: string, { url }: End) => run(folder, ['migrate'], { DATABASE_URL: url })

const PASSWORD = 'pass-word-7c'

const TABLES = [
  'accounts',
  'counters',
  'api_keys',
  'users',
  'sessions',
  'sign_in_links',
  'sign_in_attempts',
  'clients',
  'projects',
  'tasks',
  'audit',
  'idempotency',
]

/** The rows of each table in the printed comparison. */
function printed(stdout: string): Record<string, number> {
  const lines = stdout.matchAll(/^(\w+) +([\d,]+) +[\da-f]{64}$/gm)
  return Object.fromEntries([...lines].map(([, table, rows]) => [table, Number(rows?.replaceAll(',', ''))]))
}

/** Refused with exit 1, in sentences, and with nothing compared. */
function expectRefusal({ code, stdout, stderr }: Outcome, pattern: RegExp) {
  expect(stderr).toMatch(pattern)
  expect(stderr).toMatch(/^timetrack: [^\n]*\.\n$/m)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
}

/** A copy that has come into the audit, and there goes on slowly. */
async function startSlowCopy(folder: string, from: End, to: End) {
  await migrate(folder, to)
  const quicken = await slowAudit(to.location)
  const [bin = ''] = serveParameters
  const child = new Child(process.execPath, [bin, ...copyParameters(from, to)], environmentOf(folder))
  const ended = child.ended.then(({ stderr }) => Promise.reject(new Error(`it ended: ${stderr}`)))
  ended.catch(() => {})
  await Promise.race([ended, comesInto('audit', to.location)])
  return { child, quicken }
}

async function comesInto(table: string, location: Location): Promise<void> {
  for (;;) {
    const marks = await ask(location, 'select table_name from copy_mark').catch(() => [])
    if (marks[0]?.table_name === table) return
    await sleep(20)
  }
}

describe.each(directions)('%s', (direction) => {
  it('everything comes through as it was, and a server on the copy answers the same', async ({ folder }) => {
    const { from, to } = ends(folder, direction)
    const requests = await fill(from.location)
    const { code, stdout } = await copy(folder, from, to)
    expect(code).toBe(0)
    const rows = await rowsOf(from.location)
    expect(await rowsOf(to.location)).toEqual(rows)
    expect(Object.keys(rows)).toEqual([...TABLES].sort())
    for (const [table, lines] of Object.entries(rows)) expect([table, lines]).not.toEqual([table, []])
    expect(printed(stdout)).toEqual(Object.fromEntries(TABLES.map((table) => [table, rows[table]?.length])))
    expect(await answersOf(to.location, requests)).toEqual(await answersOf(from.location, requests))
  })

  it('an empty database', async ({ folder }) => {
    const { from, to } = ends(folder, direction)
    await migrate(folder, from)
    const { code, stdout } = await copy(folder, from, to)
    expect(code).toBe(0)
    expect(printed(stdout)).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])))
    expect((await run(folder, ['account', 'list'], { DATABASE_URL: to.url })).code).toBe(0)
  })

  it('kill -9 in the middle: no server starts on the half, another source is refused, and it goes on', async ({
    folder,
  }) => {
    const { from, to } = ends(folder, direction)
    await fill(from.location, 150)
    const { child, quicken } = await startSlowCopy(folder, from, to)
    child.kill('SIGKILL')
    await child.ended
    await quicken()
    expectRefusal(await run(folder, ['serve'], { DATABASE_URL: to.url }), /an unfinished copy.*copy/)
    const other = fileIn(folder, 'other.db')
    await migrate(folder, other)
    expectRefusal(await copy(folder, other, to), /the beginning of a copy of .*--to/)
    expectRefusal(await copy(folder, to, other), /itself an unfinished copy/)
    const { code, stderr } = await copy(folder, from, to)
    expect(code).toBe(0)
    expect(stderr).toMatch(/^audit: \d+ rows copied\nidempotency: 2 rows copied\n$/)
    expect(await rowsOf(to.location)).toEqual(await rowsOf(from.location))
  })

  it('exit 1: a source that is changed while it is copied, or before the copy goes on', async ({
    folder,
  }) => {
    const { from, to } = ends(folder, direction)
    await fill(from.location, 60)
    const { child, quicken } = await startSlowCopy(folder, from, to)
    child.kill('SIGSTOP')
    await createAccount(folder, 'late', { DATABASE_URL: from.url })
    child.kill('SIGCONT')
    await quicken()
    const outcomes = [await child.ended, await copy(folder, from, to)]
    for (const { code, stdout, stderr } of outcomes) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(
        /^timetrack: .* was changed since the copy began: stop all servers .*\. Then (remove|recreate) .*copy again\.$/m,
      )
    }
  })

  it('the password is nowhere to be seen', async ({ folder }) => {
    const plain = ends(folder, direction)
    const secretly = (end: End) => ({ ...end, url: end.url.replace(/^(postgres:[^@]*)@/, `$1:${PASSWORD}@`) })
    const { from, to } = { from: secretly(plain.from), to: secretly(plain.to) }
    await fill(from.location)
    const { child, quicken } = await startSlowCopy(folder, from, to)
    const words = `/proc/${child.pid}/cmdline`
    if (existsSync(words)) expect(readFileSync(words, 'utf8')).not.toContain(PASSWORD)
    await quicken()
    const { code, stdout, stderr } = await child.ended
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain(PASSWORD)
  })

  it('exit 1: a target that was written to meanwhile is shown to differ', async ({ folder }) => {
    const { from, to } = ends(folder, direction)
    await fill(from.location, 150)
    const { child, quicken } = await startSlowCopy(folder, from, to)
    child.kill('SIGKILL')
    await child.ended
    await quicken()
    await ask(to.location, `update clients set updated_at = '2026' where id = 1`)
    const { code, stdout, stderr } = await copy(folder, from, to)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^clients from +5 +[\da-f]{64}\nclients to +5 +[\da-f]{64}$/m)
    expect(Object.keys(printed(stdout))).toEqual(TABLES.filter((table) => table !== 'clients'))
    expect(stderr).toMatch(/^timetrack: The two databases differ: .*\.$/m)
  })

  it('exit 1: a target that is not empty stays as it was', async ({ folder }) => {
    const { from, to } = ends(folder, direction)
    await migrate(folder, from)
    await run(folder, ['account', 'create', 'acme'], { DATABASE_URL: to.url })
    const before = await rowsOf(to.location)
    expectRefusal(await copy(folder, from, to), /is not empty, .*--to/)
    expect(await rowsOf(to.location)).toEqual(before)
  })

  it('exit 1: a source or a target of another version', async ({ folder }) => {
    const { from, to } = ends(folder, direction)
    await migrate(folder, from)
    await ask(from.location, `delete from schema_migrations where name = '0004-web'`)
    expectRefusal(await copy(folder, from, to), /at an earlier version.*timetrack migrate/)
    await ask(from.location, `insert into schema_migrations values ('0004-web', ''), ('9999-later', '')`)
    expectRefusal(await copy(folder, from, to), /newer version .*Copy with that version/)
    await ask(from.location, `delete from schema_migrations where name = '9999-later'`)
    await migrate(folder, to)
    await ask(to.location, `insert into schema_migrations values ('9999-later', '')`)
    expectRefusal(await copy(folder, from, to), /newer version .*Copy with that version/)
  })
})

describe('exit 1: what cannot be copied, each in a sentence', () => {
  it('the same database by two names', async ({ folder }) => {
    const file = fileIn(folder)
    await migrate(folder, file)
    linkSync(databaseOf(folder), join(folder, 'linked.db'))
    expectRefusal(await copy(folder, file, fileIn(folder, 'linked.db')), /name the same database/)
    const postgres = postgresOf(folder)
    await migrate(folder, postgres)
    const again = { ...postgres, url: `${postgres.url}&sslmode=disable` }
    expectRefusal(await copy(folder, postgres, again), /name the same database/)
  })

  it('a source that is not there, and is not made', async ({ folder }) => {
    expectRefusal(
      await copy(folder, fileIn(folder), postgresOf(folder)),
      /no database .*timetrack\.db.*--from/,
    )
    expect(existsSync(databaseOf(folder))).toBe(false)
    const absent = {
      ...postgresOf(folder),
      url: postgresOf(folder).url.replace(/[^/]+$/, 'no_such_database'),
    }
    expectRefusal(await copy(folder, absent, fileIn(folder)), /no database of this name.*name in --from/)
    expect(existsSync(databaseOf(folder))).toBe(false)
  })

  it('a source that is no database of TimeTrack', async ({ folder }) => {
    writeFileSync(databaseOf(folder), '')
    expectRefusal(await copy(folder, fileIn(folder), postgresOf(folder)), /not a TimeTrack database.*--from/)
    expectRefusal(await copy(folder, postgresOf(folder), fileIn(folder)), /not a TimeTrack database.*--from/)
    writeFileSync(databaseOf(folder), 'no database at all '.repeat(100))
    expectRefusal(
      await copy(folder, fileIn(folder), postgresOf(folder)),
      /damaged, or not a database.*--from/,
    )
  })

  it('a target that cannot be reached', async ({ folder }) => {
    await migrate(folder, fileIn(folder))
    const to = { ...postgresOf(folder), url: `postgres://timetrack:${PASSWORD}@127.0.0.1:1/timetrack` }
    const outcome = await copy(folder, fileIn(folder), to)
    expectRefusal(outcome, /cannot be reached .*port in --to/)
    expect(outcome.stderr).not.toContain(PASSWORD)
  })
})

it('exit 2: wrong URLs, in sentences that repeat no password', async ({ folder }) => {
  for (const url of [
    `postgres://u:${PASSWORD}@`,
    `postgres://u:${PASSWORD}@h/d?x=1`,
    `mysql://u:${PASSWORD}@h/d`,
  ]) {
    for (const words of [
      ['--from', url, '--to', fileIn(folder).url],
      ['--from', fileIn(folder).url, '--to', url],
    ]) {
      const { code, stdout, stderr } = await run(folder, ['copy', ...words])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^timetrack: --(from|to)=.* is not valid: .*\.\n$/)
      expect(stderr).not.toContain(PASSWORD)
    }
  }
  expect((await run(folder, ['copy', '--from', fileIn(folder).url])).code).toBe(2)
})

it('on a terminal a bar shows how far it is', async ({ folder }) => {
  await migrate(folder, fileIn(folder))
  await run(folder, ['account', 'create', 'acme'], { DATABASE_URL: fileIn(folder).url })
  const [from, to] = [fileIn(folder).url, postgresOf(folder).url]
  const child = await onTerminal(folder, `${timetrackCommand} copy --from '${from}' --to '${to}'`)
  const { stdout } = await child.ended
  expect(stdout).toMatch(/Copying accounts \[#+-+\] \d+ % 1 of \d/)
  expect(stdout).toContain(`is now a complete copy of ${databaseOf(folder)}.`)
  expect(stdout).not.toContain('rows copied')
})
