import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { addDocs } from './docs/docs.plugin.ts'
import { addApi } from './http/api.ts'
import { Authenticator } from './http/auth.ts'
import { addHealth } from './http/health.ts'
import { sweepIdempotency } from './http/idempotency.ts'
import { LastUse } from './http/last-use.ts'
import { openApiDocument } from './http/openapi.ts'
import type { Resource } from './http/resource.ts'
import { createServer } from './http/server.ts'
import { sweepRegularly } from './http/sweep.ts'
import { changesOf } from './resources/changes/change.routes.ts'
import { clientResource } from './resources/clients/client.routes.ts'
import { keyResource } from './resources/keys/key.routes.ts'
import { findCredential } from './resources/keys/key.store.ts'
import { projectResource } from './resources/projects/project.routes.ts'
import { sweepAttempts } from './resources/sessions/attempt.store.ts'
import { sessionResource } from './resources/sessions/session.routes.ts'
import { findSession, sweepSessions } from './resources/sessions/session.store.ts'
import { addSignIn } from './resources/sessions/sign-in.plugin.ts'
import { taskResource } from './resources/tasks/task.routes.ts'
import { sweepLinks } from './resources/users/user.store.ts'
import { addWeb } from './web/web.plugin.ts'

export interface Deps {
  readonly config: Pick<Config, 'baseDomain' | 'trustProxy'>
  readonly database: Database
  readonly log: Logger
  /** Where the built web app is. */
  readonly webFolder: string
}

const VERSION = '0.1.0'

/** What the API is made of: its operations, errors, kinds of changes and documents follow from these lists. */
export const kinds: readonly Resource[] = [projectResource, clientResource, taskResource]
export const resources = resourcesOf(kinds)

/** @param kinds the resources of objects, whose changes are in the change feed */
export function resourcesOf(kinds: readonly Resource[]): readonly Resource[] {
  return [...kinds, changesOf(kinds), keyResource, sessionResource]
}

/** Every operation of the API. */
export const operations = resources.flatMap((resource) => resource.operations)

export const openApi = (of = resources) => openApiDocument(of, VERSION)

/** The whole server, not listening. */
export function buildApp({ config, database, log, webFolder }: Deps, of = resources): FastifyInstance {
  const lastUse = new LastUse(database, log)
  const authenticator = new Authenticator(
    {
      findKey: (key) => findCredential(database, key),
      findSession: (token) => findSession(database, token),
      lastUse,
    },
    config.baseDomain,
  )
  const app = createServer(log, config.trustProxy, authenticator)
  addApi(
    app,
    of.flatMap(({ operations }) => operations),
    authenticator,
  )
  addSignIn(app, { database, authenticator, baseDomain: config.baseDomain })
  app.addHook('onClose', () => lastUse.write())
  const sweeps = [sweepIdempotency, sweepSessions, sweepLinks, sweepAttempts]
  sweepRegularly(
    app,
    log,
    sweeps.map((sweep) => () => sweep(database)),
  )
  addDocs(app, of, () => openApi(of))
  addWeb(app, webFolder)
  addHealth(app, database, log)
  return app
}
