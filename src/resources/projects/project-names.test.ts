import { afterAll, expect, test } from 'vitest'
import { expectErrors } from '../../../test/expect.ts'
import { type Caller, newAccount, startServer } from '../../../test/harness.ts'

const server = await startServer()
afterAll(() => server.close())

const create = (caller: Caller, projectName: string, clientName: string) =>
  caller.call('POST', '/projects', { body: { projectName, clientName } })

const SAME_BY_FOLD = [
  ['Website', 'website'],
  ['Website', '  WEBSITE '],
  ['Straße', 'STRASSE'],
  ['Café', 'CAFE\u0301'],
  ['ΟΔΟΣ', 'οδος'],
  ['οδός', 'ΟΔΌΣ'],
  ['ﬁnal', 'FINAL'],
  ['ışık', 'IŞIK'],
] as const

test.each(SAME_BY_FOLD)('409: same name by fold in the same client: %s, %s', async (first, second) => {
  const caller = await newAccount(server)
  expect((await create(caller, first, 'Acme')).status).toBe(201)
  const taken = await create(caller, second, 'Acme')
  expectErrors(taken, 409, [13002, { pointer: '/projectName' }])
  expect((await caller.call('GET', '/projects')).json).toHaveLength(1)
})

test('201: names that differ in more than case', async () => {
  const caller = await newAccount(server)
  for (const name of ['Cafe', 'Café', 'Cafe 1', 'Ca fe', 'İ', 'I'])
    expect((await create(caller, name, 'Acme')).status).toBe(201)
})

test('201: same name in another client', async () => {
  const caller = await newAccount(server)
  expect((await create(caller, 'Website', 'Acme')).status).toBe(201)
  expect((await create(caller, 'Website', 'Other')).status).toBe(201)
})

test('201: same names in another account', async () => {
  const [one, two] = [await newAccount(server), await newAccount(server)]
  expect((await create(one, 'Website', 'Acme')).status).toBe(201)
  expect((await create(two, 'Website', 'Acme')).status).toBe(201)
})

test.each(SAME_BY_FOLD)(
  '201: a client is found by fold and shown as it is spelled: %s, %s',
  async (first, second) => {
    const caller = await newAccount(server)
    expect((await create(caller, 'a', first)).json.clientName).toBe(first)
    expect((await create(caller, 'b', second)).json.clientName).toBe(first)
  },
)

test('409: a refused create makes no client', async () => {
  const caller = await newAccount(server)
  await create(caller, 'a', 'Acme')
  const body = { projectName: '', clientName: 'New' }
  expect((await caller.call('POST', '/projects', { body })).status).toBe(422)
  const moved = await caller.call('PUT', '/projects/1', { body: { clientName: 'New' } })
  expectErrors(moved, 422, [12001, { pointer: '/clientName' }])
})

test('200: an update moves to an existing client, found by fold, shown as it is spelled', async () => {
  const caller = await newAccount(server)
  await create(caller, 'a', 'Acme')
  await create(caller, 'b', 'Straße')
  const reply = await caller.call('PUT', '/projects/1', { body: { clientName: 'STRASSE' } })
  expect([reply.status, reply.json.clientName]).toEqual([200, 'Straße'])
  expect((await caller.call('GET', '/projects?clientName=acme')).json).toEqual([])
})

test('422: an unknown client on update changes nothing, the other fields neither', async () => {
  const caller = await newAccount(server)
  const { text } = await create(caller, 'a', 'Acme')
  const reply = await caller.call('PUT', '/projects/1', { body: { clientName: 'Acme Ltd', notes: 'new' } })
  expectErrors(reply, 422, [12001, { pointer: '/clientName' }])
  expect((await caller.call('GET', '/projects/1')).text).toBe(text)
})

test('422: a client of another account is no existing client', async () => {
  const [caller, other] = [await newAccount(server), await newAccount(server)]
  await create(caller, 'a', 'Acme')
  await create(other, 'a', 'Secret client')
  const reply = await caller.call('PUT', '/projects/1', { body: { clientName: 'Secret client' } })
  expectErrors(reply, 422, [12001, { pointer: '/clientName' }])
})

test('409: an update to a taken name changes nothing', async () => {
  const caller = await newAccount(server)
  await create(caller, 'a', 'Acme')
  const { text } = await create(caller, 'b', 'Acme')
  const reply = await caller.call('PUT', '/projects/2', { body: { projectName: 'A', notes: 'new' } })
  expectErrors(reply, 409, [13002, { pointer: '/projectName' }])
  expect((await caller.call('GET', '/projects/2')).text).toBe(text)
})

test('409: moved to a client that has the name', async () => {
  const caller = await newAccount(server)
  await create(caller, 'Website', 'Acme')
  await create(caller, 'WEBSITE', 'Other')
  const reply = await caller.call('PUT', '/projects/2', { body: { clientName: 'acme' } })
  expectErrors(reply, 409, [13002, { pointer: '/projectName' }])
  expect((await caller.call('GET', '/projects/2')).json.clientName).toBe('Other')
  const both = await caller.call('PUT', '/projects/2', { body: { clientName: 'acme', projectName: 'Shop' } })
  expect([both.status, both.json.clientName, both.json.projectName]).toEqual([200, 'Acme', 'Shop'])
})

test('200: a project may change the case of its own name', async () => {
  const caller = await newAccount(server)
  await create(caller, 'website', 'Acme')
  const reply = await caller.call('PUT', '/projects/1', { body: { projectName: 'WebSite' } })
  expect([reply.status, reply.json.projectName]).toEqual([200, 'WebSite'])
})

test('201: the old name is free after a rename, the new one is taken', async () => {
  const caller = await newAccount(server)
  await create(caller, 'old', 'Acme')
  await caller.call('PUT', '/projects/1', { body: { projectName: 'new' } })
  expect((await create(caller, 'Old', 'Acme')).status).toBe(201)
  expect((await create(caller, 'New', 'Acme')).status).toBe(409)
})

test('201: the name of a deleted project is free', async () => {
  const caller = await newAccount(server)
  await create(caller, 'a', 'Acme')
  await caller.call('DELETE', '/projects/1')
  expect((await create(caller, 'A', 'Acme')).json.ID).toBe(2)
})

/** 255 characters that follow in no pattern, so that nothing can make them shorter. */
const longest = (characters: string[], seed: number) => {
  let state = seed
  return Array.from({ length: 255 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return characters[state % characters.length]
  }).join('')
}

const rareIdeographs = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(0x20000 + index))

test.each([
  ['of four bytes each', rareIdeographs],
  ['of six bytes each once they are folded', ['ᾷ', 'ῇ', 'ῷ']],
  ['of five bytes each once they are folded', [...'ᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾲᾴῂῄῲῴ']],
])('201: the longest names of characters %s are kept, found and sorted', async (_, characters) => {
  const caller = await newAccount(server)
  const names = [1, 2, 3].map((seed) => longest(characters, seed))
  for (const name of names) expect((await create(caller, name, names[0]!)).status).toBe(201)
  const [first, second, third] = names
  expectErrors(await create(caller, second!, first!), 409, [13002, { pointer: '/projectName' }])
  const part = [...third!].slice(100, 140).join('')
  const found = await caller.call('GET', `/projects?projectName=${encodeURIComponent(part)}`)
  expect(found.json.map(({ ID }: any) => ID)).toEqual([3])
  expect((await caller.call('GET', `/projects?clientName=${encodeURIComponent(first!)}`)).json).toHaveLength(
    3,
  )
  const sorted: number[] = (await caller.call('GET', '/projects?sort=projectName')).json.map(
    (one: any) => one.ID,
  )
  const backwards = (await caller.call('GET', '/projects?sort=-projectName')).json.map((one: any) => one.ID)
  expect(backwards).toEqual(sorted.toReversed())
  const renamed = longest(characters, 4)
  expect((await caller.call('PUT', '/projects/1', { body: { projectName: renamed } })).json.projectName).toBe(
    renamed,
  )
})
