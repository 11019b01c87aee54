import cluster from 'node:cluster'

/** Ctrl-C under npm arrives twice, from the terminal and from npm: within this time it counts as one. */
const SAME_SIGNAL_MS = 2_000

export interface Shutdown {
  isRequested(): boolean
  /** Resolves with the first signal that asks the process to stop. */
  readonly signal: Promise<NodeJS.Signals>
}

/**
 * Watches for SIGTERM and SIGINT; a second one, later on, ends the process at once. A worker also shuts down when the
 * process that started it is gone.
 */
export function watchForShutdown(): Shutdown {
  let since: number | undefined
  const signal = new Promise<NodeJS.Signals>((resolve) => {
    const receive = (name: NodeJS.Signals) => {
      since ??= performance.now()
      if (performance.now() - since > SAME_SIGNAL_MS) process.exit(0)
      resolve(name)
    }
    process.on('SIGTERM', receive).on('SIGINT', receive)
    if (cluster.isWorker) process.on('disconnect', () => receive('SIGTERM'))
  })
  return { isRequested: () => since !== undefined, signal }
}
