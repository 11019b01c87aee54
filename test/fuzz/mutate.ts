import { described } from './document.ts'
import { jsonText, NUMERIC_TEXTS, nested, ODD_TEXTS, oddText, oddValue, RawJson } from './odd.ts'
import { BAD_ESCAPES, METHODS, NAMES, ODD_HEADERS, ODD_IDS } from './oddities.ts'
import type { Pool } from './pool.ts'
import type { Random } from './random.ts'
import { type Draft, encode } from './request.ts'

/** Ways in which a request departs from what the document allows; each changes one part of the draft. */
type Mutation = (random: Random, draft: Draft, pool: Pool) => void

const oddPath: Mutation = (random, draft) => {
  const at = draft.operation.path.split('/').slice(1).indexOf('{id}')
  if (at >= 0 && random.chance(0.7)) draft.segments[at] = random.pick(ODD_IDS)
  else if (random.chance(0.4))
    draft.segments.push(random.pick(['', '', '1', 'restore', '%zz', 'x'.repeat(200)]))
  else if (random.chance(0.5)) draft.segments.splice(random.integer(0, draft.segments.length), 0, '')
  else {
    const one = random.integer(0, draft.segments.length - 1)
    draft.segments[one] = random.pick([
      draft.segments[one]!.toUpperCase(),
      `${draft.segments[one]}s`,
      '%2F',
      '..',
    ])
  }
}

const oddMethod: Mutation = (random, draft) => {
  draft.method = random.pick(METHODS)
}

/** The vendor's examples read with a POST of an empty object. */
const readAsPost: Mutation = (random, draft) => {
  const reads = described.filter(({ isRead }) => isRead)
  const { path, parameters } = random.pick(reads)
  draft.method = 'POST'
  draft.segments = path
    .replace('{id}', draft.segments[4] ?? '1')
    .split('/')
    .slice(1)
  if (random.chance(0.5)) draft.segments.push('')
  if (random.chance(0.3)) draft.query.push([encode(random.pick(parameters).name), '1'])
  draft.body = random.pick([undefined, {}, {}, [], '', null, { a: 1 }])
}

const oddQueryValue: Mutation = (random, draft, pool) => {
  const known = draft.operation.parameters.filter((parameter) => parameter.in === 'query')
  if (known.length === 0) return oddQueryName(random, draft, pool)
  const { name, schema } = random.pick(known)
  const near = ['cursor', 'after'].includes(name) ? pool.cursor(random) : oddText(random, schema)
  const value = random.chance(0.15) ? random.pick(BAD_ESCAPES) : encode(near)
  draft.query = draft.query.filter(([other]) => other !== encode(name))
  draft.query.push([encode(name), value.slice(0, 6000)])
}

const oddQueryName: Mutation = (random, draft) => {
  const [name = 'limit', value = '1'] = draft.query[0] ?? []
  draft.query.push(
    random.pick<[string, string]>([
      [name, value],
      [name, ''],
      [`${name}[]`, value],
      [name.toUpperCase(), value],
      [encode(random.pick(NAMES)), encode(random.pick(ODD_TEXTS)).slice(0, 500)],
      [random.pick(BAD_ESCAPES), 'x'],
      [name, random.pick(BAD_ESCAPES)],
      ['', ''],
    ]),
  )
}

const oddHeader: Mutation = (random, draft, pool) => {
  const own = draft.operation.parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => name)
  const name = random.chance(0.7)
    ? random.pick([...own, 'Content-Type'])
    : random.pick(Object.keys(ODD_HEADERS))
  draft.headers[name] = random.pick([...(ODD_HEADERS[name] ?? ['']), pool.tag(random)])
}

/** Makes something in the body odd: a member of it, or of an object inside. */
const oddField: Mutation = (random, draft, pool) => {
  const { body, operation } = draft
  if (typeof body !== 'object' || body === null || !operation.body) return oddBody(random, draft, pool)
  let [object, schema] = [body as any, operation.body]
  while (random.chance(0.7)) {
    const inner = Object.keys(object).filter(
      (name) => typeof object[name] === 'object' && object[name] !== null,
    )
    if (inner.length === 0) break
    const name = random.pick(inner)
    object = object[name]
    schema = schema.items ?? schema.properties?.[name]?.anyOf?.at(-1) ?? schema.properties?.[name] ?? {}
  }
  const known = Object.keys(schema.properties ?? {})
  const name = known.length > 0 ? random.pick(known) : '0'
  const way = random.integer(1, 7)
  if (way === 1) delete object[random.pick([name, ...Object.keys(object)])]
  else if (way === 2 && !Array.isArray(object))
    define(object, random.pick([...NAMES, name.toUpperCase()]), random.pick(ODD_TEXTS))
  else define(object, name, oddValue(random, schema.properties?.[name] ?? schema.items ?? {}))
}

/** Also for `__proto__`, which an assignment would not make a member. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

const oddBody: Mutation = (random, draft) => {
  draft.body = random.pick<unknown>([
    null,
    [],
    {},
    '',
    'text',
    0,
    1,
    true,
    [[]],
    [{}],
    {},
    undefined,
    ...[nested(2000, '[', ']'), nested(50_000, '[', ']'), nested(5000, '{"a":', '}'), new RawJson('1e400')],
    [draft.body],
    { body: draft.body },
    JSON.stringify(draft.body ?? {}),
  ])
}

/** Bytes that are not JSON, or not quite. */
const oddBytes: Mutation = (random, draft) => {
  const text = jsonText(draft.body ?? {})
  draft.bytes = random.pick<() => string | Buffer>([
    () => text.slice(0, random.integer(0, text.length)),
    () => `\ufeff${text}`,
    () => ` \r\n${text}\t`,
    () => `${text}x`,
    () => `${text}${text}`,
    () => text.replace('}', ',}'),
    () => text.replaceAll('"', "'"),
    () => text.replaceAll('"', '\u201c'),
    () => text.replace('{', '{"a":1,"a":2,'),
    () => text.replace(/:[^,}]+/, `:${random.pick(NUMERIC_TEXTS) || 'NaN'}`),
    () => text.replace(/:"/, ':"\\ud800'),
    () => text.replace(/:"/, ':"\u0001'),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(`${text.slice(0, -1)},"x":"\u00e9"}`, 'latin1'),
    () => Buffer.concat([Buffer.from(text), Buffer.from([0])]),
    () => (random.chance(0.05) ? `${text}${' '.repeat(1_048_577)}` : ''),
  ])()
}

const MUTATIONS: readonly Mutation[] = [
  ...[oddPath, oddPath, oddMethod, readAsPost, oddQueryValue, oddQueryValue, oddQueryValue, oddQueryName],
  ...[oddHeader, oddHeader, oddHeader, oddField, oddField, oddField, oddField, oddBody, oddBytes],
]

/** Makes one to three parts of a draft odd. */
export function mutate(random: Random, draft: Draft, pool: Pool): void {
  draft.valid = false
  for (let count = random.pick([1, 1, 1, 2, 3]); count > 0; count--)
    random.pick(MUTATIONS)(random, draft, pool)
}
