import { foldName, sortName } from './fold.ts'
import { type Entity, type Fault, isDeleted, type Kept, Refused, type State } from './state.ts'

/** How the contract reads the query of a list, and what it then lists. */

export type Pairs = readonly (readonly [name: string, value: string])[]
export type Place = readonly (number | string | Buffer)[]
type Values = Record<string, string | number | boolean>

const TEXTS = { project: ['projectName', 'clientName'], client: ['name'], task: ['name'] }
const FLAGS = {
  project: ['projectEnabled', 'deleted'],
  client: ['enabled', 'deleted'],
  task: ['enabled', 'deleted'],
}
const AMOUNTS = ['hourRate', 'timeEstimated', 'budgetEstimated']
const SORTS = {
  project: ['id', 'projectName', 'clientName', 'projectEnabled', ...AMOUNTS, 'createdAt', 'updatedAt'],
  client: ['id', 'name', 'createdAt', 'updatedAt'],
  task: ['id', 'name', 'hourRate', 'createdAt', 'updatedAt'],
}
const TIMES = ['createdAt', 'updatedAt']
const RANGES = {
  gte: (one: number, other: number) => one >= other,
  gt: (one: number, other: number) => one > other,
  lte: (one: number, other: number) => one <= other,
  lt: (one: number, other: number) => one < other,
}

/** The values of a query, refused with every fault. */
export function readQuery(entity: Entity | undefined, pairs: Pairs, strict: boolean): Values {
  const values: Values = {}
  const faults: Fault[] = []
  for (const name of new Set(pairs.map(([sent]) => sent))) {
    const [first = '', ...others] = pairs.filter((pair) => pair[0] === name).map(([, sent]) => sent)
    const value = readValue(entity, name, first)
    const code = faultOf(value, others.length > 0, strict)
    if (code) faults.push([code, `parameter:${name}`])
    else if (value !== UNKNOWN) values[name] = value as string
  }
  if ('cursor' in values && 'page_number' in values) faults.push([10025, 'parameter:cursor'])
  if (faults.length > 0) throw new Refused(400, faults)
  return values
}

function faultOf(value: unknown, repeated: boolean, strict: boolean): number | undefined {
  if (value === UNKNOWN) return strict ? 10024 : undefined
  if (repeated) return 10022
  return value === undefined ? 10023 : undefined
}

const UNKNOWN = Symbol('a parameter that the list does not have')

/** What a parameter says; undefined where it is not valid. */
function readValue(entity: Entity | undefined, name: string, sent: string): unknown {
  const whole = /^\d+$/.test(sent) ? Number(sent) : undefined
  if (name === 'limit') return whole !== undefined && whole <= 1000 ? whole : undefined
  if (!entity) return name === 'after' ? sent : UNKNOWN
  if (name === 'page_number') return whole
  return readFilter(entity, name, sent)
}

function readFilter(entity: Entity, name: string, sent: string): unknown {
  if (name === 'cursor') return sent
  if (TEXTS[entity].includes(name)) return sent.normalize('NFC')
  if (FLAGS[entity].includes(name)) return { true: true, 1: true, false: false, 0: false }[sent]
  if (name === 'sort') return readSort(entity, sent)
  if (name === 'fields') return sent.split(',').every((field) => field in FIELDS[entity]) ? sent : undefined
  if (name === 'updatedSince') return readTime(sent)
  return entity === 'project' ? readRange(name, sent) : UNKNOWN
}

function readRange(name: string, sent: string): unknown {
  const [, amount = '', operator = ''] = /^(\w+)\[(\w+)\]$/.exec(name) ?? []
  if (!AMOUNTS.includes(amount) || !(operator in RANGES)) return UNKNOWN
  return /^\d+(\.\d+)?$/.test(sent) && Number(sent) <= 999_999_999_999 ? Number(sent) : undefined
}

/** A day that its month lacks is no time. */
function readTime(sent: string): number | undefined {
  const time = Date.parse(sent)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(sent.slice(0, 19)) ? time : undefined
}

/** The fields that the sequences ask for. */
const FIELDS = {
  project: { id: 1, projectName: 1, clientName: 1, hourRate: 1, notes: 1, deletedAt: 1 },
  client: { id: 1, name: 1, email: 1, enabled: 1, deletedAt: 1 },
  task: { id: 1, name: 1, hourRate: 1, enabled: 1, deletedAt: 1 },
}

function readSort(entity: Entity, sent: string): string | undefined {
  const names = sent.split(',').map((term) => term.replace(/^-/, ''))
  const known = names.every((name) => SORTS[entity].includes(name))
  return known && new Set(names).size === names.length ? sent : undefined
}

/** The objects that the filters leave, in the order that is asked for, each with its place in it. */
export function select(state: State, entity: Entity, values: Values): { kept: Kept; place: Place }[] {
  const terms = termsOf(values)
  return state[entity]
    .filter((kept) => isDeleted(kept) === (values.deleted ?? false) && fits(entity, kept, values))
    .map((kept) => ({ kept, place: terms.flatMap((term) => placeBy(term.replace(/^-/, ''), kept)) }))
    .sort((one, other) => compare(one.place, other.place, values))
}

/** What an order sorts by; the id decides between equals. */
function termsOf({ sort }: Values): string[] {
  const terms = sort === undefined ? [] : String(sort).split(',')
  return terms.some((term) => /^-?id$/.test(term)) ? terms : [...terms, 'id']
}

function fits(entity: Entity, { value }: Kept, values: Values): boolean {
  return Object.entries(values).every(([name, wanted]) => {
    if (TEXTS[entity].includes(name)) return foldName(String(value[name])).includes(foldName(String(wanted)))
    if (name === 'projectEnabled' || name === 'enabled') return value[name] === wanted
    if (name === 'updatedSince')
      return Date.parse(String((value.updatedAt as any).text)) >= (wanted as number)
    const [, amount = '', operator] = /^(\w+)\[(\w+)\]$/.exec(name) ?? []
    if (!operator) return true
    return value[amount] !== null && RANGES[operator as 'lt'](value[amount] as number, wanted as number)
  })
}

/** Two parts for each term: whether there is a value, which never turns around, and the value. */
function placeBy(name: string, { value }: Kept): Place {
  const own = value[name]
  if (own === null) return [1, 0]
  if (TIMES.includes(name)) return [0, (own as any).text]
  return [0, typeof own === 'string' ? sortName(own) : Number(own)]
}

/** The order of two places under a sort. */
export function compare(one: Place, other: Place, values: Values): number {
  for (const [index, term] of termsOf(values).entries()) {
    const missing = (one[index * 2] as number) - (other[index * 2] as number)
    if (missing !== 0) return missing
    const order = compareValues(one[index * 2 + 1]!, other[index * 2 + 1]!)
    if (order !== 0) return term.startsWith('-') ? -order : order
  }
  return 0
}

function compareValues(one: Place[number], other: Place[number]): number {
  if (one instanceof Buffer) return Buffer.compare(one, other as Buffer)
  return one < other ? -1 : Number(one > other)
}

/** What a cursor is bound to: filters and order, in whatever form they were sent. */
export function bindingOf(entity: Entity, values: Values): string {
  const { limit: _, page_number: __, fields: ___, cursor: ____, sort: _____, ...filters } = values
  const folded = Object.entries({ deleted: false, ...filters }).map(([name, value]) => [
    name,
    TEXTS[entity].includes(name) ? foldName(String(value)) : value,
  ])
  return JSON.stringify([entity, folded.sort(), termsOf(values)])
}
