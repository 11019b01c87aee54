import { pino } from 'pino'
import { buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { CommandError } from './command-error.ts'
import { welcome } from './first-start.ts'
import { openOrExplain } from './with-database.ts'

/** How long requests in flight may take to finish after a signal; the process is gone within ten seconds. */
const DRAIN_MS = 8_000

/** Migrates, listens, and serves until SIGTERM or SIGINT. */
export async function serve(config: Config): Promise<void> {
  const database = await openOrExplain(config)
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const app = buildApp({ config, database, log })
  try {
    await migrate(database)
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await database.close()
    throw explain(error, config)
  }

  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping')
    process.once('SIGTERM', exit).once('SIGINT', exit)
    setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref()
    app
      .close()
      .then(() => database.close())
      .then(exit, (error) => {
        log.error({ err: error }, 'could not stop cleanly')
        process.exit(1)
      })
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)

  const url = app.listeningOrigin
  await welcome(config, database, Number(new URL(url).port || 80))
  log.info({ url, database: database.file }, 'ready')
}

const exit = () => process.exit(0)

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
