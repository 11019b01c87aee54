import { type Static, type TObject, Type } from 'typebox'
import { type Reader, type Scope, type Tx, write } from '../db/scope.ts'
import type { KeyAccess } from '../db/tables.ts'
import { type Refusal, refusal } from './errors.ts'
import { inputReader } from './input.ts'
import type { Prefer } from './prefer.ts'
import { parseQuery } from './query-string.ts'

/** What is sent back: JSON text and the headers that are not on every answer. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers?: Record<string, string>
  /** The count that `Prefer: count=exact` asked for. */
  readonly total?: number
}

export interface Input<Q, B> {
  /** The `{id}` of the path; 0 where the path has none. */
  readonly id: number
  readonly query: Q
  readonly body: B
  readonly prefer: Prefer
  /** The path of the collection or object, without a trailing slash. */
  readonly path: string
}

interface Description<Q extends TObject, B extends TObject> {
  /** The operation's name in the OpenAPI document. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under the base path, as OpenAPI writes it: `/projects/{id}`. */
  readonly path: string
  readonly summary: string
  /** What is answered for an `{id}` that no object has, or that is not the text of an id. */
  readonly unknown?: () => Refusal
  readonly query?: Q
  readonly body?: B
}

/** What arrived, before it is checked. */
interface Arrival {
  readonly id: string | undefined
  readonly queryText: string
  readonly body: unknown
  readonly prefer: Prefer
  readonly path: string
}

/** One operation of the API: everything about it in one place. */
export interface Operation extends Description<TObject, TObject> {
  /** What a key needs to call it. */
  readonly permission: KeyAccess
  /** A read that the vendor's page also shows as a POST without fields. */
  readonly documentedRead: boolean
  run(scope: Scope, arrival: Arrival): Promise<Answer>
}

export function readOperation<Q extends TObject>(
  spec: Description<Q, TObject> & {
    readonly documentedRead?: boolean
    read(reader: Reader, input: Input<Static<Q>, unknown>): Promise<Answer>
  },
): Operation {
  const check = inputChecker(spec)
  return {
    ...spec,
    permission: 'read',
    documentedRead: spec.documentedRead ?? false,
    run: async (scope, arrival) =>
      spec.read(scope, check({ ...arrival, body: undefined }) as Input<Static<Q>, unknown>),
  }
}

export function changeOperation<B extends TObject>(
  spec: Description<TObject, B> & { change(tx: Tx, input: Input<unknown, Static<B>>): Promise<Answer> },
): Operation {
  const check = inputChecker(spec)
  return {
    ...spec,
    permission: 'write',
    documentedRead: false,
    run: async (scope, arrival) => {
      const input = check(arrival) as Input<unknown, Static<B>>
      return write(scope, (tx) => spec.change(tx, input))
    },
  }
}

function inputChecker(spec: Description<TObject, TObject>): (arrival: Arrival) => Input<unknown, unknown> {
  const { unknown } = spec
  if (spec.path.includes('{id}') && !unknown) throw new Error(`${spec.id} does not say what an unknown id is`)
  const readQuery = queryReader(spec.query ?? NO_FIELDS)
  const readBody = inputReader(spec.body ?? NO_FIELDS, 'body')
  return ({ id, queryText, body, prefer, path }) => ({
    id: unknown ? parseId(id, unknown) : 0,
    query: readQuery(queryText, prefer.strict),
    body: body === undefined ? readBody({}, false) : readBody(objectOf(body), prefer.strict),
    prefer,
    path,
  })
}

const NO_FIELDS = Type.Object({})

function queryReader(schema: TObject): (text: string, strict: boolean) => Record<string, unknown> {
  const known = new Set(Object.keys(schema.properties))
  const read = inputReader(schema, 'query')
  return (text, strict) => (text === '' ? {} : read(parseQuery(text, known), strict))
}

function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refusal('bodyNotObject', 'Send a JSON object with the fields to set.', { pointer: '' })
  return body as Record<string, unknown>
}

/** Ids are written in digits, without leading zeros; nothing else is one. */
function parseId(text: string | undefined, unknown: () => Refusal): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw unknown()
  return Number(text)
}
