import type { Static, TObject } from 'typebox'
import { type Reader, type Scope, type Tx, write } from '../db/scope.ts'
import type { KeyAccess } from '../db/tables.ts'
import { refusal } from './errors.ts'
import { type InputReader, inputReader } from './input.ts'
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
  /** The `{id}` of the path; 0 where it is not an id, which no row has. */
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
  readonly query?: Q
  readonly body?: B
}

/** What arrived, before it is checked. */
export interface Arrival {
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
  const readQuery = queryReader(spec.query)
  const readBody = spec.body && inputReader(spec.body, 'body')
  return ({ id, queryText, body, prefer, path }) => ({
    id: id === undefined ? 0 : parseId(id),
    query: readQuery(queryText, prefer.strict),
    body: checkBody(readBody, body, prefer.strict),
    prefer,
    path,
  })
}

function queryReader(
  schema: TObject | undefined,
): (text: string, strict: boolean) => Record<string, unknown> {
  const known = new Set(Object.keys(schema?.properties ?? {}))
  const read = inputReader(schema ?? ({ properties: {} } as TObject), 'query')
  return (text, strict) => (text === '' ? {} : read(parseQuery(text, known), strict))
}

function checkBody(read: InputReader | undefined, body: unknown, strict: boolean): unknown {
  if (!read) return undefined
  const sent = body ?? {}
  if (body === null || typeof sent !== 'object' || Array.isArray(sent))
    throw refusal('bodyNotObject', 'Send a JSON object with the fields to set.', { pointer: '' })
  return read(sent as Record<string, unknown>, strict)
}

/** Ids are written without leading zeros; nothing else is one. */
function parseId(text: string): number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0
}
