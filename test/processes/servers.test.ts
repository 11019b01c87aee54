import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect } from 'vitest'
import { Bouncer } from '../bouncer.ts'
import { ask, urlOf } from '../engine.ts'
import { send } from '../harness.ts'
import { call, databaseUrlOf, it, locationIn, run, type Server, startServer } from '../process.ts'
import { create, range, sent, startTwo, toBoth } from '../two-servers.ts'

const bouncer = await Bouncer.start(urlOf('postgres'))
afterAll(() => bouncer.remove())

const ways: [string, (folder: string) => string][] = [
  ['', databaseUrlOf],
  [' behind PgBouncer', (folder) => bouncer.urlTo(databaseUrlOf(folder))],
]

describe.each(ways)('two servers on one database%s are as one', (_, urlIn) => {
  it('ids and change numbers have no gaps and no doubles', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    const replies = await toBoth(two, 100, (server, number) =>
      create(server, two.acme, `Project ${number}`, `Client ${number % 7}`),
    )
    expect(replies.filter(({ status }) => status !== 201)).toEqual([])
    expect(replies.map(({ json }) => json.ID).sort((a, b) => a - b)).toEqual(range(100))
    for (const server of two.servers) {
      const changes = (await call(server, two.acme, 'GET', '/changes?limit=1000')).json
      expect(changes).toHaveLength(107)
      const clients = (await call(server, two.acme, 'GET', '/clients')).json
      expect(clients.map(({ id }: any) => id)).toEqual(range(7))
    }
  })

  it('409: of many that want one name one gets it', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    const replies = await toBoth(two, 40, (server) => create(server, two.acme, 'PageRequest'))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(39).fill(409)])
    expect((await call(two.servers[0], two.acme, 'GET', '/projects')).json).toHaveLength(1)
  })

  it('a request that is repeated at the other server is answered as the first time', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    const body = { projectName: 'Once', clientName: 'Client' }
    const once = (server: Server) =>
      sent(server, two.acme, 'POST', '/projects', { 'Idempotency-Key': 'k' }, body)
    const first = await once(two.servers[0])
    const again = await once(two.servers[1])
    expect([again.status, again.text]).toEqual([first.status, first.text])
    expect(again.headers['idempotency-replayed']).toBe('true')

    const atOnce = await toBoth(two, 20, (server) =>
      sent(
        server,
        two.acme,
        'POST',
        '/projects',
        { 'Idempotency-Key': 'j' },
        { ...body, projectName: 'Twice' },
      ),
    )
    const done = atOnce.filter(({ status }) => status === 201)
    expect(new Set(done.map(({ text }) => text)).size).toBe(1)
    expect(atOnce.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
    expect((await call(two.servers[0], two.acme, 'GET', '/projects')).json).toHaveLength(2)
  })

  it('412: of many changes of one version one is made', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    const { headers } = await create(two.servers[0], two.acme, 'Shared')
    const replies = await toBoth(two, 20, (server, hourRate) =>
      sent(server, two.acme, 'PUT', '/projects/1', { 'If-Match': headers.etag! }, { hourRate }),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)])
    const [made] = replies.filter(({ status }) => status === 200)
    for (const server of two.servers)
      expect((await call(server, two.acme, 'GET', '/projects/1')).json.hourRate).toBe(made!.json.hourRate)
  })

  it('a change is seen by the other server at once', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    for (const number of range(20)) {
      const [writer, reader] = number % 2 ? two.servers : two.servers.toReversed()
      await create(writer!, two.acme, `Project ${number}`)
      const { json } = await call(reader!, two.acme, 'GET', `/projects/${number}`)
      expect(json.projectName).toBe(`Project ${number}`)
    }
  })

  it('401: a revoked key is good for no server after a second', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    for (const server of two.servers)
      expect((await call(server, two.acme, 'GET', '/projects')).status).toBe(200)
    await run(folder, ['key', 'revoke', two.acme.apiKey])
    await sleep(1_000)
    for (const server of two.servers)
      expect((await call(server, two.acme, 'GET', '/projects')).status).toBe(401)
  })

  it('429: wrong passwords are counted as if they had come to one', async ({ folder }) => {
    const two = await startTwo(folder, urlIn(folder))
    const body = { account: 'acme', username: 'anna', password: 'wrong password' }
    const replies = await toBoth(two, 12, ({ port }) =>
      send(port, 'POST', '/app/api/session', { headers: { 'Sec-Fetch-Site': 'same-origin' }, body }),
    )
    const looked = replies.filter(({ status }) => status === 401).length
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(12 - looked)
    expect(looked).toBeGreaterThanOrEqual(5)
    const [counted] = await ask(
      locationIn(folder),
      `select failures from sign_in_attempts where subject like 'user %'`,
    )
    expect(counted.failures).toBe(looked)
  })

  it('two that start at once on an empty database make it once', async ({ folder }) => {
    const settings = { DATABASE_URL: urlIn(folder) }
    const servers = await Promise.all([startServer(folder, settings), startServer(folder, settings)])
    for (const { port } of servers) expect((await send(port, 'GET', '/readyz')).status).toBe(200)
    expect((await run(folder, ['account', 'list'])).stdout.match(/testaccount/g)).toHaveLength(1)
  })
})
