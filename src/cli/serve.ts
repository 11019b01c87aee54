import cluster from 'node:cluster'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { noticesOfSearch } from '../db/name-index/notices.ts'
import { CommandError } from './command-error.ts'
import { welcome } from './first-start.ts'
import { openLog } from './log.ts'
import { type Shutdown, watchForShutdown } from './shutdown.ts'
import { explainStorage, openOrExplain } from './with-database.ts'
import { superviseWorkers } from './workers.ts'

/** How long requests in flight may take to finish after a signal. */
const DRAIN_MS = 8_000
/** The process is gone within ten seconds of the signal, whatever still hangs in it. */
const END_MS = 9_500

/** This file runs from src/cli, or bundled from dist. */
const WEB_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../web/dist' : '../web/dist', import.meta.url),
)

/**
 * Migrates, listens, and serves until SIGTERM or SIGINT, then ends the process. With several workers this
 * process only keeps them running; each of them comes through here, too.
 */
export async function serve(config: Config): Promise<void> {
  const log = openLog(config.logLevel)
  const shutdown = watchForShutdown()
  if (cluster.isPrimary && config.workers > 1) return superviseWorkers(config, log, shutdown)
  const database = await openOrExplain(config)
  const app = buildApp({ config, database, log, webFolder: WEB_FOLDER })
  const part = cluster.isWorker ? worker : single
  try {
    await part.start({ app, database, config, log, shutdown })
  } catch (error) {
    await stop(app, database)
    // The channel to the process that started a worker would keep it alive.
    cluster.worker?.disconnect()
    throw explain(error, config)
  }
  const signal = await shutdown.signal
  part.stopping(log, signal)
  setTimeout(() => process.exit(0), END_MS)
  try {
    await stop(app, database)
  } catch (error) {
    log.error({ err: error }, 'could not stop cleanly')
    process.exit(1)
  }
  process.exit(0)
}

interface Started {
  readonly app: FastifyInstance
  readonly database: Database
  readonly config: Config
  readonly log: Logger
  readonly shutdown: Shutdown
}

/** The only process of a server. */
const single = {
  async start({ app, database, config, log, shutdown }: Started): Promise<void> {
    if (shutdown.isRequested()) return
    await migrate(database)
    if (shutdown.isRequested()) return
    const url = await listen(app, config)
    if (shutdown.isRequested()) return
    await welcome(config.baseDomain, database, url)
    for (const notice of await noticesOfSearch(database)) log.warn({ database: database.name }, notice)
    log.info({ url, database: database.name }, 'ready')
  },
  stopping: (log: Logger, signal: string) => log.info({ signal }, 'stopping'),
}

/** One of several; what is done only once is done by the process that started it. */
const worker = {
  async start({ app, config, shutdown }: Started): Promise<void> {
    if (!shutdown.isRequested()) process.send?.({ url: await listen(app, config) })
  },
  stopping: () => {},
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  // For "localhost" Fastify opens a second server, on ::1, and does not wait for its requests when it closes.
  await app.listen({ port, host: host === 'localhost' ? '127.0.0.1' : host })
  return app.listeningOrigin
}

/** Lets the requests in flight finish, or cuts them off when their time is up. */
async function stop(app: FastifyInstance, database: Database): Promise<void> {
  setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref()
  await app.close()
  await database.close()
}

function explain(error: unknown, config: Config): unknown {
  const { host, port } = config
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new CommandError(
      `Port ${port} on ${host} is in use. Stop the program that uses it, or set PORT to another one.`,
    )
  if (code === 'EACCES')
    return new CommandError(`This user may not listen on port ${port}. Set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CommandError(
      `${host} is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.`,
    )
  return explainStorage(error, config)
}
