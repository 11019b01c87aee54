import { readFileSync } from 'node:fs'

/** openapi.json, as far as requests and their answers are made from it. Nothing else is known of the server. */
const document: any = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'))

export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly 'x-significant-digits'?: number
}

export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly schema: Schema
  readonly example?: unknown
}

export interface Described {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | undefined
  /** A body that the document shows. */
  readonly example: any
  readonly isRead: boolean
  readonly isList: boolean
  /** Whether no key may call it. */
  readonly needsSession: boolean
}

/** The value with every reference in it replaced by what it names. */
function resolved(value: any): any {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(resolved)
  if (typeof value.$ref !== 'string')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]))
  const names: string[] = value.$ref.slice(2).split('/')
  return resolved(names.reduce((part, name) => part[name], document))
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head']

export const described: readonly Described[] = Object.entries<any>(document.paths).flatMap(([path, item]) =>
  VERBS.filter((verb) => verb in item).map((verb) => {
    const { operationId: id, parameters = [], requestBody, responses, security } = resolved(item[verb])
    const content = requestBody?.content['application/json']
    return {
      id,
      method: verb.toUpperCase(),
      path,
      parameters: [...resolved(item.parameters ?? []), ...parameters],
      body: content?.schema,
      example: content?.example,
      isRead: verb === 'get',
      needsSession: security?.every((one: object) => 'session' in one) ?? false,
      isList: Object.values<any>(responses).some((response) => 'X-Total-Count' in (response.headers ?? {})),
    }
  }),
)

export const typesOf = ({ type = [] }: Schema): readonly string[] =>
  typeof type === 'string' ? [type] : type
