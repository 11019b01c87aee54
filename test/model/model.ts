import { type Ask, isOnObject, isRead, pathOf, queryTextOf, render, routes } from './ask.ts'
import { checkBatch, runBatch } from './batch.ts'
import { readBody } from './input.ts'
import { bindingOf, compare, type Pairs, type Place, readQuery, select } from './query.ts'
import * as rules from './rules.ts'
import {
  type Change,
  type Deed,
  type Fault,
  type Kept,
  Moment,
  type Named,
  Refused,
  State,
  type Value,
} from './state.ts'

/** What the contract says that a request is answered with. */
export interface Expected {
  readonly status: number
  /** Times in it are Moments; undefined where there is no body. */
  readonly body?: unknown
  readonly faults?: readonly Fault[]
  readonly etag?: string | undefined
  /** For a list: what its tag stands for; equal tags exactly where this is equal. */
  readonly tagOf?: string
  readonly location?: string
  readonly total?: number
  readonly applied: readonly string[]
  readonly replayed?: boolean
  readonly links?: Links
  /** For a feed of changes: the change behind each element, and the path that their cursors are good for. */
  readonly feed?: { readonly path: string; readonly changes: readonly Change[] }
}

interface Links {
  /** Whether there are more, and what the cursor of the link stands for where it is a list of objects. */
  readonly next: Cursor | boolean
  readonly first?: Pairs
  readonly prev?: Pairs
}

export interface Cursor {
  readonly binding: string
  readonly place: Place
}

/** One account as the contract has it. */
export class Model {
  readonly state = new State()
  readonly records = new Map<string, { fingerprint: string; expected: Expected }>()
  /** Cursors of lists as they were answered. */
  readonly cursors = new Map<string, Cursor>()
  /** Cursors of changes as they were answered: for which path, and how many changes of the account lie behind. */
  readonly changeCursors = new Map<string, { path: string; behind: number }>()
  /** Tags of lists as they were answered, by path, and what each stands for. */
  readonly tags = new Map<string, Map<string, string>>()

  answer(ask: Ask, actor: string, mayWrite: boolean): Expected {
    try {
      if (!isRead(ask) && !mayWrite) throw new Refused(403, [[11002, 'header:X-TimeTrack-Api-Key']])
      const expected = isRead(ask) ? this.#read(ask) : this.#change(ask, actor)
      return { ...expected, applied: [...(ask.strict ? ['handling=strict'] : []), ...expected.applied] }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { status, faults, etag } = error
      return { status, faults, etag, applied: [] }
    }
  }

  #read(ask: Ask): Expected {
    const { op, id, query, strict } = ask
    if (op === 'listChanges' || op.endsWith('History')) return this.#feed(ask)
    if (op.startsWith('list')) return this.#list(ask)
    readQuery(undefined, query, strict)
    const { value, version } = rules.find(this, routes[op]!.entity, id)
    return ifChanged(ask, { status: 200, body: value, etag: `"${version}"`, applied: [] }, `"${version}"`)
  }

  #list(ask: Ask): Expected {
    const { entity } = routes[ask.op]!
    const values = readQuery(entity, ask.query, ask.strict)
    const { page_number: page = 0, limit = 50, cursor, fields } = values as Record<string, any>
    const rows = select(this.state, entity, values)
    const binding = bindingOf(entity, values)
    const from = cursor === undefined ? undefined : this.cursors.get(cursor)
    if (cursor !== undefined && from?.binding !== binding)
      throw new Refused(400, [[10025, 'parameter:cursor']])
    const rest = from ? rows.filter(({ place }) => compare(place, from.place, values) > 0) : rows
    const shown = rest.slice(page * limit, page * limit + limit)
    const more = shown.length > 0 && page * limit + limit < rest.length
    const kept = ask.query.filter(([name]) => name in values && name !== 'cursor' && name !== 'page_number')
    return this.#tagged(ask, {
      status: 200,
      body: shown.map(({ kept: { value } }) => (fields === undefined ? value : pick(value, fields))),
      ...(ask.count && { total: rows.length }),
      applied: ask.count ? ['count=exact'] : [],
      links: {
        next: more && { binding, place: shown.at(-1)!.place },
        first: kept,
        ...(page > 0 && { prev: [...kept, ['page_number', String(page - 1)]] }),
      },
    })
  }

  #feed(ask: Ask): Expected {
    const { after, limit = 50 } = readQuery(undefined, ask.query, ask.strict)
    if (ask.op.endsWith('History')) rules.findAny(this, routes[ask.op]!.entity, ask.id)
    const path = pathOf(ask)
    const from = after === undefined ? undefined : this.changeCursors.get(String(after))
    if (after !== undefined && from?.path !== path) throw new Refused(400, [[10025, 'parameter:after']])
    const rest = this.changesOf(path).filter(
      (change) => this.state.changes.indexOf(change) >= (from?.behind ?? 0),
    )
    const shown = rest.slice(0, Number(limit))
    return this.#tagged(ask, {
      status: 200,
      body: shown.map((change) => (path === '/changes' ? changeBody(change) : historyBody(change))),
      applied: [],
      links: { next: shown.length > 0 && rest.length > shown.length },
      feed: { path, changes: shown },
    })
  }

  changesOf(path: string): readonly Change[] {
    const { changes } = this.state
    if (path === '/changes') return changes
    return changes.filter(({ entity, id }) => path === `/${entity}s/${id}/history`)
  }

  #tagged(ask: Ask, expected: Expected): Expected {
    const { changes } = this.state
    const kind = listed[ask.op]
    const seen = kind ? changes.filter(({ entity }) => entity === kind) : changes
    const tagOf = JSON.stringify([seen.length, pathOf(ask), queryTextOf(ask)])
    const known = [...this.tagsOf(ask)].find(([, meaning]) => meaning === tagOf)?.[0]
    return ifChanged(ask, { ...expected, tagOf, etag: known }, known)
  }

  tagsOf(ask: Ask): Map<string, string> {
    const tags = this.tags.get(pathOf(ask)) ?? new Map<string, string>()
    this.tags.set(pathOf(ask), tags)
    return tags
  }

  #change(ask: Ask, actor: string): Expected {
    readQuery(undefined, ask.query, ask.strict)
    refuseHeaders(ask)
    const body = this.#readBody(ask)
    const deed = { state: this.state, actor, now: new Moment() }
    if (ask.key === undefined) return this.state.attempt(() => perform(ask, body, deed))
    const { method, path, sent } = render(ask)
    const fingerprint = JSON.stringify([method, path, sent.body, ask.ifMatch])
    const record = this.records.get(ask.key)
    if (record && record.fingerprint !== fingerprint)
      throw new Refused(422, [[10031, 'header:Idempotency-Key']])
    if (record) return { ...record.expected, replayed: true }
    const expected = this.state.attempt(() => perform(ask, body, deed))
    this.records.set(ask.key, { fingerprint, expected })
    return expected
  }

  #readBody({ op, body = {}, strict, id }: Ask): Value {
    if (op.startsWith('delete')) return {}
    if (op !== 'batchProjects') return readBody(op, body, strict, id)
    checkBatch(body)
    return body
  }
}

/** The kind of object that a list is of: its tag stands for the changes of that kind. */
const listed: Readonly<Record<string, string | undefined>> = {
  listProjects: 'project',
  listClients: 'client',
  listTasks: 'task',
}

function refuseHeaders(ask: Ask): void {
  const faults: Fault[] = []
  if (ask.ifMatch !== undefined && rules.versionsOf(ask.ifMatch) === undefined)
    faults.push([10026, 'header:If-Match'])
  if (ask.key !== undefined && (ask.key.length < 1 || ask.key.length > 255))
    faults.push([10026, 'header:Idempotency-Key'])
  if (faults.length > 0) throw new Refused(400, faults)
}

function ifChanged(ask: Ask, expected: Expected, tag: string | undefined): Expected {
  const { body: _, ...head } = expected
  const unchanged = tag !== undefined && ask.ifNoneMatch === tag
  if (unchanged) return { ...head, status: 304 }
  return ask.via === 'HEAD' ? head : expected
}

function perform(ask: Ask, body: Value, deed: Deed): Expected {
  if (ask.op === 'batchProjects')
    return { status: body.atomic ? 200 : 207, body: runBatch(deed, body, ask.strict), applied: [] }
  const { value, version, id } = performOne(ask, body, deed)
  const expected = { body: value, etag: `"${version}"`, applied: [] }
  if (isOnObject(ask)) return { status: 200, ...expected }
  return { status: 201, ...expected, location: `${pathOf(ask)}/${id}` }
}

function performOne({ op, id, ifMatch }: Ask, body: Value, deed: Deed): Kept {
  const { entity } = routes[op]!
  if (op === 'createProject') return rules.createProject(deed, body)
  if (op === 'updateProject') return rules.updateProject(deed, id, body, ifMatch)
  if (op.startsWith('delete')) return rules.deleteObject(deed, entity, id, ifMatch)
  if (op.startsWith('restore')) return rules.restoreObject(deed, entity, id, ifMatch)
  const named = entity as Named
  if (op.startsWith('create')) return rules.createNamed(deed, named, body)
  if (op.startsWith('update')) return rules.updateNamed(deed, named, id, body, ifMatch)
  if (op.startsWith('rename')) return rules.renameNamed(deed, named, id, body, ifMatch)
  return rules.enableNamed(deed, named, id, op.startsWith('enable'), ifMatch)
}

function pick(value: Value, fields: string): Value {
  const names = fields.split(',').filter((name) => name in value)
  return Object.fromEntries(names.map((name) => [name, value[name]]))
}

const changeBody = ({ at, actor, action, entity, id, after }: Change) => ({
  ...{ at, actor, action, entity, id },
  deleted: 'deletedAt' in after,
  object: after,
})

const historyBody = ({ at, actor, action, before, after }: Change) => ({ at, actor, action, before, after })
