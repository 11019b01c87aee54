import type { TObject, TSchema } from 'typebox'
import { accessErrors } from './access-errors.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { commonHeaders, errorSchema, parameters, responseHeaders, securitySchemes } from './openapi-parts.ts'
import { BASE_PATH, type Operation, type Permission } from './operation.ts'
import { requestErrors } from './request-errors.ts'
import type { Resource } from './resource.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the resources. */
export function openApiDocument(resources: readonly Resource[], version: string): Json {
  const operations = resources.flatMap((resource) => resource.operations)
  const schemas: Json = { Errors: errorSchema }
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = BASE_PATH + operation.path
    paths[path] ??= operation.path.includes('{id}') ? { parameters: [reference('parameters', 'id')] } : {}
    paths[path][operation.method.toLowerCase()] = describeOperation(operation, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'TimeTrack',
      version,
      summary: 'Time tracking for integrators.',
      description:
        'A key and its secret go into two headers of every request; on `<account>.<domain>` they have to be those of that account. ' +
        'Pages of the web app send the cookie of a session instead, which is valid on the host where it was started. Under a ' +
        'session, a change needs `Sec-Fetch-Site: same-origin` or, if the browser sends no such header, its own `Origin`.\n\n' +
        'Numbers may also be sent as numeric text, booleans as 1, 0 or their text. Unknown names are ignored unless ' +
        '`Prefer: handling=strict` is sent. PATCH is the same as PUT, and HEAD works wherever GET does.\n\n' +
        'Every error has a stable code: [the codes](/docs/errors).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server.' }],
    security: [{ key: [], secret: [] }, { session: [] }],
    tags: resources.map(({ tag }) => tag),
    paths,
    components: {
      securitySchemes,
      schemas,
      parameters,
      headers: { ...commonHeaders, ...responseHeaders },
      examples: errorExamples(operations),
    },
  }
}

/** Every error that an operation can answer. */
function errorsOf(operation: Operation): CatalogueEntry[] {
  const { changes } = operation
  const sendsBody = changes && operation.method !== 'DELETE'
  const entries: CatalogueEntry[] = [
    requestErrors.malformedRequest,
    accessErrors.unauthenticated,
    requestErrors.badQueryEscape,
    requestErrors.parameterUnknown,
    requestErrors.internal,
    requestErrors.busy,
    requestErrors.storageFull,
    requestErrors.storageReadOnly,
    requestErrors.storageFailed,
    requestErrors.storageDamaged,
    requestErrors.databaseUnreachable,
  ]
  if (operation.query) entries.push(requestErrors.parameterRepeated, requestErrors.parameterInvalid)
  entries.push(...permissionErrors[operation.permission])
  if (changes)
    entries.push(
      accessErrors.crossOrigin,
      requestErrors.headerInvalid,
      requestErrors.idempotencyKeyReused,
      requestErrors.twinAtWork,
    )
  if (takesIfMatch(operation)) entries.push(requestErrors.stale)
  if (sendsBody)
    entries.push(
      requestErrors.unsupportedMediaType,
      requestErrors.bodyTooLarge,
      requestErrors.brokenJson,
      requestErrors.bodyNotObject,
      requestErrors.fieldUnknown,
    )
  if (operation.body)
    entries.push(
      requestErrors.fieldMissing,
      requestErrors.fieldType,
      requestErrors.fieldLength,
      requestErrors.fieldCharacters,
      requestErrors.fieldRange,
      requestErrors.fieldDigits,
      requestErrors.fieldForm,
    )
  return [...new Set([...entries, ...operation.errors])]
}

const permissionErrors: Record<Permission, CatalogueEntry[]> = {
  read: [],
  write: [accessErrors.forbidden],
  session: [accessErrors.sessionNeeded],
  admin: [accessErrors.sessionNeeded, accessErrors.adminNeeded],
}

const needsSession = ({ permission }: Operation) => permission === 'session' || permission === 'admin'

const takesIfMatch = ({ changes, path, untagged }: Operation) => changes && path.includes('{id}') && !untagged

function describeOperation(operation: Operation, schemas: Json): Json {
  const { id, tag, summary, body, example, success } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: descriptionOf(operation),
    ...(needsSession(operation) && { security: [{ session: [] }] }),
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: true,
        description: 'JSON in UTF-8.',
        content: { 'application/json': { schema: named(body, schemas), ...(example && { example }) } },
      },
    }),
    responses: {
      ...successes(operation, named(success.schema, schemas)),
      ...errorResponses(errorsOf(operation)),
    },
  }
}

function descriptionOf({ summary, description, documentedRead, path, aliases = [] }: Operation): string {
  const posted = path.includes('{id}')
    ? 'A POST without a body, or with an empty object, is answered as this read.'
    : 'A POST without a body, or with an empty object, is answered as this read if the path ends with a slash or has a query.'
  const also = aliases.map((alias) => `It is also reached at \`${BASE_PATH}${alias}\`.`)
  return [description ?? `${summary}.`, ...(documentedRead ? [posted] : []), ...also].join('\n\n')
}

function parametersOf(operation: Operation): Json[] {
  const shared = ['prefer']
  if (operation.changes) shared.push('idempotencyKey')
  else if (!operation.untagged) shared.push('ifNoneMatch')
  if (takesIfMatch(operation)) shared.push('ifMatch')
  const query = Object.entries((operation.query as TObject | undefined)?.properties ?? {}).map(
    ([name, schema]) => {
      const { description, ...rest } = plain(schema)
      return { name, in: 'query', description, schema: rest }
    },
  )
  return [...query, ...shared.map((name) => reference('parameters', name))]
}

function successes(operation: Operation, schema: Json): Json {
  const { untagged, changes } = operation
  const { status, description } = operation.success
  const isList = Object.keys(operation.query?.properties ?? {}).includes('page_number')
  const names = [
    ...Object.keys(commonHeaders),
    ...(status === 207 || untagged ? [] : ['ETag']),
    ...(operation.query ? ['Link'] : []),
    ...(isList ? ['X-Total-Count'] : []),
    ...(status === 201 ? ['Location'] : []),
    ...(changes ? ['Idempotency-Replayed'] : []),
    'Preference-Applied',
  ]
  const headers = Object.fromEntries(names.map((name) => [name, reference('headers', name)]))
  const answer = { description, headers, content: { 'application/json': { schema } } }
  return {
    // An atomic batch is answered as a whole.
    ...(status === 207 && { 200: answer }),
    [status]: answer,
    ...(!changes &&
      !untagged && {
        304: { description: 'The tag in If-None-Match is still the current one.', headers },
      }),
  }
}

function errorResponses(entries: readonly CatalogueEntry[]): Json {
  const statuses = new Map<number, CatalogueEntry[]>()
  for (const entry of entries) statuses.set(entry.status, [...(statuses.get(entry.status) ?? []), entry])
  return Object.fromEntries(
    [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, entries]) => [status, errorResponse(status, entries)]),
  )
}

function errorResponse(status: number, entries: readonly CatalogueEntry[]): Json {
  const own = { 409: ['Retry-After'], 412: ['ETag'], 503: ['Retry-After'] }[status] ?? []
  const names = [...Object.keys(commonHeaders), ...own]
  return {
    description: entries.map(({ code, title }) => `${code} ${title}.`).join(' '),
    headers: Object.fromEntries(names.map((name) => [name, reference('headers', name)])),
    content: {
      'application/json': {
        schema: reference('schemas', 'Errors'),
        examples: Object.fromEntries(entries.map(({ code }) => [code, reference('examples', String(code))])),
      },
    },
  }
}

/** An example of every error that some operation can answer, by code. */
function errorExamples(operations: readonly Operation[]): Json {
  const entries = new Set(operations.flatMap(errorsOf))
  return Object.fromEntries([...entries].map((entry) => [entry.code, errorExample(entry)]))
}

function errorExample({ title, status, code, advice }: CatalogueEntry): Json {
  return {
    summary: title,
    value: { errors: [{ title, status, code, detail: advice, requestId: '6f1c0a9be3d2-1k' }] },
  }
}

/** The schema, with every titled schema in it moved to the components. */
function named(schema: TSchema, schemas: Json): Json {
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move)
    if (typeof value !== 'object' || value === null) return value
    const { title, ...rest } = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, move(inner)]),
    )
    if (typeof title !== 'string') return title === undefined ? rest : { title, ...rest }
    schemas[title] = rest
    return reference('schemas', title)
  }
  return move(plain(schema)) as Json
}

/** A schema as JSON: without what TypeBox adds for itself. */
const plain = (schema: TSchema): Json => JSON.parse(JSON.stringify(schema))

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })
