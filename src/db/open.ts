import type { Database } from './database.ts'
import type { Location } from './location.ts'

/** Opens a database; a file is created with its folder where it is missing. */
export async function openDatabase(location: Location): Promise<Database> {
  if ('file' in location) return (await import('./sqlite/open.ts')).openSqlite(location.file)
  return (await import('./postgres/open.ts')).openPostgres(location.postgres)
}
