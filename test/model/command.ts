import { type Ask, routes } from './ask.ts'
import type { Model } from './model.ts'
import type { Pairs } from './query.ts'

/**
 * One step of a sequence, in words that stay meaningful when other steps are dropped: ids are small numbers, tags
 * and cursors are named by what they are when the step comes to its turn.
 */
export interface Command {
  readonly op: string
  readonly who: string
  readonly id?: number | undefined
  readonly via?: string | undefined
  readonly body?: Record<string, any> | undefined
  readonly query?: Pairs | undefined
  /** For If-Match, and If-None-Match of a read. */
  readonly match?: string | undefined
  readonly key?: string | undefined
  /** Which of the cursors known, or requests sent, counted back. */
  readonly back?: number | undefined
  readonly strict?: boolean | undefined
  readonly count?: boolean | undefined
}

/**
 * The request that a command is now; undefined where there is nothing yet for it to repeat or follow.
 * @param keyed what was sent with a key so far
 * @param listed the lists that were read so far, each with the tag it had
 */
export function resolve(
  command: Command,
  model: Model,
  keyed: readonly Ask[],
  listed: readonly Ask[],
): Ask | undefined {
  const { op, id = 0, via, query = [], back = 0 } = command
  if (op === 'retry') {
    const ask = keyed.at(-1 - (back % Math.max(keyed.length, 1)))
    // Under the same key but another If-Match it is another request.
    return ask?.ifMatch && command.match ? { ...ask, ifMatch: tagOf(command.match, back) } : ask
  }
  if (op === 'again') return listed.at(-1 - (back % Math.max(listed.length, 1)))
  const pairs = query.map(([name, value]) => [name, pairValue(name, value, command, model)] as const)
  if (pairs.some(([, value]) => value === undefined)) return undefined
  const { method, entity } = routes[op]!
  const ask = {
    ...{ op, id, via, query: pairs as Pairs, key: keyOf(command, keyed) },
    body: command.body && bodyOf(command.body, model),
    strict: command.strict ?? false,
    count: command.count ?? false,
  }
  if (command.match === undefined) return ask
  if (method === 'GET') return { ...ask, ifNoneMatch: readTag(command, model) }
  const version = model.state[entity][id - 1]?.version ?? 1
  return { ...ask, ifMatch: tagOf(command.match, version) }
}

function pairValue(name: string, value: string, { op, id, back = 0 }: Command, model: Model) {
  if (name === 'cursor') return [...model.cursors.keys()].at(-1 - back)
  if (name === 'after') return [...model.changeCursors.keys()].at(-1 - back)
  if (name !== 'updatedSince' || value !== 'known') return value
  const { entity } = routes[op]!
  return (model.state[entity][(id ?? 1) - 1]?.value.updatedAt as any)?.text as string | undefined
}

function keyOf({ key }: Command, keyed: readonly Ask[]): string | undefined {
  return key === 'new' ? `new ${keyed.length}` : key
}

function bodyOf(body: Record<string, any>, { state }: Model): Record<string, any> {
  if (!body.operations) return body
  const operations = body.operations.map(({ match, ...item }: any) => {
    const version = state.project[item.id - 1]?.version ?? 1
    return match === undefined ? item : { ...item, ifMatch: tagOf(match, version) }
  })
  return { ...body, operations }
}

function readTag({ op, id = 0, match }: Command, model: Model): string {
  const { entity, path } = routes[op]!
  const version = model.state[entity][id - 1]?.version ?? 1
  if (match === 'current' && op.startsWith('get')) return tagOf('current', version)
  const tags = model.tags.get(path.replace('{id}', String(id)))
  return (match === 'current' && [...(tags?.keys() ?? [])].at(-1)) || '"other"'
}

function tagOf(match: string, version: number): string {
  const tags: Record<string, string> = {
    current: `"${version}"`,
    stale: `"${version - 1}"`,
    weak: `W/"${version}"`,
    several: `"0", "${version}"`,
    any: '*',
    unreadable: String(version),
  }
  return tags[match]!
}
