import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { expectErrors } from './expect.ts'
import { newAccount, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.close())

const caller = await newAccount(server)
await caller.call('POST', '/projects', { body: { projectName: 'a', clientName: 'b' } })

const LARGEST = 999_999_999_999
const NAMES = ['hourRate', 'timeEstimated', 'budgetEstimated'] as const
const field = fc.constantFrom(...NAMES)

/** A decimal of 1 to 15 digits with the point anywhere, as text: 0.000123, 12.50, 999999999999. */
const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.nat(15), fc.nat(20))
  .map(([digits, cut, scale]) => {
    const text = String(digits)
      .slice(0, Math.max(1, 15 - cut))
      .padStart(scale + 1, '0')
    const whole = text.slice(0, text.length - scale)
    return scale === 0 ? whole : `${whole}.${text.slice(-scale)}`
  })
  .filter((text) => Number(text) <= LARGEST)

const put = (name: string, json: string) => caller.call('PUT', '/projects/1', { body: `{"${name}":${json}}` })

const significantDigits = (number: number) =>
  number.toExponential().replace(/e.*$/, '').replace(/[-.]/g, '').length

async function expectKept(name: string, json: string, value: number) {
  const reply = await put(name, json)
  expect([json, reply.status, reply.json[name]]).toEqual([json, 200, value])
  expect(reply.text).toContain(`"${name}":${JSON.stringify(value)},"`)
}

test('200: a number of up to 15 significant digits comes back equal, sent as number and as text', async () => {
  await fc.assert(
    fc.asyncProperty(field, decimal, async (name, text) => {
      await expectKept(name, text, Number(text))
      await put(name, 'null')
      await expectKept(name, `"${text}"`, Number(text))
      expect((await caller.call('GET', '/projects/1')).json[name]).toBe(Number(text))
    }),
    { numRuns: 150 },
  )
})

test('200: zeros in front of and behind a number as text do not count', async () => {
  await fc.assert(
    fc.asyncProperty(field, decimal, fc.nat(10), fc.nat(10), async (name, text, before, after) => {
      const padded = `${'0'.repeat(before)}${text}${text.includes('.') ? '' : '.0'}${'0'.repeat(after)}`
      await expectKept(name, `"${padded}"`, Number(text))
    }),
    { numRuns: 100 },
  )
})

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true })

test('422: more than 15 significant digits are refused, as number and as text', async () => {
  const long = real(1e-6, LARGEST).filter((number) => significantDigits(number) > 15)
  await fc.assert(
    fc.asyncProperty(field, long, async (name, number) => {
      for (const json of [`${number}`, `"${number}"`])
        expectErrors(await put(name, json), 422, [10055, { pointer: `/${name}` }])
    }),
    { numRuns: 100 },
  )
})

test('422: negative numbers and numbers above the range are refused, as number and as text', async () => {
  const outside = fc.oneof(real(-1e15, -1e-6), real(LARGEST + 0.5, 1e20))
  await fc.assert(
    fc.asyncProperty(field, outside, async (name, number) => {
      for (const json of [`${number}`, `"${number}"`])
        expectErrors(await put(name, json), 422, [10054, { pointer: `/${name}` }])
    }),
    { numRuns: 100 },
  )
})

test('any JSON number is either kept exactly or refused', async () => {
  await fc.assert(
    fc.asyncProperty(field, fc.double({ noNaN: true, noDefaultInfinity: true }), async (name, number) => {
      const reply = await put(name, JSON.stringify(number))
      const fits = number >= 0 && number <= LARGEST && significantDigits(number) <= 15
      expect([number, reply.status]).toEqual([number, fits ? 200 : 422])
      if (fits) expect(reply.json[name]).toBe(number + 0)
    }),
    { numRuns: 150 },
  )
})

test('text is a number only in the form -?digits[.digits]', async () => {
  const text = fc
    .array(fc.constantFrom(...'0123456789.-+eE, _xX'), { minLength: 1, maxLength: 6 })
    .map((all) => all.join(''))
  await fc.assert(
    fc.asyncProperty(field, text, async (name, sent) => {
      const reply = await put(name, JSON.stringify(sent))
      if (!/^-?\d+(\.\d+)?$/.test(sent)) expectErrors(reply, 422, [10051, { pointer: `/${name}` }])
      else if (Number(sent) < 0) expectErrors(reply, 422, [10054, { pointer: `/${name}` }])
      else expect([sent, reply.json[name]]).toEqual([sent, Number(sent) + 0])
    }),
    { numRuns: 200 },
  )
})
