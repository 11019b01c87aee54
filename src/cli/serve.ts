import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import type { Database } from '../db/open.ts'
import { CommandError } from './command-error.ts'
import { welcome } from './first-start.ts'
import { type StopWish, watchForStop } from './stop-wish.ts'
import { openOrExplain } from './with-database.ts'

/** How long requests in flight may take to finish after a signal. */
const DRAIN_MS = 8_000
/** The process is gone within ten seconds of the signal, whatever still hangs. */
const END_MS = 9_500

/** This file runs from src/cli, or bundled from dist. */
const WEB_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../web/dist' : '../web/dist', import.meta.url),
)

/** Migrates, listens, and serves until SIGTERM or SIGINT, then ends the process. */
export async function serve(config: Config): Promise<void> {
  const wish = watchForStop()
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const database = await openOrExplain(config)
  const app = buildApp({ config, database, log, webFolder: WEB_FOLDER })
  try {
    const url = await start(app, database, config, wish)
    if (url) log.info({ url, database: database.file }, 'ready')
  } catch (error) {
    await stop(app, database)
    throw explain(error, config)
  }
  log.info({ signal: await wish.signal }, 'stopping')
  setTimeout(() => process.exit(0), END_MS)
  try {
    await stop(app, database)
  } catch (error) {
    log.error({ err: error }, 'could not stop cleanly')
    process.exit(1)
  }
  process.exit(0)
}

/** Gives the URL that is served; undefined where a signal came before. */
async function start(
  app: FastifyInstance,
  database: Database,
  { baseDomain, host, port }: Config,
  wish: StopWish,
): Promise<string | undefined> {
  if (wish.isThere()) return undefined
  await migrate(database)
  if (wish.isThere()) return undefined
  // For "localhost" Fastify opens a second server, on ::1, and at the end does not wait for its requests.
  await app.listen({ port, host: host === 'localhost' ? '127.0.0.1' : host })
  const url = app.listeningOrigin
  if (wish.isThere()) return undefined
  await welcome(baseDomain, database, Number(new URL(url).port || 80))
  return url
}

/** Finishes the requests in flight, or cuts them off when their time is over. */
async function stop(app: FastifyInstance, database: Database): Promise<void> {
  setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref()
  await app.close()
  await database.close()
}

function explain(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new CommandError(
      `Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another one.`,
    )
  if (code === 'EACCES') return new CommandError(`Port ${port} may not be used. Set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CommandError(
      `${host} is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.`,
    )
  return error
}
