import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import { Bouncer, POOL } from '../bouncer.ts'
import { locationOf } from '../engine.ts'
import { nextOf, send } from '../harness.ts'
import { expectBack, startLoad, until } from '../keyed-load.ts'
import { PostgresProcess } from '../postgres-process.ts'
import { type Credentials, call, createAccount, it, run, type Server, startServer } from '../process.ts'
import { holdAccount } from '../store.ts'
import { create, range, sent, startTwo, toBoth } from '../two-servers.ts'

/** A PostgreSQL of the test's own, a PgBouncer in front of it, and the two ways to its database. */
async function startBoth() {
  const postgres = await PostgresProcess.start()
  onTestFinished(() => postgres.remove())
  const direct = `postgres://postgres@${postgres.authority}/postgres?max=6`
  const bouncer = await Bouncer.start(direct)
  onTestFinished(() => bouncer.remove())
  return { postgres, bouncer, direct, url: bouncer.urlTo(direct) }
}

const PROJECTS = 60

/** The ids of a list, page after page. */
async function follow(server: Server, owner: Credentials, first: string): Promise<number[]> {
  const ids: number[] = []
  for (let path: string | undefined = first; path !== undefined; ) {
    const reply = await call(server, owner, 'GET', path)
    ids.push(...reply.json.map(({ id }: any) => id))
    path = nextOf(reply)
  }
  return ids
}

describe('two servers behind PgBouncer, with more callers than connections', () => {
  it('lists, searches, counts and pages are right while others change and read', async ({ folder }) => {
    const { url } = await startBoth()
    const two = await startTwo(folder, url)
    const other = await createAccount(folder, 'other', { DATABASE_URL: url })
    for (const [owner, word] of [
      [two.acme, 'Own'],
      [other, 'Other'],
    ] as const) {
      const operations = range(PROJECTS).map((number) => ({
        method: 'create',
        project: { projectName: `${word} ${number}`, clientName: `Client ${number % 7}` },
      }))
      const { json } = await call(two.servers[0], owner, 'POST', '/projects/batch', { operations })
      expect(json.map(({ status }: any) => status)).toEqual(Array(PROJECTS).fill(201))
    }
    const counted = { Prefer: 'count=exact' }
    await toBoth(two, 240, async (server, number) => {
      const id = 1 + (number % PROJECTS)
      switch (number % 6) {
        case 0:
          return expect((await create(server, other, `More ${number}`)).status).toBe(201)
        case 1:
          return expect(await follow(server, two.acme, '/projects?limit=25')).toEqual(range(PROJECTS))
        case 2: {
          const { json } = await call(server, two.acme, 'GET', `/projects/${id}`)
          return expect(json.projectName).toBe(`Own ${id}`)
        }
        case 3: {
          const { json, headers } = await sent(
            server,
            two.acme,
            'GET',
            '/projects?projectName=wn%201',
            counted,
          )
          expect(json.map(({ id }: any) => id)).toEqual([1, ...range(19).slice(9)])
          return expect(headers['x-total-count']).toBe('11')
        }
        case 4: {
          const { json } = await call(server, other, 'GET', `/projects/${id}`)
          return expect(json.projectName).toBe(`Other ${id}`)
        }
        default: {
          const page = `/projects?sort=-projectName&limit=1&clientName=client%20${number % 7}`
          const { json, headers } = await sent(server, two.acme, 'GET', page, counted)
          const those = range(PROJECTS).filter((id) => id % 7 === number % 7)
          expect(headers['x-total-count']).toBe(String(those.length))
          const names = those.map((id) => `Own ${id}`).sort()
          return expect(json[0].projectName).toBe(names.at(-1))
        }
      }
    })
  })

  it('an import goes in once, and a second one finds it', async ({ folder }) => {
    const { url } = await startBoth()
    const { servers, acme } = await startTwo(folder, url)
    const file = join(folder, 'projects.csv')
    writeFileSync(file, ['projectName,clientName', ...range(500).map((n) => `Name ${n},Client`)].join('\n'))
    for (const [{ port }, printed] of [
      [servers[0], 'created 500, updated 0, unchanged 0, refused 0\n'],
      [servers[1], 'created 0, updated 0, unchanged 500, refused 0\n'],
    ] as const) {
      const settings = {
        PORT: String(port),
        TIMETRACK_KEY: acme.apiKey,
        TIMETRACK_SECRET: acme.apiSecret,
      }
      expect((await run(folder, ['import', 'projects', file], settings)).stdout).toBe(printed)
    }
  })
})

it('503: all connections of PgBouncer are others’ for too long; afterwards it goes on', async ({
  folder,
}) => {
  const { url } = await startBoth()
  const settings = { DATABASE_URL: url }
  for (const number of range(POOL)) await createAccount(folder, `held-${number}`, settings)
  const acme = await createAccount(folder, 'acme', settings)
  const server = await startServer(folder, settings)
  expect((await call(server, acme, 'GET', '/projects')).status).toBe(200)
  const held = range(POOL).map((account) => holdAccount({ location: locationOf(url) }, { account }))
  const releases = await Promise.all(held)
  const reply = await call(server, acme, 'GET', '/projects')
  expect(reply.status).toBe(503)
  expect(reply.headers['retry-after']).toMatch(/^[1-9]\d*$/)
  await Promise.all(releases.map((release) => release()))
  expect((await call(server, acme, 'GET', '/projects')).status).toBe(200)
})

describe('two servers under load, and what is behind them is gone for a while', () => {
  it('PostgreSQL: 503 meanwhile, then they go on; everything acknowledged is kept', async ({ folder }) => {
    const { postgres, direct, url } = await startBoth()
    const running = await startLoad(folder, url, 2)
    for (const signal of ['QUIT', 'KILL'] as const) {
      await postgres.end(signal)
      await running.load.someRefused()
      await postgres.start()
      await running.load.more(1)
    }
    await expectBack(running, direct)
  })

  it('PgBouncer: 503 meanwhile, then they go on; everything acknowledged is kept', async ({ folder }) => {
    const { bouncer, direct, url } = await startBoth()
    const running = await startLoad(folder, url, 2)
    await bouncer.end()
    await running.load.someRefused()
    for (const { port } of running.servers)
      await until('it is not ready', async () => (await send(port, 'GET', '/readyz')).status === 503)
    await bouncer.start()
    await expectBack(running, direct)
  })
})
