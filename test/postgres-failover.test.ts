import { expect, onTestFinished } from 'vitest'
import { ask, locationOf } from './engine.ts'
import { send } from './harness.ts'
import { KeyedLoad, until } from './keyed-load.ts'
import { PostgresProcess } from './postgres-process.ts'
import { createAccount, databaseUrlOf, it, type Server, startServer } from './process.ts'
import { expectWhole } from './whole.ts'

/** "Within a few seconds", from when there is a database that can be written. */
const BACK_MS = 5_000

const urlOf = (...servers: PostgresProcess[]) =>
  `postgres://postgres@${servers.map(({ authority }) => authority).join()}/postgres?max=6`

/** A server process with the load of two accounts on it. */
async function startLoad(folder: string, url: string): Promise<{ server: Server; load: KeyedLoad }> {
  const settings = { DATABASE_URL: url }
  const owners = [await createAccount(folder, 'one', settings), await createAccount(folder, 'two', settings)]
  const server = await startServer(folder, settings)
  const load = new KeyedLoad(server, owners)
  await load.more(50)
  return { server, load }
}

/** The load goes on soon, everything acknowledged is there once, and nobody has started the server again. */
async function expectBack({ server, load }: { server: Server; load: KeyedLoad }, url: string) {
  const begin = performance.now()
  await load.more(1)
  expect(performance.now() - begin).toBeLessThan(BACK_MS)
  await load.more(50)
  await load.expectKept()
  await until('it is ready', async () => (await send(server.port, 'GET', '/readyz')).status === 200)
  await expectWhole(locationOf(url))
}

it('the primary is killed and its standby promoted under load', async ({ folder }) => {
  const [primary, standby] = await PostgresProcess.startPair()
  onTestFinished(async () => void (await Promise.all([primary.remove(), standby.remove()])))
  const running = await startLoad(folder, urlOf(primary, standby))
  await primary.end('KILL')
  await running.load.someRefused()
  expect((await send(running.server.port, 'GET', '/readyz')).status).toBe(503)
  expect((await send(running.server.port, 'GET', '/healthz')).status).toBe(200)
  await ask(locationOf(urlOf(standby)), 'select pg_promote()')
  await expectBack(running, urlOf(standby))
})

it('the only database is stopped at once and started again under load', async ({ folder }) => {
  const only = await PostgresProcess.start()
  onTestFinished(() => only.remove())
  const running = await startLoad(folder, urlOf(only))
  for (const signal of ['QUIT', 'KILL'] as const) {
    await only.end(signal)
    await running.load.someRefused()
    await only.start()
    await running.load.more(1)
  }
  await expectBack(running, urlOf(only))
})

it('every connection is cut under load, again and again', async ({ folder }) => {
  const running = await startLoad(folder, databaseUrlOf(folder))
  for (let cuts = 0; cuts < 10; cuts++) {
    await ask(
      locationOf(databaseUrlOf(folder)),
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await running.load.more(20)
  }
  await expectBack(running, databaseUrlOf(folder))
})
