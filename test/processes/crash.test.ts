import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { ask } from '../engine.ts'
import {
  type Credentials,
  call,
  createAccount,
  headersOf,
  it,
  locationIn,
  type Server,
  startServer,
} from '../process.ts'
import { expectWhole } from '../whole.ts'

const WRITERS = 8
const ROUNDS = 4
/** Creates that are acknowledged in a round before the server is killed. */
const PER_ROUND = 60

interface Project {
  readonly id: number
  readonly projectName: string
  readonly notes: string | null
  readonly deletedAt?: string
}

/** What the writers sent, and what of it the server has acknowledged: the last answer for each project. */
class Book {
  readonly sent = new Set<string>()
  readonly acknowledged = new Map<string, Project>()
  /** Names of projects with a change that was sent and not answered: it may have been made or not. */
  readonly open = new Set<string>()
  readonly unexpected: string[] = []
}

async function request(
  server: Server,
  credentials: Credentials,
  method: string,
  path: string,
  body?: object,
) {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/v2/ext${path}`, {
    method,
    headers: { ...headersOf(credentials), 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Project }
}

/** Creates project after project, changes every second one and deletes every fifth, until the server is gone. */
async function write(
  server: Server,
  credentials: Credentials,
  book: Book,
  label: string,
  acknowledge: () => void,
) {
  let name = ''
  const send = async (status: number, method: string, path: string, body?: object) => {
    book.open.add(name)
    const answer = await request(server, credentials, method, path, body)
    if (answer.status !== status) book.unexpected.push(`${method} ${answer.status} ${name}`)
    book.acknowledged.set(name, answer.body)
    book.open.delete(name)
    return answer.body
  }
  try {
    for (let count = 1; ; count++) {
      name = `${label} project ${count}`
      book.sent.add(name)
      const { id } = await send(201, 'POST', '/projects', {
        projectName: name,
        clientName: `${label} client ${count % 3}`,
      })
      if (count % 2 === 0) await send(200, 'PUT', `/projects/${id}`, { notes: `note of ${name}` })
      if (count % 5 === 0) await send(200, 'DELETE', `/projects/${id}`)
      acknowledge()
    }
  } catch {
    // The server has been killed.
  }
}

/** Resolves when the writers have met the end of the server that `kill` ends in the middle of their work. */
async function writeUntilKilled(server: Server, credentials: Credentials, book: Book, label: string) {
  let acknowledged = 0
  const acknowledge = () => {
    if (++acknowledged === PER_ROUND) server.kill('SIGKILL')
  }
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    write(server, credentials, book, `${label} writer ${index}`, acknowledge),
  )
  await Promise.all(writers)
  expect(await server.ended).toMatchObject({ code: null, signal: 'SIGKILL' })
}

async function listAll(server: Server, credentials: Credentials): Promise<Project[]> {
  const all: Project[] = []
  for (let page = 0; ; page++) {
    const { status, json } = await call(
      server,
      credentials,
      'GET',
      `/projects?limit=1000&page_number=${page}`,
    )
    expect(status).toBe(200)
    all.push(...json)
    if (json.length < 1000) return all
  }
}

/** Every acknowledged state is there, exactly once, and nothing is there that was not sent. */
async function expectAcknowledged(server: Server, credentials: Credentials, book: Book) {
  expect(book.unexpected).toEqual([])
  const stored = await listAll(server, credentials)
  const names = stored.map((project) => project.projectName)
  expect(names).toEqual([...new Set(names)])
  expect(names.filter((name) => !book.sent.has(name))).toEqual([])

  const byName = new Map(stored.map((project) => [project.projectName, project]))
  const settled = [...book.acknowledged].filter(([name]) => !book.open.has(name)).map(([, state]) => state)
  const live = settled.filter((project) => project.deletedAt === undefined)
  expect(live.map((project) => byName.get(project.projectName))).toEqual(live)
  const deleted = settled.filter((project) => project.deletedAt !== undefined)
  expect(deleted.filter((project) => byName.has(project.projectName))).toEqual([])

  for (const [name, acknowledged] of book.acknowledged) {
    if (!book.open.has(name)) continue
    const now = byName.get(name)
    if (now) expect(now.id).toBe(acknowledged.id)
    else
      expect(await call(server, credentials, 'GET', `/projects/${acknowledged.id}`)).toMatchObject({
        status: 404,
        json: { errors: [{ code: 13020 }] },
      })
  }
  const ids = [...book.acknowledged.values()].map((project) => project.id)
  expect(new Set(ids).size).toBe(ids.length)
}

it('kill -9 under write load loses no acknowledged change, in several rounds', async ({ folder }) => {
  const credentials = await createAccount(folder, 'acme')
  const book = new Book()
  for (let round = 1; round <= ROUNDS; round++) {
    const server = await startServer(folder)
    if (round > 1) await expectAcknowledged(server, credentials, book)
    await writeUntilKilled(server, credentials, book, `round ${round}`)
    await expectWhole(locationIn(folder))
  }
  await expectAcknowledged(await startServer(folder), credentials, book)
  expect(book.acknowledged.size).toBeGreaterThanOrEqual(ROUNDS * PER_ROUND)
})

it('kill -9 of one of two servers on a file: the other goes on, and nothing acknowledged by either is lost', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const [killed, survivor] = await Promise.all([startServer(folder), startServer(folder)])
  const book = new Book()
  const beside = new Book()
  let stopped = false
  let afterwards = 0
  const writing = (async () => {
    for (let count = 1; afterwards < 20; count++) {
      const projectName = `beside ${count}`
      const { status, body } = await request(survivor, credentials, 'POST', '/projects', {
        projectName,
        clientName: `beside client ${count % 3}`,
      })
      if (status !== 201) beside.unexpected.push(`${status} ${projectName}`)
      beside.sent.add(projectName)
      beside.acknowledged.set(projectName, body)
      if (stopped) afterwards++
    }
  })()
  await writeUntilKilled(killed, credentials, book, 'killed')
  stopped = true
  await writing
  expect(beside.unexpected).toEqual([])
  const both = new Book()
  for (const part of [book, beside]) {
    for (const name of part.sent) both.sent.add(name)
    for (const name of part.open) both.open.add(name)
    for (const [name, project] of part.acknowledged) both.acknowledged.set(name, project)
    both.unexpected.push(...part.unexpected)
  }
  await expectAcknowledged(survivor, credentials, both)
  survivor.kill('SIGKILL')
  await survivor.ended
  await expectWhole(locationIn(folder))
  await expectAcknowledged(await startServer(folder), credentials, both)
})

it('kill -9 in the middle of long changes: each is there whole or not at all, and what was acknowledged is there', async ({
  folder,
}) => {
  const credentials = await createAccount(folder, 'acme')
  const EACH = 600
  const acknowledged = new Set<string>()
  for (let round = 1; round <= 3; round++) {
    const server = await startServer(folder)
    const batch = async (name: string) => {
      const operations = Array.from({ length: EACH }, (_, index) => ({
        method: 'create',
        project: { projectName: `Project ${index}`, clientName: name },
      }))
      const { status } = await request(server, credentials, 'POST', '/projects/batch', {
        atomic: true,
        operations,
      })
      if (status === 200) acknowledged.add(name)
    }
    await batch(`Round ${round}`)
    const inFlight = Promise.allSettled([1, 2, 3, 4].map((number) => batch(`Round ${round}, ${number}`)))
    await sleep(60 * round)
    server.kill('SIGKILL')
    await Promise.all([inFlight, server.ended])
    await expectWhole(locationIn(folder))
  }
  const counts = await ask(
    locationIn(folder),
    'select client_sort as name, count(*) as projects from projects group by client_sort',
  )
  expect(counts.map(({ projects }) => projects)).toEqual(counts.map(() => EACH))
  const names = counts.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([...acknowledged].map((name) => name.toUpperCase())))
})
