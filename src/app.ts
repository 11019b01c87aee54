import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { changeOperations } from './changes/change.routes.ts'
import { clientOperations } from './clients/client.routes.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import { addDocs } from './docs/docs.plugin.ts'
import { addApi } from './http/api.ts'
import { Authenticator } from './http/auth.ts'
import { addHealth } from './http/health.ts'
import { sweepRegularly } from './http/idempotency.ts'
import { openApiDocument } from './http/openapi.ts'
import type { Operation } from './http/operation.ts'
import { createServer } from './http/server.ts'
import { findCredential } from './keys/key.store.ts'
import { batchOperations } from './projects/batch.routes.ts'
import { projectOperations } from './projects/project.routes.ts'

export interface Deps {
  readonly config: Pick<Config, 'baseDomain' | 'trustProxy'>
  readonly database: Database
  readonly log: Logger
}

const VERSION = '0.1.0'

/** Every operation of the API. */
export const operations: readonly Operation[] = [
  ...projectOperations,
  ...batchOperations,
  ...clientOperations,
  ...changeOperations,
]

export const openApi = () => openApiDocument(operations, VERSION)

/** The whole server, not listening. */
export function buildApp({ config, database, log }: Deps): FastifyInstance {
  const authenticator = new Authenticator((key) => findCredential(database, key), config.baseDomain)
  const app = createServer(log, config.trustProxy, authenticator)
  addApi(app, operations, authenticator)
  sweepRegularly(app, database, log)
  addDocs(app, openApi)
  addHealth(app, database, log)
  return app
}
