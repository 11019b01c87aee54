import { BASE } from '../harness.ts'
import type { Described, Parameter } from './document.ts'
import type { Pool } from './pool.ts'
import type { Random } from './random.ts'
import { validValue } from './valid.ts'

/** A request before it is written out, so that any part of it can be made odd. */
export interface Draft {
  operation: Described
  method: string
  /** The path's segments, not escaped. */
  segments: string[]
  /** Names and values as they stand in the query, escaped. */
  query: [name: string, value: string][]
  headers: Record<string, string>
  /** A JavaScript value, or RawJson in it; undefined for no body. */
  body: unknown
  /** The body's bytes, where they are not the JSON of `body`. */
  bytes?: string | Buffer
  /** Whether each part is one that the document allows. */
  valid: boolean
}

/** Parameters whose values only an answer can give. */
const GIVEN = ['cursor', 'after']

let keys = 0

/** A request that the document allows. */
export function validDraft(random: Random, operation: Described, pool: Pool): Draft {
  const id = pool.id(random, operation.path)
  const draft: Draft = {
    operation,
    method: operation.method,
    segments: operation.path.replace('{id}', String(id)).split('/').slice(1),
    query: [],
    headers: {},
    body: undefined,
    valid: true,
  }
  for (const parameter of operation.parameters) {
    if (!random.chance(parameter.in === 'query' ? 2 / operation.parameters.length : 0.2)) continue
    if (parameter.in === 'header') addHeader(random, draft, parameter, pool)
    else if (parameter.in === 'query' && !GIVEN.includes(parameter.name))
      draft.query.push([encode(parameter.name), encode(String(validValue(random, parameter.schema)))])
  }
  if (operation.body) draft.body = repeatId(validValue(random, operation.body, operation.example), id)
  return draft
}

/** Encodes as UTF-8; an unpaired surrogate becomes the three bytes that some encoders make of it. */
export function encode(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : [...text].map((one) => (one.isWellFormed() ? encodeURIComponent(one) : '%ED%A0%80')).join('')
}

function addHeader(random: Random, draft: Draft, { name, example }: Parameter, pool: Pool): void {
  if (name === 'Prefer') draft.headers[name] = random.pick([String(example), 'count=exact', 'respond-async'])
  else if (name === 'Idempotency-Key') draft.headers[name] = `fresh ${++keys}`
  else draft.headers[name] = random.chance(0.3) ? '*' : pool.tag(random)
}

/** The path's parameter in a body only repeats it; so it does in the operations of a batch. */
function repeatId(body: unknown, id: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  if (Array.isArray(body)) return body.map((item) => repeatId(item, item?.id))
  const members = Object.entries(body).map(([name, value]) => [
    name,
    name.toLowerCase() === 'id' ? id : repeatId(value, id),
  ])
  return Object.fromEntries(members)
}

/** The path and query as they are sent. */
export function targetOf({ segments, query }: Draft): string {
  const text = query.map(([name, value]) => `${name}=${value}`).join('&')
  return `/${segments.join('/')}${text && '?'}${text}`
}

export const isUnderBase = (target: string) => target.startsWith(`${BASE}/`)
