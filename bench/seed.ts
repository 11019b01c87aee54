import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { createAccount } from '../src/accounts/account.store.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { openScope, write } from '../src/db/scope.ts'
import type { NewKey } from '../src/keys/key.store.ts'
import { createProject } from '../src/projects/project.store.ts'

export interface Seeded {
  /** The server's database, and one with the same rows in ordinary columns for the floor. */
  readonly serverFile: string
  readonly floorFile: string
  readonly key: NewKey
}

export async function seed(folder: string, projects: number): Promise<Seeded> {
  const serverFile = join(folder, 'timetrack.db')
  const floorFile = join(folder, 'floor.db')
  const database = await openDatabase(serverFile)
  await migrate(database)
  const key = await createAccount(database, 'bench', 'bench')
  if (!key) throw new Error('the account for the benchmark exists already')
  const scope = openScope(database, 1, 'bench', 'write')
  const numbers = Array.from({ length: projects }, (_, index) => index + 1)
  const rows = await Promise.all(
    numbers.map((number) => write(scope, (tx) => createProject(tx, project(number)))),
  )
  await database.close()
  fillFloor(
    floorFile,
    rows.map((row) => JSON.parse(row.wire)),
  )
  return { serverFile, floorFile, key }
}

function project(number: number) {
  return {
    projectName: `Project ${number}: Renovierung „Haus ${number % 97}“`,
    clientName: `Client ${number % 200}`,
    notes: number % 3 === 0 ? null : `Agreed by phone, offer ${number}.\nDetails follow.`,
    hourRate: 60 + (number % 80) / 2,
    timeEstimated: 480 * (number % 40),
    budgetEstimated: 1250.5 * (number % 30),
  }
}

function fillFloor(file: string, rows: Record<string, unknown>[]): void {
  const database = new Sqlite(file)
  database.pragma('journal_mode = WAL')
  database.exec(`create table projects (account_id integer, id integer, projectName text, clientName text,
    projectEnabled integer, notes text, hourRate numeric, timeEstimated numeric, budgetEstimated numeric,
    createdAt text, updatedAt text, primary key (account_id, id)) without rowid`)
  const insert = database.prepare(
    `insert into projects values (1, @id, @projectName, @clientName, @enabled, @notes, @hourRate, @timeEstimated,
      @budgetEstimated, @createdAt, @updatedAt)`,
  )
  database.transaction(() => {
    for (const row of rows) insert.run({ ...row, enabled: Number(row.projectEnabled) })
  })()
  database.close()
}
