import { isUnsteady, type Result } from './compare.ts'

/** Prints a line for each program. */
export function printResults(measure: string, results: readonly Result[]): void {
  for (const { program, rounds, perSecond, ratio, p50, p99, errors } of results)
    console.log(
      [
        measure.padEnd(24),
        program.padEnd(12),
        `${perSecond.median.toFixed(0).padStart(6)}/s`,
        `p50 ${p50.median.toFixed(2).padStart(8)} ms`,
        `p99 ${p99.median.toFixed(2).padStart(8)} ms`,
        `× ${ratio.median.toFixed(3)}`,
        rounds === 1
          ? '1 round'
          : `(${ratio.lowest.toFixed(3)} to ${ratio.highest.toFixed(3)} in ${rounds} rounds)`,
        errors > 0 ? `${errors} errors` : '',
        isUnsteady(perSecond) ? 'unsteady' : '',
      ].join('  '),
    )
}
