import cluster, { type Worker } from 'node:cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { noticesOfSearch } from '../db/name-index/notices.ts'
import { welcome } from './first-start.ts'
import type { Shutdown } from './shutdown.ts'
import { explainStorage, openOrExplain } from './with-database.ts'

/** A worker that ends sooner than this after its start may well do so again. */
const SHORT_LIFE_MS = 5_000
const PAUSE_MS = 1_000
/** Workers end by themselves within ten seconds of the signal; those left after that are killed. */
const END_MS = 9_800

/**
 * Starts `config.workers` processes that serve one port and one database, and keeps them running until a
 * signal; then ends them and this process. What is done only once, such as migrating, is done here.
 */
export async function superviseWorkers(config: Config, log: Logger, shutdown: Shutdown): Promise<void> {
  // Workers take connections from one queue. Were they handed out, those on their way to a dying worker would hang.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  const team = new Team(log, shutdown)
  await start(team, config, log, shutdown)
  log.info({ signal: await shutdown.signal }, 'stopping')
  process.exit(await team.stop())
}

async function start(team: Team, config: Config, log: Logger, shutdown: Shutdown): Promise<void> {
  const database = await openOrExplain(config)
  try {
    if (shutdown.isRequested()) return
    await migrate(database)
    const url = await team.add()
    if (url === undefined) return
    await welcome(config.baseDomain, database, url)
    for (const notice of await noticesOfSearch(database)) log.warn({ database: database.name }, notice)
    await Promise.all(Array.from({ length: config.workers - 1 }, () => team.add()))
    if (!shutdown.isRequested()) log.info({ url, database: database.name, workers: config.workers }, 'ready')
  } catch (error) {
    throw explainStorage(error, config)
  } finally {
    await database.close()
  }
}

class Team {
  readonly #log: Logger
  readonly #shutdown: Shutdown
  readonly #workers = new Set<Worker>()
  #hasServed = false

  constructor(log: Logger, shutdown: Shutdown) {
    this.#log = log
    this.#shutdown = shutdown
  }

  /**
   * Starts a worker, and another one whenever it ends. Resolves with the URL that it serves, or undefined if the server
   * is stopping. If the very first cannot start, it has said why, and this process ends with the same code.
   */
  async add(): Promise<string | undefined> {
    if (this.#shutdown.isRequested()) return undefined
    const worker = cluster.fork()
    const since = performance.now()
    this.#workers.add(worker)
    return new Promise((resolve) => {
      worker.once('message', ({ url }: { url: string }) => {
        this.#hasServed = true
        this.#log.info({ pid: worker.process.pid }, 'a worker serves')
        resolve(url)
      })
      worker.once('exit', async (code, signal) => {
        this.#workers.delete(worker)
        if (this.#shutdown.isRequested()) return resolve(undefined)
        if (!this.#hasServed) process.exit(code ?? 1)
        const { pid } = worker.process
        this.#log.error({ pid, code, signal }, 'a worker has ended and is replaced')
        if (performance.now() - since < SHORT_LIFE_MS) await sleep(PAUSE_MS)
        resolve(this.add())
      })
    })
  }

  /** Returns the exit code: 0 if every worker ended cleanly. */
  async stop(): Promise<number> {
    const signalAll = (signal: NodeJS.Signals) => {
      for (const worker of this.#workers) worker.process.kill(signal)
    }
    const ends = [...this.#workers].map(exitOf)
    signalAll('SIGTERM')
    const timer = setTimeout(() => signalAll('SIGKILL'), END_MS)
    const codes = await Promise.all(ends)
    clearTimeout(timer)
    return codes.every((code) => code === 0) ? 0 : 1
  }
}

function exitOf(worker: Worker): Promise<number> {
  return new Promise((resolve) => {
    worker.once('exit', (code) => resolve(code ?? 1))
  })
}
