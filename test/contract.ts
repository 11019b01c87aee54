import { Ajv2020 } from 'ajv/dist/2020.js'
import { openApi } from '../src/app.ts'
import { BASE_PATH, type Operation } from '../src/http/operation.ts'
import { servedOperations, servedResources } from './api.ts'
import type { Reply } from './reply.ts'

const document: any = openApi(servedResources())
const operations = servedOperations()
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
ajv.addSchema(document, 'openapi')

const EVERYWHERE = ['x-request-id', 'cache-control', 'vary']
const DOCUMENTED = ['etag', 'link', 'location', 'x-total-count', 'idempotency-replayed', 'retry-after']

/** What any path and method can be answered with: the request meant no operation. */
const NO_OPERATION = [10001, 10002, 10005, 10006, 11001, 11006]
/** What a POST on the path of a read can be answered with where it is not that read. */
const NOT_A_READ = [10040, 10041, 10042, 10044]

/** Throws where an answer under the base path is not one that the OpenAPI document has. */
export function checkAgainstDocument(method: string, url: string, reply: Reply): void {
  const candidates = operationsOf(method, url.replace(/[?#].*/s, '').replace(/\/$/, ''))
  const problems = candidates.map((operation) => problemWith(operation, method, url, reply))
  const problem = missingHeader(reply) ?? (problems.includes(undefined) ? undefined : problems[0])
  if (problem)
    throw new Error(`${method} ${url.slice(0, 200)} ${reply.status}: ${problem}\n${reply.text.slice(0, 500)}`)
}

function operationsOf(method: string, path: string): Operation[] {
  const fitting = operations.filter((one) => matches(BASE_PATH + one.path, path))
  const literal = fitting.filter((one) => !one.path.includes('{id}'))
  const those = literal.length > 0 ? literal : fitting
  const wanted = { HEAD: 'GET', PATCH: 'PUT' }[method] ?? method
  return those.filter((one) => one.method === wanted || (method === 'POST' && one.documentedRead))
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return wanted.length === given.length && wanted.every((want, at) => want === '{id}' || want === given[at])
}

function missingHeader({ headers }: Reply): string | undefined {
  const missing = EVERYWHERE.find((name) => !(name in headers))
  return missing && `has no ${missing}`
}

function problemWith(operation: Operation, method: string, url: string, reply: Reply): string | undefined {
  const codes: number[] = (reply.json?.errors ?? []).map((error: any) => error.code)
  const allowed = operation.method === method ? NO_OPERATION : [...NO_OPERATION, ...NOT_A_READ]
  if (codes.some((code) => allowed.includes(code))) return invalid(reply, '#/components/schemas/Errors')
  const path = BASE_PATH + operation.path
  const verb = operation.method.toLowerCase()
  const documented = document.paths[path][verb].responses[reply.status]
  if (!documented) return 'is a status that the document does not have'
  const code = codes.find((one) => !(one in documented.content['application/json'].examples))
  if (code) return `${code} is a code that the document does not have`
  const names = Object.keys(documented.headers).map((name) => name.toLowerCase())
  const header = DOCUMENTED.find((name) => name in reply.headers && !names.includes(name))
  if (header) return `${header} is not in the document`
  // With `fields`, objects lack what the schema requires.
  if (/[?&]fields=./.test(url) && reply.status === 200) return undefined
  return invalid(
    reply,
    `#/paths/${escaped(path)}/${verb}/responses/${reply.status}/content/${escaped('application/json')}/schema`,
  )
}

const escaped = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

function invalid(reply: Reply, pointer: string): string | undefined {
  if (reply.text === '') return undefined
  const check = ajv.getSchema(`openapi${pointer}`)
  if (!check) return `the document has no schema at ${pointer}`
  return check(reply.json) ? undefined : ajv.errorsText(check.errors)
}
