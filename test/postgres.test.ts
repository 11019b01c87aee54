import { connect, createServer, type Server as NetServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect } from 'vitest'
import { openDatabase, type PostgresLocation } from '../src/db/open.ts'
import { ask, locationOf } from './engine.ts'
import { send } from './harness.ts'
import {
  call,
  createAccount,
  databaseUrlOf,
  it,
  locationIn,
  type Outcome,
  run,
  type Server,
  startServer,
} from './process.ts'

const PASSWORD = 'pass-word-7c'

/** The database of a folder, reached in another way. */
function urlBy(folder: string, change: Partial<PostgresLocation>): string {
  const { hosts, database, user } = { ...postgresOf(folder), ...change }
  const authority = hosts.map(({ host, port }) => `${encodeURIComponent(host)}:${port}`).join()
  return `postgres://${encodeURIComponent(user)}:${PASSWORD}@${authority}/${database}?max=4`
}

function postgresOf(folder: string): PostgresLocation {
  const location = locationIn(folder)
  if (!('postgres' in location)) throw new Error('these tests need PostgreSQL')
  return location.postgres
}

/** A role of this test, with what makes it a bad one to use. */
async function makeRole(folder: string, ability: string): Promise<string> {
  const role = `${postgresOf(folder).database}_role`
  await ask(locationIn(folder), `drop role if exists ${role}`)
  await ask(locationIn(folder), `create role ${role} ${ability}`)
  roles.push([folder, role])
  return role
}

const roles: [string, string][] = []

const expectSentence = ({ code, stdout, stderr }: Outcome, pattern: RegExp) => {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^timetrack: The database postgres:\/\/.* cannot be used: .*\. [A-Z].*\.\n$/)
  expect(stderr).toMatch(pattern)
  expect(stderr).not.toContain(PASSWORD)
}

describe('exit 1: a database that cannot be used, each in a sentence that shows no password', () => {
  it('a user whom the server refuses', async ({ folder }) => {
    const user = await makeRole(folder, 'nologin')
    for (const command of [['serve'], ['migrate'], ['account', 'list']])
      expectSentence(
        await run(folder, command, { DATABASE_URL: urlBy(folder, { user }) }),
        /refuses this user .*user and the password/,
      )
  })

  it('a database that is not there', async ({ folder }) => {
    const DATABASE_URL = urlBy(folder, { database: 'no_such_database' })
    expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /no database of this name.*createdb/)
  })

  it('a port at which nobody listens, and a host that nobody knows', async ({ folder }) => {
    for (const host of ['127.0.0.1', 'nobody.invalid', '/nowhere']) {
      const DATABASE_URL = urlBy(folder, { hosts: [{ host, port: 1 }] })
      expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /cannot be reached .*host and the port/)
    }
  })

  it('a user who may not make tables', async ({ folder }) => {
    const user = await makeRole(folder, 'login')
    await ask(locationIn(folder), 'revoke create on schema public from public')
    const DATABASE_URL = urlBy(folder, { user })
    expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /may not do that .*own the database/)
  })

  it('a server that has no connection left', async ({ folder }) => {
    const user = await makeRole(folder, 'login connection limit 0')
    const DATABASE_URL = urlBy(folder, { user })
    expectSentence(await run(folder, ['serve'], { DATABASE_URL }), /no connection left .*max_connections/)
  })

  it('a server that is too old, or a database that is not in UTF-8', async ({ folder }) => {
    for (const [answers, pattern] of [
      [{ version: '130014' }, /too old \(it is PostgreSQL 13\).*14 or newer/],
      [{ encoding: 'SQL_ASCII' }, /its encoding is SQL_ASCII.*UTF-?8/],
      [{ read_only: 'on' }, /standby/],
    ] as const) {
      const fake = await startFake({ version: '150000', encoding: 'UTF8', read_only: 'off', ...answers })
      const DATABASE_URL = urlBy(folder, { hosts: [{ host: '127.0.0.1', port: portOf(fake) }] })
      expectSentence(await run(folder, ['serve'], { DATABASE_URL }), pattern)
      fake.close()
    }
  })
})

it('a search index that is not there is said once, and searches find the same', async ({ folder }) => {
  await run(folder, ['migrate'])
  await ask(locationIn(folder), 'drop extension pg_trgm cascade')
  const acme = await createAccount(folder, 'acme')
  const server = await startServer(folder, { LOG_LEVEL: 'info' })
  expect(server.log.filter(({ msg }) => /pg_trgm/.test(msg))).toMatchObject([{ level: 40 }])
  await call(server, acme, 'POST', '/projects', { projectName: 'Needle', clientName: 'Client' })
  expect((await call(server, acme, 'GET', '/projects?projectName=eedl')).json).toHaveLength(1)
})

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

const portOf = (server: NetServer) => (server.address() as { port: number }).port

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

/** A server that greets every client, and answers its first question with these values. */
async function startFake(answers: Record<string, string>): Promise<NetServer> {
  const message = (kind: string, ...parts: (Buffer | string)[]) => {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(kind), length, body])
  }
  const number = (value: number, bytes: 2 | 4) => {
    const buffer = Buffer.alloc(bytes)
    buffer.writeIntBE(value, 0, bytes)
    return buffer
  }
  const values: [string, string][] = [['pid', '1'], ...Object.entries(answers)]
  const columns = values.map(([name]) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      number(0, 4),
      number(0, 2),
      number(name === 'pid' ? 23 : 25, 4),
      number(-1, 2),
      number(-1, 4),
      number(0, 2),
    ]),
  )
  const cells = values.map(([, value]) => Buffer.concat([number(value.length, 4), Buffer.from(value)]))
  const ready = message('Z', 'I')
  const greeting = Buffer.concat([
    message('R', number(0, 4)),
    message('K', number(1, 4), number(1, 4)),
    ready,
  ])
  const answer = Buffer.concat([
    message('T', number(values.length, 2), ...columns),
    message('D', number(values.length, 2), ...cells),
    message('C', 'SELECT 1\0'),
    ready,
  ])
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const isTls = data.length === 8
      socket.write(isTls ? 'N' : data[0] === 0 ? greeting : data[0] === 0x51 ? answer : '')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

afterAll(async () => {
  const admin = locationOf(databaseUrlOf('').replace(/\/[^/?]+\?/, '/postgres?'))
  for (const [, role] of roles) await ask(admin, `drop role if exists ${role}`)
})
