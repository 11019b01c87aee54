import { onTestFinished, vi } from 'vitest'

/**
 * Makes it later by so many ms, for the servers of this process too, until the test ends: what is promised within a
 * second, a day or two weeks needs nobody to wait for it. The date then stands still; timers run as they do.
 */
export function letPass(ms: number): void {
  if (!vi.isFakeTimers()) onTestFinished(() => void vi.useRealTimers())
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

/** Has nobody wait for timers until the test ends: each fires as soon as nothing else is to be done, in its order. */
export function hurry(): void {
  onTestFinished(() => void vi.useRealTimers())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.setTimerTickMode('nextTimerAsync')
}
