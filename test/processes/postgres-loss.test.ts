import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect } from 'vitest'
import type { PostgresLocation } from '../../src/db/location.ts'
import { openDatabase } from '../../src/db/open.ts'
import { ask } from '../engine.ts'
import { send } from '../harness.ts'
import { PASSWORD, portOf, postgresOf, urlBy } from '../postgres-url.ts'
import { call, createAccount, it, locationIn, run, type Server, startServer } from '../process.ts'
import { lastUsesIn } from '../store.ts'

describe('while the database is gone', () => {
  it('503 with Retry-After; readiness tells it; it heals by itself', async ({ folder }) => {
    const acme = await createAccount(folder, 'acme')
    const way = await openWay(postgresOf(folder))
    const DATABASE_URL = urlBy(folder, { hosts: [{ host: '127.0.0.1', port: way.port }] })
    const server = await startServer(folder, { DATABASE_URL })
    const create = (projectName: string) =>
      call(server, acme, 'POST', '/projects', { projectName, clientName: 'Client' })
    expect((await create('Before')).status).toBe(201)
    way.close()
    for (const reply of [await create('Meanwhile'), await call(server, acme, 'GET', '/projects')]) {
      expect([reply.status, reply.json.errors[0].code]).toEqual([503, 10013])
      expect(reply.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    }
    expect(await send(server.port, 'GET', '/readyz')).toMatchObject({
      status: 503,
      json: { status: 'database cannot be reached' },
    })
    expect((await send(server.port, 'GET', '/healthz')).status).toBe(200)
    way.open()
    await server.logged('changes are accepted again')
    expect((await create('After')).status).toBe(201)
    expect((await call(server, acme, 'GET', '/projects')).json.map((one: any) => one.projectName)).toEqual([
      'Before',
      'After',
    ])
    expect((await send(server.port, 'GET', '/readyz')).status).toBe(200)
    expect(server.stdout + server.stderr).not.toContain(PASSWORD)
  })

  it('connections that are cut under load: 201 or 503, and what is acknowledged is there, once', async ({
    folder,
  }) => {
    const acme = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    const location = locationIn(folder)
    const acknowledged: string[] = []
    const statuses = new Set<number>()
    let cuts = 0
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let number = 1; cuts < 5; number++) {
          const projectName = `Project ${writer} ${number}`
          const { status } = await call(server, acme, 'POST', '/projects', {
            projectName,
            clientName: 'Client',
          })
          statuses.add(status)
          if (status === 201) acknowledged.push(projectName)
        }
      }).concat(
        (async () => {
          while (cuts < 5) {
            await sleep(200)
            await ask(
              location,
              `select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and application_name = 'timetrack'`,
            )
            cuts++
          }
        })(),
      ),
    )
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([])
    const rows = await ask(location, 'select wire from projects order by id')
    const names = rows.map(({ wire }) => JSON.parse(wire).projectName)
    expect(new Set(names).size).toBe(names.length)
    expect(acknowledged.filter((name) => !names.includes(name))).toEqual([])
    expect(await ready(server)).toBe(200)
  })

  it('a reader goes on when its connection was cut', async ({ folder }) => {
    const acme = await createAccount(folder, 'acme')
    const server = await startServer(folder)
    expect((await call(server, acme, 'GET', '/projects')).status).toBe(200)
    // Written in the background: a connection that is cut while it is made is a server that refuses.
    while ((await lastUsesIn(locationIn(folder)))[0] === null) await sleep(20)
    for (let round = 0; round < 5; round++) {
      await ask(
        locationIn(folder),
        `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'timetrack'`,
      )
      expect((await call(server, acme, 'GET', '/projects')).status).toBe(200)
    }
  })
})

describe('a transaction', () => {
  it('whose connection is lost leaves nothing behind, and nothing of it runs elsewhere', async ({
    folder,
  }) => {
    await run(folder, ['migrate'])
    const location = locationIn(folder)
    const database = await openDatabase(location)
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'timetrack' and pid <> pg_backend_pid()`
    const statement = (sql: string) => ({
      query: {
        build: () => ({ compile: () => ({ sql, parameters: [], query: {} as never, queryId: {} as never }) }),
      },
      params: {},
    })
    const insert = (id: number) =>
      statement(`insert into accounts (account_id, name, created_at) values (${id}, 'name ${id}', '')`)
    const lost = database.transaction(0, async (connection) => {
      await connection.all(0, insert(1))
      await ask(location, kill)
      await connection.attempt(() => connection.all(0, insert(2))).catch(() => {})
      await connection.all(0, insert(3))
    })
    await expect(lost).rejects.toMatchObject({ fault: 'unreachable' })
    expect(await ask(location, 'select * from accounts')).toEqual([])
    await database.transaction(0, (connection) => connection.all(0, insert(4)))
    expect(await ask(location, 'select account_id from accounts')).toEqual([{ account_id: 4 }])
    await database.close()
  })
})

async function ready(server: Server): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const { status } = await send(server.port, 'GET', '/readyz')
    if (status === 200) return status
    await sleep(100)
  }
  return 503
}

/** A way to the database that can be closed and opened again. */
async function openWay({ hosts: [target] }: PostgresLocation) {
  const sockets = new Set<Socket>()
  let isOpen = true
  const server = createServer((socket) => {
    if (!isOpen) return socket.destroy()
    const { host, port } = target!
    const onward = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one)
      one
        .on('error', () => {})
        .on('close', () => other.destroy())
        .pipe(other)
    }
    return socket
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  afterAll(() => void server.close())
  return {
    port: portOf(server),
    open: () => {
      isOpen = true
    },
    close: () => {
      isOpen = false
      for (const socket of sockets) socket.destroy()
    },
  }
}
