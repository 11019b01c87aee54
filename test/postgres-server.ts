import { availableParallelism } from 'node:os'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { PostgresProcess } from './postgres-process.ts'

/** What is in it is of no worth to anybody. */
const settings = {
  max_connections: String(100 * availableParallelism()),
  fsync: 'off',
  full_page_writes: 'off',
}

/**
 * Gives the tests a PostgreSQL: the one that TEST_POSTGRES_URL names, else one that is started here, in a folder of
 * its own and on a socket there, from Debian's package where it is installed and from a package of npm where not.
 * Whatever way the run ends, what it made is gone afterwards. Projects share it; each has a template of its own.
 */
export async function setup({ config }: TestProject): Promise<() => Promise<void>> {
  const end = process.env.TEST_RUN === undefined ? await provide() : async () => {}
  const { TEST_TEMPLATE } = config.env
  Object.assign(process.env, { TEST_ENGINE: 'postgres', TEST_TEMPLATE })
  const engine = await import('./engine.ts')
  await engine.createDatabase(engine.TEMPLATE)
  const location = engine.locationOf(engine.urlOf(engine.TEMPLATE))
  const template = await openDatabase(location)
  await migrate(template)
  await template.close()
  if (TEST_TEMPLATE === 'divided') await (await import('./partitions.ts')).divide(location)
  process.env.TEST_ENGINE = ''
  return end
}

async function provide(): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL?.replace(/^(\w+:\/\/[^/]*).*$/, '$1')
  const fresh = PostgresProcess.make()
  process.env.TEST_POSTGRES_DATA = fresh.data
  const own = given === undefined ? await PostgresProcess.start(settings) : undefined
  const run = `timetrack_test_${process.pid}`
  Object.assign(process.env, {
    TEST_POSTGRES: given ?? `postgres://postgres@${own?.authority}`,
    TEST_RUN: run,
  })
  return async () => {
    await fresh.remove()
    if (own) await own.remove()
    else await (await import('./engine.ts')).dropDatabases(run)
  }
}
