import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import type { Command } from './command.ts'
import { sequences } from './generate.ts'
import { Restartable, runSequence } from './run.ts'

const { MODEL_SEQUENCES = '40', MODEL_SEED, MODEL_PATH } = process.env
const numRuns = Number(MODEL_SEQUENCES)

const server = new Restartable()
beforeAll(() => server.open())
afterAll(() => server.close())

test(
  'random sequences of all operations, with retries, stale tags and restarts, are answered as the model has it',
  async () => {
    const result = await fc.check(
      fc.asyncProperty(sequences, (sequence) => runSequence(server, sequence)),
      {
        numRuns,
        ...(MODEL_SEED !== undefined && { seed: Number(MODEL_SEED) }),
        ...(MODEL_PATH !== undefined && { path: MODEL_PATH }),
      },
    )
    if (result.failed) throw new Error(story(result))
  },
  // Shrinking a failure takes some hundred sequences more.
  60_000 + numRuns * 500,
)

/** The shortest sequence that fails, what was sent and answered, and how to see it again. */
function story({
  seed,
  counterexamplePath,
  counterexample,
  errorInstance,
}: fc.RunDetails<[Command[]]> & any) {
  const steps = counterexample[0].map((command: Command) => JSON.stringify(command)).join('\n')
  const again = `MODEL_SEED=${seed} MODEL_PATH=${counterexamplePath} npx vitest run test/model`
  return `\n${again}\n\n${steps}\n\n${errorInstance?.message}`
}
