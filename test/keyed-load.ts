import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { locationOf } from './engine.ts'
import { BASE, type Reply, send } from './harness.ts'
import { type Credentials, call, createAccount, headersOf, type Server, startServer } from './process.ts'
import { expectWhole } from './whole.ts'

const WRITERS = 3
const READERS = 2
const AGAIN_MS = 100
const LIMIT_MS = 20_000
/** "Within a few seconds", from when there is a database that can be written: what each caller is refused in five. */
const MOST_REFUSED = 5_000 / AGAIN_MS

/** A create that has been sent; each has an Idempotency-Key and a name of its own, which are the same text. */
interface Create {
  readonly name: string
  readonly owner: Credentials
  readonly reply: Reply
}

/**
 * Callers of several accounts, who go on whatever happens. Those who write send each request again until it is
 * acknowledged. All expect a success, or 503 with Retry-After.
 */
class KeyedLoad {
  readonly acknowledged: Create[] = []
  /** How often the answer was 503. */
  refused = 0
  readonly #servers: readonly Server[]
  readonly #unexpected: string[] = []
  readonly #owners: readonly Credentials[]
  readonly #callers: Promise<void>[]
  #stopped = false
  #requests = 0

  /** The requests go to the servers in turns. */
  constructor(servers: readonly Server[], owners: readonly Credentials[]) {
    this.#servers = servers
    this.#owners = owners
    this.#callers = owners.flatMap((owner) => [
      ...Array.from({ length: WRITERS }, (_, index) => this.#write(owner, index)),
      ...Array.from({ length: READERS }, () => this.#read(owner)),
    ])
    // Where a test fails its servers are ended, which ends the callers.
    for (const caller of this.#callers) caller.catch(() => {})
  }

  get callers(): number {
    return this.#callers.length
  }

  /** Waits until so many more are acknowledged. */
  more(count: number): Promise<void> {
    const wanted = this.acknowledged.length + count
    return until(`${count} more are acknowledged`, () => this.acknowledged.length >= wanted)
  }

  /** Waits until a request has been refused that was sent after this call. */
  someRefused(): Promise<void> {
    const before = this.refused
    return until('a request is refused', () => this.refused > before)
  }

  /** Ends the load, once all that was sent is acknowledged, and expects all of it there: once, and as it was answered. */
  async expectKept(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#callers)
    expect(this.#unexpected).toEqual([])
    for (const owner of this.#owners) {
      const own = this.acknowledged.filter((create) => create.owner === owner)
      const { json } = await call(this.#next, owner, 'GET', '/projects?limit=1000')
      const byId = (one: any, other: any) => one.id - other.id
      expect(json.toSorted(byId)).toEqual(own.map(({ reply }) => reply.json).toSorted(byId))
      for (const { name, reply } of own) {
        const again = await this.#create(owner, name)
        expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true'])
        expect(again.text).toBe(reply.text)
      }
    }
  }

  async #write(owner: Credentials, index: number): Promise<void> {
    for (let count = 1; !this.#stopped; count++) {
      const name = `${owner.account} ${index} ${count}`
      const reply = await this.#untilDone(201, () => this.#create(owner, name))
      if (reply) this.acknowledged.push({ name, owner, reply })
    }
  }

  async #read(owner: Credentials): Promise<void> {
    while (!this.#stopped)
      await this.#untilDone(200, () => call(this.#next, owner, 'GET', '/projects?limit=2'))
  }

  get #next(): Server {
    const next = this.#servers[this.#requests++ % this.#servers.length]
    if (!next) throw new Error('there is no server for the load')
    return next
  }

  #create(owner: Credentials, name: string): Promise<Reply> {
    return send(this.#next.port, 'POST', `${BASE}/projects`, {
      headers: { ...headersOf(owner), 'Idempotency-Key': name },
      body: { projectName: name, clientName: `Client ${name.at(-1)}` },
    })
  }

  /** The first answer that is no 503; none where it is not the expected one. */
  async #untilDone(status: number, request: () => Promise<Reply>): Promise<Reply | undefined> {
    for (;;) {
      const reply = await request()
      if (reply.status === status) return reply
      const isRefusal = reply.status === 503 && /^[1-9]\d*$/.test(reply.headers['retry-after'] ?? '')
      if (!isRefusal) {
        this.#unexpected.push(`${reply.status} ${reply.text}`)
        return undefined
      }
      this.refused++
      await sleep(AGAIN_MS)
    }
  }
}

/** Waits for a condition. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + LIMIT_MS; !(await isSo()); await sleep(20))
    if (Date.now() > end) throw new Error(`it never came about that ${what}`)
}

interface Loaded {
  readonly servers: readonly Server[]
  readonly load: KeyedLoad
}

/** So many server processes on one database, with the load of two accounts on them. */
export async function startLoad(folder: string, url: string, count = 1): Promise<Loaded> {
  const settings = { DATABASE_URL: url }
  const owners = [await createAccount(folder, 'one', settings), await createAccount(folder, 'two', settings)]
  const servers = await Promise.all(Array.from({ length: count }, () => startServer(folder, settings)))
  const load = new KeyedLoad(servers, owners)
  await load.more(50)
  return { servers, load }
}

/** The load goes on soon, everything acknowledged is there once, and nobody has started a server again. */
export async function expectBack({ servers, load }: Loaded, url: string): Promise<void> {
  const before = load.refused
  await load.more(1)
  expect(load.refused - before).toBeLessThan(MOST_REFUSED * load.callers)
  await load.more(50)
  await load.expectKept()
  for (const { port } of servers)
    await until('it is ready', async () => (await send(port, 'GET', '/readyz')).status === 200)
  await expectWhole(locationOf(url))
}
