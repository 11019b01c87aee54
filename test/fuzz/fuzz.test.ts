import { afterAll, expect, test } from 'vitest'
import { startServer } from '../harness.ts'
import { fuzz } from './run.ts'

const { FUZZ_REQUESTS = '3000', FUZZ_SEED = String(Date.now() % 2 ** 32) } = process.env
const requests = Number(FUZZ_REQUESTS)

const server = await startServer()
afterAll(() => server.close())

test(
  'whatever is sent, no answer is a 5xx or outside the OpenAPI document, and valid requests are not refused',
  async () => {
    const tally = await fuzz(server, Number(FUZZ_SEED), requests).catch((error) => {
      throw new Error(
        `FUZZ_SEED=${FUZZ_SEED} FUZZ_REQUESTS=${requests} npx vitest run test/fuzz\n${error.message}`,
      )
    })
    if (requests < 1000) return
    // A fuzzer whose requests are all refused, or all accepted, tests nothing.
    for (const status of [200, 201, 400, 401, 404, 405, 409, 415, 422])
      expect(tally, `FUZZ_SEED=${FUZZ_SEED}`).toHaveProperty(String(status))
  },
  60_000 + requests * 20,
)
