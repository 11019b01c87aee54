import { afterAll, beforeEach, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Reply, startServer } from '../../../test/harness.ts'
import {
  knock,
  newLink,
  newPerson,
  PASSWORD,
  type Person,
  signIn,
  tokenOf,
  useLink,
} from '../../../test/sign-in.ts'
import { ageAttempts, attemptsOf, setAttempts } from '../../../test/store.ts'
import { sweepAttempts } from './attempt.store.ts'

const server = await startServer({ trustProxy: 1 })
afterAll(() => server.close())
beforeEach(() => ageAttempts(server, 0, 2 * HOUR))

const HOUR = 3_600_000
const FREE = 5

const from = (address: string) => ({ 'X-Forwarded-For': address })
const guess = (person: Pick<Person, 'account' | 'username'>, address = '192.0.2.1') =>
  signIn(server, person, 'wrong password', from(address))

async function guessOften(person: Pick<Person, 'account' | 'username'>, times: number): Promise<Reply[]> {
  const replies: Reply[] = []
  for (let index = 0; index < times; index++) replies.push(await guess(person, `198.51.100.${index}`))
  return replies
}

const statuses = (replies: Reply[]) => replies.map(({ status }) => status)
const waitOf = ({ headers }: Reply) => Number(headers['retry-after'])

/** As if wrong passwords beyond the free ones had been sent; the pause begins now. */
const PAUSED = { failures: 9, seconds: 16 }
const pauseUsers = (account: number) => setAttempts(server, account, 'user', PAUSED.failures, 0)

test('429 after five wrong passwords, with Retry-After, even for the right one, which works after the pause', async () => {
  const person = await newPerson(server)
  const { account } = person.owner
  expect(statuses(await guessOften(person, FREE))).toEqual(Array(FREE).fill(401))
  expect(await attemptsOf(server, account)).toMatchObject([{ failures: FREE }])
  await pauseUsers(account)
  const refused = await signIn(server, person)
  expectErrors(refused, 429, [11005])
  expect(waitOf(refused)).toBeGreaterThan(0)
  expect(waitOf(refused)).toBeLessThanOrEqual(PAUSED.seconds)
  expect(refused.headers['set-cookie']).toBeUndefined()
  await ageAttempts(server, account, PAUSED.seconds * 1_000)
  expect((await signIn(server, person)).status).toBe(200)
})

test('pauses double with each wrong password, up to five minutes, and are forgotten after an hour', async () => {
  const person = await newPerson(server)
  const { account } = person.owner
  await guess(person)
  // The pause is moved to begin later, so that it lasts however slow this machine is.
  const later = 20
  for (const [at, seconds] of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].entries()) {
    await setAttempts(server, account, 'user', FREE + at, -later * 1_000)
    const wait = waitOf(await guess(person))
    expect(wait).toBeLessThanOrEqual(seconds + later)
    expect(wait).toBeGreaterThan(seconds)
  }
  await ageAttempts(server, account, HOUR)
  expect((await guess(person)).status).toBe(401)
  expect(await attemptsOf(server, account)).toMatchObject([{ failures: 1 }])
})

test('a guess during the pause is not counted, so it does not lengthen it', async () => {
  const person = await newPerson(server)
  await guess(person)
  await pauseUsers(person.owner.account)
  const before = await attemptsOf(server, person.owner.account)
  for (const reply of [await guess(person), await guess(person), await signIn(server, person)])
    expectErrors(reply, 429, [11005])
  expect(await attemptsOf(server, person.owner.account)).toEqual(before)
})

test('many simultaneous guesses are no way around it', async () => {
  const person = await newPerson(server)
  await guess(person)
  await setAttempts(server, person.owner.account, 'user', PAUSED.failures, PAUSED.seconds * 1_000)
  const replies = await Promise.all(Array.from({ length: 40 }, (_, at) => guess(person, `203.0.113.${at}`)))
  expect(statuses(replies).sort()).toEqual([401, ...Array(39).fill(429)])
})

test('an unknown user and an unknown account pause in the same way', async () => {
  const { owner, account } = await newPerson(server)
  for (const [number, person] of [
    [owner.account, { account, username: 'nobody' }],
    [0, { account: 'no-such-account', username: 'anna' }],
  ] as const) {
    expect(statuses(await guessOften(person, FREE))).toEqual(Array(FREE).fill(401))
    await pauseUsers(number)
    expectErrors(await guess(person), 429, [11005])
    await ageAttempts(server, 0, 2 * HOUR)
  }
})

test('the pause is for one user only, however the name is spelt', async () => {
  const person = await newPerson(server)
  await useLink(server, await newLink(server, person.owner, 'bert'))
  await guess(person)
  await pauseUsers(person.owner.account)
  expectErrors(await signIn(server, { ...person, username: 'ANNA' }), 429, [11005])
  expect((await signIn(server, { ...person, username: 'bert' })).status).toBe(200)
  expect((await signIn(server, await newPerson(server))).status).toBe(200)
})

test('429 after twenty wrong passwords from one address, whomever they are for; others are not affected', async () => {
  const person = await newPerson(server)
  for (let index = 0; index < 20; index++)
    expect((await guess({ ...person, username: `user-${index}` })).status).toBe(401)
  const [address] = (await attemptsOf(server, 0)).filter(({ subject }) => subject.endsWith(' 192.0.2.1'))
  expect(address?.failures).toBe(20)
  await setAttempts(server, 0, 'address', 24, 0)
  expectErrors(await signIn(server, person, PASSWORD, from('192.0.2.1')), 429, [11005])
  expect((await signIn(server, person, PASSWORD, from('192.0.2.2'))).status).toBe(200)
})

test('an IPv6 address counts by the 64 bits of its network, an IPv4 address by itself', async () => {
  const person = await newPerson(server)
  const addresses = [
    '2001:db8::1',
    '2001:0DB8:0:0:ffff::2',
    '2001:db8::3:4:5:6',
    '::ffff:192.0.2.9',
    '192.0.2.9',
  ]
  for (const [at, address] of addresses.entries()) await guess({ ...person, username: `u${at}` }, address)
  await guess({ ...person, username: 'u9' }, '2001:db8:0:1::1')
  const counted = (await attemptsOf(server, 0)).filter(({ subject }) => /2001|192\.0\.2\.9/.test(subject))
  expect(counted.map(({ subject, failures }) => [subject, failures])).toEqual([
    ['address 192.0.2.9', 2],
    ['address 2001:db8:0:0', 3],
    ['address 2001:db8:0:1', 1],
  ])
})

test('a right password clears the user and takes one from the address', async () => {
  const person = await newPerson(server)
  await guessOften(person, FREE - 1)
  await guess(person, '192.0.2.77')
  await ageAttempts(server, person.owner.account, 2_000)
  expect((await signIn(server, person, PASSWORD, from('192.0.2.77'))).status).toBe(200)
  expect(await attemptsOf(server, person.owner.account)).toEqual([])
  const [address] = (await attemptsOf(server, 0)).filter(({ subject }) => subject.endsWith('.77'))
  expect(address?.failures).toBe(1)
})

test('a sign-in link works during the pause, and guesses at the current password count, too', async () => {
  const person = await newPerson(server)
  const session = { Cookie: `timetrack_session=${tokenOf(await signIn(server, person))}` }
  const change = () =>
    knock(server, 'PUT', '/password', {
      body: { current: 'wrong password', password: 'a new password' },
      headers: session,
    })
  expect((await change()).status).toBe(422)
  expect(await attemptsOf(server, person.owner.account)).toMatchObject([{ failures: 1 }])
  await pauseUsers(person.owner.account)
  expect((await change()).status).toBe(429)
  expectErrors(await signIn(server, person), 429, [11005])
  expect((await useLink(server, await newLink(server, person.owner, person.username))).status).toBe(200)
})

test('the counts hold no name as it was typed, and are swept after an hour', async () => {
  const person = await newPerson(server)
  await guess({ ...person, username: 'my-secret-password' })
  const [row] = await attemptsOf(server, person.owner.account)
  expect(row?.subject).toMatch(/^user [0-9a-f]{64}$/)
  await sweepAttempts(server.database)
  expect(await attemptsOf(server, person.owner.account)).toHaveLength(1)
  await ageAttempts(server, person.owner.account, HOUR + 1_000)
  await sweepAttempts(server.database)
  expect(await attemptsOf(server, person.owner.account)).toEqual([])
})
