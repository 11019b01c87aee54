import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { type Scope, type Tx, write } from '../db/scope.ts'
import type { Access } from '../db/tables.ts'
import type { Answer } from './answer.ts'
import { type Body, NO_BODY } from './body.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { type IfMatch, readIfMatch } from './conditional.ts'
import { allOf, type Refusal, refusal } from './errors.ts'
import { inputNames } from './field-schema.ts'
import { ofUser, once, type Repeatable, readIdempotencyKey, withoutTwin } from './idempotency.ts'
import { inputReader, isObject } from './input.ts'
import type { Prefer } from './prefer.ts'
import { parseQuery } from './query-string.ts'
import { requestErrors } from './request-errors.ts'

export const BASE_PATH = '/api/v2/ext'

const NO_FIELDS = Type.Object({})

/** What a caller needs: a key or session with this access, or a session with any access. */
export type Permission = Access | 'session'

export interface Input<Q, B> {
  /** The `{id}` of the path; 0 where the path has none. */
  readonly id: number
  readonly query: Q
  readonly queryText: string
  readonly body: B
  readonly prefer: Prefer
  readonly ifMatch: IfMatch | undefined
  readonly repeatable: Repeatable | undefined
  /** The path of the collection or object as it is written in links. */
  readonly path: string
}

/** What the router, the checks and the OpenAPI document need to know about an operation. */
interface Description<Q extends TObject, B extends TObject> {
  /** The operation's name in the OpenAPI document. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under the base path, as OpenAPI writes it: `/projects/{id}`. */
  readonly path: string
  /** Other paths that lead to it; the document and all links name the first. */
  readonly aliases?: readonly string[]
  readonly tag: string
  readonly summary: string
  /** Details that the summary leaves out, in Markdown. */
  readonly description?: string
  /** The answer to an `{id}` that no object has, or that is not written as an id. */
  readonly unknown?: () => Refusal
  readonly query?: Q
  readonly body?: B
  /** A body to show in the documentation. */
  readonly example?: object
  /** The largest body in bytes, if not the usual 1 MiB. */
  readonly mostBytes?: number
  readonly success: { readonly status: number; readonly schema: TSchema; readonly description: string }
  /** The errors specific to this operation; those that any request can meet are added. */
  readonly errors: readonly CatalogueEntry[]
  /** By default `read` for a read, `write` for a change. */
  readonly permission?: Permission
  /** Its objects have no ETag, because merely using them changes them. */
  readonly untagged?: true
}

/** A request as it arrived, before it is checked. */
interface Arrival {
  readonly method: string
  /** The path and query as they were sent. */
  readonly url: string
  readonly id: string | undefined
  readonly queryText: string
  readonly body: Body
  readonly prefer: Prefer
  readonly ifMatch: string | undefined
  readonly idempotencyKey: string | undefined
}

/** One operation of the API: everything about it in one place. */
export interface Operation extends Description<TObject, TObject> {
  readonly permission: Permission
  /** Whether it is a change rather than a read. */
  readonly changes: boolean
  /** A read that the vendor's documentation also shows as a POST without fields. */
  readonly documentedRead: boolean
  run(scope: Scope, arrival: Arrival): Promise<Answer>
}

export function readOperation<Q extends TObject>(
  spec: Description<Q, TObject> & {
    readonly documentedRead?: boolean
    read(scope: Scope, input: Input<Static<Q>, unknown>): Promise<Answer>
  },
): Operation {
  const check = inputChecker(spec)
  return {
    permission: 'read',
    ...spec,
    changes: false,
    documentedRead: spec.documentedRead ?? false,
    run: async (scope, arrival) => spec.read(scope, check(asRead(arrival)) as Input<Static<Q>, unknown>),
  }
}

/** Removes what only changes look at: a read that arrives as POST ignores it. */
function asRead(arrival: Arrival): Arrival {
  return { ...arrival, body: NO_BODY, ifMatch: undefined, idempotencyKey: undefined }
}

/** @template V what `readBody` makes of the body, if it reads it in place of the schema */
export function changeOperation<B extends TObject, V = Static<B>>(
  spec: Description<TObject, B> & {
    readBody?(sent: Record<string, unknown>, strict: boolean): V
    change(tx: Tx, input: Input<unknown, V>, scope: Scope): Promise<Answer>
  },
): Operation {
  const check = inputChecker(spec, spec.readBody)
  return {
    permission: 'write',
    ...spec,
    changes: true,
    documentedRead: false,
    run: async (scope, arrival) => {
      const input = check(arrival) as Input<unknown, V>
      const change = (tx: Tx) => spec.change(tx, input, scope)
      if (!input.repeatable) return write(scope, change)
      const repeatable = ofUser(input.repeatable, scope)
      return withoutTwin(scope, repeatable, () =>
        write(scope, (tx) => once(tx, repeatable, () => change(tx))),
      )
    },
  }
}

/** Reads the parts in the order in which their faults are reported: path, query, headers, body. */
function inputChecker(
  spec: Description<TObject, TObject>,
  readBody: (
    sent: Record<string, unknown>,
    strict: boolean,
    context: { id: number },
  ) => unknown = inputReader(spec.body ?? NO_FIELDS, 'body'),
): (arrival: Arrival) => Input<unknown, unknown> {
  const { unknown } = spec
  if (spec.path.includes('{id}') && !unknown)
    throw new Error(`${spec.id} does not say how an unknown id is answered`)
  const readQuery = queryReader(spec.query ?? NO_FIELDS)
  return (arrival) => {
    const { queryText, prefer } = arrival
    const { value } = arrival.body
    const id = unknown ? parseId(arrival.id, unknown) : 0
    return {
      id,
      query: readQuery(queryText, prefer.strict),
      queryText,
      ...readHeaders(arrival),
      body:
        value === undefined ? readBody({}, false, { id }) : readBody(objectOf(value), prefer.strict, { id }),
      prefer,
      path: BASE_PATH + (unknown ? spec.path.replace('{id}', String(id)) : spec.path),
    }
  }
}

function queryReader(schema: TObject): (text: string, strict: boolean) => Record<string, unknown> {
  const known = inputNames(schema)
  const read = inputReader(schema, 'query')
  return (text, strict) => {
    if (text === '') return {}
    const { values, faults } = parseQuery(text, known)
    return read(values, strict, { faults })
  }
}

const NO_HEADERS = { ifMatch: undefined, repeatable: undefined }

function readHeaders({ method, url, body, ifMatch, idempotencyKey }: Arrival) {
  if (ifMatch === undefined && idempotencyKey === undefined) return NO_HEADERS
  return allOf({
    ifMatch: () => readIfMatch(ifMatch),
    repeatable: () => readIdempotencyKey(idempotencyKey, [method, url, ifMatch ?? '', body.text]),
  })
}

function objectOf(body: unknown): Record<string, unknown> {
  if (isObject(body)) return body
  throw refusal(requestErrors.bodyNotObject, 'Send a JSON object with the fields to set.', { pointer: '' })
}

/** An id is written in digits without a leading zero; anything else is no id. */
function parseId(text: string | undefined, unknown: () => Refusal): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw unknown()
  return Number(text)
}
