import { foldName } from './fold.ts'
import {
  type Deed,
  type Entity,
  insert,
  isDeleted,
  type Kept,
  type Named,
  Refused,
  replace,
  type Value,
} from './state.ts'

/** What each change of the contract does to an account, and when it is refused. */

const CODES = {
  project: { unknown: 13001, deleted: 13020 },
  client: { unknown: 12002, deleted: 12020 },
  task: { unknown: 14001, deleted: 14020 },
}

const NO_DETAILS = Object.fromEntries(
  [
    'color',
    'notes',
    'email',
    'phone',
    'address',
    'address2',
    'addressZipCode',
    'addressCity',
    'addressCountry',
    'contactPerson',
    'field1',
    'field2',
    'field3',
  ].map((name) => [name, null]),
)

export function findAny(deed: Pick<Deed, 'state'>, entity: Entity, id: number): Kept {
  const kept = deed.state[entity][id - 1]
  if (!kept) throw new Refused(404, [[CODES[entity].unknown]])
  return kept
}

export function find(deed: Pick<Deed, 'state'>, entity: Entity, id: number): Kept {
  const kept = findAny(deed, entity, id)
  if (isDeleted(kept)) throw new Refused(404, [[CODES[entity].deleted]])
  return kept
}

/** The versions that a well-formed If-Match names; undefined for one that cannot be read. */
export function versionsOf(header: string): string[] | '*' | undefined {
  if (header === '*') return '*'
  const tags = header.split(',').map((tag) => /^(?:W\/)?"([^"]*)"$/.exec(tag.trim())?.[1])
  return tags.includes(undefined) ? undefined : (tags as string[])
}

function refuseStale({ version }: Kept, ifMatch: string | undefined): void {
  const versions = ifMatch === undefined ? '*' : versionsOf(ifMatch)!
  if (versions === '*' || versions.includes(String(version))) return
  throw new Refused(412, [[10030]], `"${version}"`)
}

function findFresh(deed: Deed, entity: Entity, id: number, ifMatch: string | undefined): Kept {
  const kept = find(deed, entity, id)
  refuseStale(kept, ifMatch)
  return kept
}

const liveNamed = (deed: Deed, entity: Named, name: unknown) =>
  deed.state[entity].find(
    (kept) => !isDeleted(kept) && foldName(String(kept.value.name)) === foldName(String(name)),
  )

const NAME_TAKEN = { client: 12003, task: 14002 }

function refuseTakenName(deed: Deed, entity: Named, name: unknown, id = 0): void {
  const taken = liveNamed(deed, entity, name)
  if (taken && taken.id !== id) throw new Refused(409, [[NAME_TAKEN[entity]]])
}

function refuseTakenProject(deed: Deed, clientId: number, name: unknown, id = 0): void {
  const taken = deed.state.project.some(
    (kept) =>
      !isDeleted(kept) &&
      kept.id !== id &&
      kept.clientId === clientId &&
      foldName(String(kept.value.projectName)) === foldName(String(name)),
  )
  if (taken) throw new Refused(409, [[13002]])
}

export function createProject(deed: Deed, body: Value): Kept {
  const client =
    liveNamed(deed, 'client', body.clientName) ??
    insert(deed, 'client', { ...NOTHING.client, name: body.clientName }, 0)
  refuseTakenProject(deed, client.id, body.projectName)
  const nothing = { projectEnabled: true, notes: null, hourRate: null, timeEstimated: null }
  const fields = { ...nothing, budgetEstimated: null, ...body, clientName: client.value.name }
  return insert(deed, 'project', fields, client.id)
}

export function updateProject(deed: Deed, id: number, body: Value, ifMatch: string | undefined): Kept {
  const before = findFresh(deed, 'project', id, ifMatch)
  let client = deed.state.client[before.clientId - 1]!
  if (body.clientName !== undefined) {
    const named = liveNamed(deed, 'client', body.clientName)
    if (!named) throw new Refused(422, [[12001]])
    client = named
  }
  const value = { ...before.value, ...body, clientName: client.value.name }
  refuseTakenProject(deed, client.id, (value as Value).projectName, id)
  return replace(deed, 'project', 'update', before, value, client.id)
}

export function deleteObject(deed: Deed, entity: Entity, id: number, ifMatch: string | undefined): Kept {
  const before = findFresh(deed, entity, id, ifMatch)
  const hasProjects = deed.state.project.some((kept) => kept.clientId === id && !isDeleted(kept))
  if (entity === 'client' && hasProjects) throw new Refused(409, [[12004]])
  return replace(deed, entity, 'delete', before, { ...before.value, deletedAt: deed.now })
}

export function restoreObject(deed: Deed, entity: Entity, id: number, ifMatch: string | undefined): Kept {
  const before = findAny(deed, entity, id)
  refuseStale(before, ifMatch)
  if (!isDeleted(before)) return before
  const { deletedAt: _, ...value }: Value = before.value
  if (entity !== 'project') refuseTakenName(deed, entity, value.name)
  else {
    if (isDeleted(deed.state.client[before.clientId - 1]!)) throw new Refused(409, [[13003]])
    refuseTakenProject(deed, before.clientId, value.projectName)
  }
  return replace(deed, entity, 'restore', before, value)
}

/** What a field has that was not sent. */
const NOTHING = {
  client: { enabled: true, ...NO_DETAILS },
  task: { enabled: true, notes: null, hourRate: null },
}

export function createNamed(deed: Deed, entity: Named, body: Value): Kept {
  refuseTakenName(deed, entity, body.name)
  return insert(deed, entity, { ...NOTHING[entity], ...body }, 0)
}

export function updateNamed(
  deed: Deed,
  entity: Named,
  id: number,
  body: Value,
  ifMatch: string | undefined,
): Kept {
  const before = findFresh(deed, entity, id, ifMatch)
  return replace(deed, entity, 'update', before, { ...before.value, ...body })
}

export function enableNamed(
  deed: Deed,
  entity: Named,
  id: number,
  enabled: boolean,
  ifMatch: string | undefined,
): Kept {
  const before = findFresh(deed, entity, id, ifMatch)
  return replace(deed, entity, enabled ? 'enable' : 'disable', before, { ...before.value, enabled })
}

/** The projects of a client show its new name, those in the trash as well, and count as changed. */
export function renameNamed(
  deed: Deed,
  entity: Named,
  id: number,
  { name }: Value,
  ifMatch: string | undefined,
): Kept {
  const before = findFresh(deed, entity, id, ifMatch)
  refuseTakenName(deed, entity, name, id)
  const renamed = replace(deed, entity, 'rename', before, { ...before.value, name })
  if (entity === 'client')
    for (const kept of [...deed.state.project])
      if (kept.clientId === id) replace(deed, 'project', 'update', kept, { ...kept.value, clientName: name })
  return renamed
}
