import { userInfo } from 'node:os'
import type { Config } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { CommandError } from './command-error.ts'

/** Runs a command on the migrated database, beside a server that may be using it. */
export async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openOrExplain(config)
  try {
    await migrate(database)
    return await work(database)
  } finally {
    await database.close()
  }
}

export async function openOrExplain(config: Config): Promise<Database> {
  try {
    return await openDatabase(config.databaseFile)
  } catch (error) {
    throw new CommandError(
      `The database ${config.databaseFile} cannot be opened: ${error instanceof Error ? error.message : error}. ` +
        'Check DATABASE_URL and the rights on its folder.',
    )
  }
}

/** Who is named in the audit for what the command line does. */
export function commandLineActor(): string {
  return `cli:${userInfo().username}`
}
