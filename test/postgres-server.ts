import { startPostgres } from '../scripts/postgres.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'

/** Nothing of the tests has to outlive a machine. */
const SETTINGS = {
  max_connections: '200',
  fsync: 'off',
  full_page_writes: 'off',
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
}

/**
 * Gives the tests a PostgreSQL: the one that TEST_POSTGRES_URL names, else one that is started here. Whatever way the
 * run ends, what it made is gone afterwards.
 */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL?.replace(/^(\w+:\/\/[^/]*).*$/, '$1')
  const own = given === undefined ? await startPostgres(SETTINGS) : undefined
  const run = `timetrack_test_${process.pid}`
  Object.assign(process.env, { TEST_POSTGRES: given ?? own?.url, TEST_RUN: run, TEST_ENGINE: 'postgres' })
  const engine = await import('./engine.ts')
  await engine.createDatabase(`${run}_template`)
  const template = await openDatabase(engine.locationOf(engine.urlOf(`${run}_template`)))
  await migrate(template)
  await template.close()
  process.env.TEST_ENGINE = ''
  return async () => {
    if (own) await own.stop()
    else await engine.dropDatabases(run)
  }
}
