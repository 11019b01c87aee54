import { expect, onTestFinished } from 'vitest'
import { ask, locationOf } from '../engine.ts'
import { send } from '../harness.ts'
import { expectBack, startLoad } from '../keyed-load.ts'
import { PostgresProcess } from '../postgres-process.ts'
import { databaseUrlOf, it } from '../process.ts'

const urlOf = (...servers: PostgresProcess[]) =>
  `postgres://postgres@${servers.map(({ authority }) => authority).join()}/postgres?max=6`

it('the primary is killed and its standby promoted under load', async ({ folder }) => {
  const [primary, standby] = await PostgresProcess.startPair()
  onTestFinished(async () => void (await Promise.all([primary.remove(), standby.remove()])))
  const running = await startLoad(folder, urlOf(primary, standby))
  await primary.end('KILL')
  await running.load.someRefused()
  for (const { port } of running.servers) {
    expect((await send(port, 'GET', '/readyz')).status).toBe(503)
    expect((await send(port, 'GET', '/healthz')).status).toBe(200)
  }
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
