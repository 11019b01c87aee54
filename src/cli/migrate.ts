import type { Config } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { explainStorage, openOrExplain } from './with-database.ts'

export async function migrateDatabase(config: Config): Promise<void> {
  const database = await openOrExplain(config)
  try {
    const ran = await migrate(database)
    console.log(ran.length > 0 ? `Ran ${ran.join(', ')}.` : 'The database is up to date.')
  } catch (error) {
    throw explainStorage(error, config)
  } finally {
    await database.close()
  }
}
