import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { NewerDatabaseError, pendingMigrations } from '../db/migrate.ts'
import { storageFault } from '../db/sql.ts'
import { type StorageFault, storageAdvice } from '../db/storage-fault.ts'

const statuses: Readonly<Record<StorageFault, string>> = {
  busy: 'database is busy',
  full: 'storage is full',
  readOnly: 'storage is read-only',
  missing: 'storage is not there',
  failed: 'storage does not work',
  damaged: 'storage is damaged',
  unreachable: 'database cannot be reached',
  crowded: 'database has no connection left',
  standby: 'database is a standby',
  denied: 'database refuses the user',
  absent: 'database is not there',
  forbidden: 'database refuses the user',
  tooOld: 'database is too old',
  encoding: 'database is not in UTF-8',
}

/** The endpoints for monitoring, outside the base path and open to everybody; and a log line when the storage fails. */
export function addHealth(app: FastifyInstance, database: Database, log: Logger): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const status = await readiness(database).catch(statusOf)
    return reply.code(status === 'ok' ? 200 : 503).send({ status })
  })
  database.health.watch((trouble) => {
    const fault = storageFault(trouble)
    if (!fault) return log.warn({ database: database.name }, 'changes are accepted again')
    const { reason, advice } = storageAdvice[fault]
    log.error(
      { database: database.name, cause: trouble instanceof Error ? trouble.message : undefined },
      `changes are refused, since the database cannot be used: ${reason}. ${advice}`,
    )
  })
}

async function readiness({ health, reader }: Database): Promise<string> {
  const trouble = health.check()
  if (trouble !== undefined) return statusOf(trouble)
  return (await pendingMigrations(reader)).length > 0 ? 'migrations pending' : 'ok'
}

function statusOf(error: unknown): string {
  if (error instanceof NewerDatabaseError) return 'a newer version has migrated the database'
  const fault = storageFault(error)
  return fault ? statuses[fault] : 'database does not answer'
}
