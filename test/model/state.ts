/** What one account holds, as plain objects. */

/** A time that the server chooses: unknown until an answer tells it, the same wherever it stands from then on. */
export class Moment {
  text: string | undefined
  toJSON(): string {
    return this.text ?? 'a time that no answer has told yet'
  }
}

export type Value = Readonly<Record<string, unknown>>
/** Objects that are known by their name. */
export type Named = 'client' | 'task'
export type Entity = 'project' | Named

export interface Kept {
  readonly id: number
  readonly version: number
  /** The client of a project; 0 for anything else. */
  readonly clientId: number
  readonly value: Value
}

export interface Change {
  readonly at: Moment
  readonly actor: string
  readonly action: string
  readonly entity: Entity
  readonly id: number
  readonly before: Value | null
  readonly after: Value
}

export class State {
  /** Each at its id less one. */
  readonly project: Kept[] = []
  readonly client: Kept[] = []
  readonly task: Kept[] = []
  readonly changes: Change[] = []

  /** Does the work, or leaves everything as it was where it throws. */
  attempt<T>(work: () => T): T {
    const names = ['project', 'client', 'task', 'changes'] as const
    const before = names.map((name) => [name, [...this[name]]] as const)
    try {
      return work()
    } catch (error) {
      for (const [name, all] of before) this[name].splice(0, Number.POSITIVE_INFINITY, ...(all as any[]))
      throw error
    }
  }
}

/** A change at work: whose, by whom, when. */
export interface Deed {
  readonly state: State
  readonly actor: string
  readonly now: Moment
}

/** One fault of a refusal: its code, and what it is about where the contract settles that. */
export type Fault = readonly [code: number, source?: string | undefined]

export class Refused extends Error {
  readonly status: number
  readonly faults: readonly Fault[]
  /** The tag that a 412 tells. */
  readonly etag: string | undefined

  constructor(status: number, faults: readonly Fault[], etag?: string) {
    super(`refused with ${status}`)
    this.status = status
    this.faults = faults
    this.etag = etag
  }
}

export const isDeleted = ({ value }: Kept) => 'deletedAt' in value

export function insert(deed: Deed, entity: Entity, fields: Value, clientId: number): Kept {
  const { state, now } = deed
  const id = state[entity].length + 1
  const kept = { id, version: 1, clientId, value: { ID: id, id, ...fields, createdAt: now, updatedAt: now } }
  state[entity].push(kept)
  record(deed, entity, 'create', kept, null)
  return kept
}

/** Puts another value in the place of one; the same value leaves version, time and audit alone. */
export function replace(
  deed: Deed,
  entity: Entity,
  verb: string,
  before: Kept,
  value: Value,
  clientId = before.clientId,
): Kept {
  if (same(value, before.value)) return before
  const after = { ...before, version: before.version + 1, clientId, value: { ...value, updatedAt: deed.now } }
  deed.state[entity][before.id - 1] = after
  record(deed, entity, verb, after, before.value)
  return after
}

function record(deed: Deed, entity: Entity, verb: string, { id, value }: Kept, before: Value | null): void {
  const { state, actor, now } = deed
  state.changes.push({ at: now, actor, action: `${entity}.${verb}`, entity, id, before, after: value })
}

function same(one: Value, other: Value): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
