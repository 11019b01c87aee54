import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

const SWEEP_EVERY_MS = 10 * 60_000

/** Runs the sweeps, which remove expired records, every ten minutes for as long as the server runs. */
export function sweepRegularly(app: FastifyInstance, log: Logger, sweeps: (() => Promise<void>)[]): void {
  const sweepAll = async () => {
    for (const sweep of sweeps)
      await sweep().catch((err) => log.warn({ err }, 'expired records could not be removed'))
  }
  const timer = setInterval(sweepAll, SWEEP_EVERY_MS).unref()
  app.addHook('onClose', async () => clearInterval(timer))
}
