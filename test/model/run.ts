import { pino } from 'pino'
import { expect } from 'vitest'
import { buildApp } from '../../src/app.ts'
import type { Location } from '../../src/db/location.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { newDatabase } from '../engine.ts'
import { type Caller, newAccount, newKey, type TestServer } from '../harness.ts'
import { auditOf } from '../store.ts'
import { type Ask, isRead, render } from './ask.ts'
import { type Command, resolve } from './command.ts'
import { compareReply } from './compare.ts'
import { beginning } from './generate.ts'
import { Model } from './model.ts'

/** A server that can be closed and opened again on its database file; its callers follow it to the new port. */
export class Restartable {
  #location: Location | undefined
  #opened: TestServer | undefined

  get port(): number {
    return this.#opened!.port
  }

  get database() {
    return this.#opened!.database
  }

  get location() {
    return this.#opened!.location
  }

  async open(): Promise<void> {
    this.#location ??= await newDatabase()
    const location = this.#location
    const database = await openDatabase(location)
    await migrate(database)
    const config = { baseDomain: 'localhost', trustProxy: false } as const
    const app = buildApp({ config, database, log: pino({ level: 'silent' }), webFolder: '' })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const close = async () => {
      await app.close()
      await database.close()
    }
    this.#opened = { port: Number(new URL(app.listeningOrigin).port), database, location, close }
  }

  close(): Promise<void> {
    return this.#opened!.close()
  }

  async restart(): Promise<void> {
    await this.close()
    await this.open()
  }
}

/** Who sends requests: a caller and the account it sees. */
interface Party {
  readonly caller: Caller
  readonly model: Model
  readonly mayWrite: boolean
  /** Every change of the account that was sent with an Idempotency-Key, for being sent again. */
  readonly keyed: Ask[]
  /** Every list of the account that was read, with the tag it had, for being asked again whether it has changed. */
  readonly listed: Ask[]
}

/** Makes a sequence against new accounts and throws, with what was sent so far, at the first difference. */
export async function runSequence(server: Restartable, commands: readonly Command[]): Promise<void> {
  const parties = await newParties(server)
  const trace: string[] = []
  try {
    for (const command of [...beginning, ...commands]) {
      if (command.op === 'restart') {
        trace.push('restart')
        await server.restart()
        continue
      }
      const party = parties[command.who]!
      const ask = resolve(command, party.model, party.keyed, party.listed)
      if (ask) await exchange(party, ask, `${command.who}: `, trace)
    }
    for (const name of ['first', 'other']) await compareAll(server, parties[name]!, trace)
  } catch (error) {
    throw new Error(`${trace.join('\n')}\n${difference(error)}`)
  }
}

function difference(error: any): string {
  const sides = ['expected', 'actual'].filter((side) => error && side in error)
  return [error?.message, ...sides.map((side) => `${side}: ${JSON.stringify(error[side], null, 1)}`)].join(
    '\n',
  )
}

/** Two keys that write and one that reads in one account, and a key of another account. */
async function newParties(server: Restartable): Promise<Record<string, Party>> {
  const first = {
    caller: await newAccount(server),
    model: new Model(),
    mayWrite: true,
    keyed: [],
    listed: [],
  }
  const second = { ...first, caller: await newKey(server, first.caller, 'write') }
  const reader = { ...first, caller: await newKey(server, first.caller, 'read'), mayWrite: false }
  const other = {
    caller: await newAccount(server),
    model: new Model(),
    mayWrite: true,
    keyed: [],
    listed: [],
  }
  return { first, second, reader, other }
}

async function exchange(
  { caller, model, mayWrite, keyed, listed }: Party,
  ask: Ask,
  who: string,
  trace: string[],
): Promise<any> {
  const { method, path, sent } = render(ask)
  trace.push(`${who}${method} ${path} ${JSON.stringify(sent.headers)} ${JSON.stringify(sent.body) ?? ''}`)
  const reply = await caller.call(method, path, sent)
  trace.push(`  ${reply.status} ${reply.headers.etag ?? ''} ${reply.text.slice(0, 500)}`)
  const expected = model.answer(ask, caller.key, mayWrite)
  compareReply(model, ask, expected, reply)
  if (!isRead(ask) && ask.key !== undefined) keyed.push(ask)
  if (expected.tagOf !== undefined) listed.push({ ...ask, ifNoneMatch: reply.headers.etag })
  return reply.json
}

/** Everything that can be read of an account, and its audit. */
async function compareAll(server: Restartable, party: Party, trace: string[]): Promise<void> {
  const read = (op: string, query: [string, string][], id = 0) =>
    exchange(party, { op, id, query, strict: true, count: op.endsWith('s') }, 'at the end: ', trace)
  for (const op of ['listProjects', 'listClients', 'listTasks'])
    for (const deleted of ['false', 'true'])
      await read(op, [
        ['deleted', deleted],
        ['limit', '1000'],
      ])
  const { project, client, task, changes } = party.model.state
  for (const { id } of project) await read('listProjectHistory', [], id)
  for (const { id } of client) await read('listClientHistory', [], id)
  for (const { id } of task) await read('listTaskHistory', [], id)
  let after: [string, string][] = []
  for (let seen = 0; seen <= changes.length; seen += 7) {
    const page = await read('listChanges', [...after, ['limit', '7']])
    after = page.length > 0 ? [['after', page.at(-1).cursor]] : after
  }
  const rows = (await auditOf(server as unknown as TestServer, party.caller)).filter(
    ({ entity }) => entity === 'project' || entity === 'client' || entity === 'task',
  )
  const told = rows.map(({ at, actor, action, entity, entity_id: id, after: text }) => ({
    ...{ at, actor, action, entity, id: Number(id) },
    after: text && JSON.parse(text),
  }))
  const audited = changes.map(({ before: _, ...change }) => change)
  expect(told, 'the audit').toEqual(JSON.parse(JSON.stringify(audited)))
}
