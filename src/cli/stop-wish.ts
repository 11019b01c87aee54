import cluster from 'node:cluster'

/** Ctrl-C under npm arrives twice, from the terminal and from npm: within this time it is the same wish. */
const SAME_WISH_MS = 2_000

export interface StopWish {
  isThere(): boolean
  /** Resolves with the first signal that asks the process to stop. */
  readonly signal: Promise<NodeJS.Signals>
}

/**
 * Watches for SIGTERM and SIGINT; who asks once more later on does not want to wait. A worker also ends when
 * the process that started it is gone.
 */
export function watchForStop(): StopWish {
  let since: number | undefined
  const signal = new Promise<NodeJS.Signals>((resolve) => {
    const receive = (name: NodeJS.Signals) => {
      since ??= performance.now()
      if (performance.now() - since > SAME_WISH_MS) process.exit(0)
      resolve(name)
    }
    process.on('SIGTERM', receive).on('SIGINT', receive)
    if (cluster.isWorker) process.on('disconnect', () => receive('SIGTERM'))
  })
  return { isThere: () => since !== undefined, signal }
}
