import { userInfo } from 'node:os'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { shownUrl } from '../db/postgres/location.ts'
import { storageFault } from '../db/sql.ts'
import { storageAdvice } from '../db/storage-fault.ts'
import { CommandError } from './command-error.ts'

/** Runs a command on the migrated database, beside a server that may be using it. */
export async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openOrExplain(config)
  try {
    await migrate(database)
    return await work(database)
  } catch (error) {
    throw explainStorage(error, config)
  } finally {
    await database.close()
  }
}

type Where = Pick<Config, 'database'>

/** @param setting what the database's URL was given in, for the advice */
export function openOrExplain(where: Where, setting?: string): Promise<Database> {
  return openDatabase(where.database).catch((error) => {
    throw explainStorage(error, where, setting)
  })
}

/** Explains an error of the storage to whoever runs the command; any other error stays as it is. */
export function explainStorage(error: unknown, { database }: Where, setting = 'DATABASE_URL'): unknown {
  const fault = storageFault(error)
  if (!fault || !(error instanceof Error)) return error
  const { reason, advice } = storageAdvice[fault]
  return new CommandError(
    `The database ${'file' in database ? database.file : shownUrl(database.postgres)} cannot be used: ${reason} (${error.message}). ${advice.replaceAll('DATABASE_URL', setting)}`,
  )
}

/** The name under which the audit records what the command line does. */
export function commandLineActor(): string {
  return `cli:${userInfo().username}`
}
