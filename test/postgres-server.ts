import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { PostgresProcess } from './postgres-process.ts'

/** What is in it is of no worth to anybody. */
const settings = { max_connections: '200', fsync: 'off', full_page_writes: 'off' }

/**
 * Gives the tests a PostgreSQL: the one that TEST_POSTGRES_URL names, else one that is started here, in a folder of
 * its own and on a socket there, from Debian's package where it is installed and from a package of npm where not.
 * Whatever way the run ends, what it made is gone afterwards.
 */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL?.replace(/^(\w+:\/\/[^/]*).*$/, '$1')
  const own = given === undefined ? await PostgresProcess.start(settings) : undefined
  const run = `timetrack_test_${process.pid}`
  Object.assign(process.env, {
    TEST_POSTGRES: given ?? `postgres://postgres@${own?.authority}`,
    TEST_RUN: run,
    TEST_ENGINE: 'postgres',
  })
  const engine = await import('./engine.ts')
  await engine.createDatabase(`${run}_template`)
  const template = await openDatabase(engine.locationOf(engine.urlOf(`${run}_template`)))
  await migrate(template)
  await template.close()
  process.env.TEST_ENGINE = ''
  return async () => {
    if (own) await own.remove()
    else await engine.dropDatabases(run)
  }
}
