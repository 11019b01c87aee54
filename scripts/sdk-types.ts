/**
 * Generates TypeScript from an OpenAPI document, for the subset of JSON Schema that ours uses. Anything else throws, so
 * that nothing is typed wrongly. Why this is not a package: docs/adr/0009-sdk.md.
 */
type Json = Record<string, unknown>

/** An enum of more values than this (the countries) is typed as the type of its values. */
const MOST_LITERALS = 20

const HEADER = `/** Generated from openapi.json by \`npm run gen\`: do not edit. */`

/** The source of `src/sdk/types.ts`. */
export function sdkTypes(document: Json): string {
  const components = objectAt(document, 'components')
  const schemas = Object.entries(objectAt(components, 'schemas')).map(
    ([name, schema]) =>
      `${comment(textAt(schema, 'description'))}export interface ${name} ${typeOf(schema as Json, '')}`,
  )
  const operations = operationsOf(document)
  const types = operations.map(
    (operation) => `${comment(operation.summary, '  ')}  ${operation.id}: ${operationType(operation)}`,
  )
  const routes = operations.map(({ id, method, path }) => `  ${id}: ['${method}', '${path}'],`)
  return [
    HEADER,
    ...schemas,
    `/** What each operation takes and answers. */\nexport interface Operations {\n${types.join('\n')}\n}`,
    `/** The method and path of each operation. */\nexport const routes = {\n${routes.join('\n')}\n} as const satisfies Record<keyof Operations, readonly [string, string]>\n`,
  ].join('\n\n')
}

interface OperationParts {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly query: Json[]
  readonly body: Json | undefined
  readonly result: Json
}

function operationsOf(document: Json): OperationParts[] {
  const methods = ['get', 'post', 'put', 'delete']
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    methods.filter((method) => method in (item as Json)).map((method) => partsOf(path, method, item as Json)),
  )
}

function partsOf(path: string, method: string, item: Json): OperationParts {
  const operation = objectAt(item, method)
  const parameters = (operation.parameters ?? []) as Json[]
  const responses = objectAt(operation, 'responses')
  const success = Object.keys(responses).find((status) => status.startsWith('2'))
  if (!success) throw new Error(`${method} ${path} has no success`)
  return {
    id: textAt(operation, 'operationId'),
    method: method.toUpperCase(),
    path,
    summary: `${textAt(operation, 'summary')}.`,
    query: parameters.filter((parameter) => parameter.in === 'query'),
    body: operation.requestBody ? schemaOf(objectAt(operation, 'requestBody')) : undefined,
    result: schemaOf(objectAt(responses, success)),
  }
}

const schemaOf = (message: Json): Json =>
  objectAt(objectAt(objectAt(message, 'content'), 'application/json'), 'schema')

function operationType({ path, query, body, result }: OperationParts): string {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}: number`)
  const parts = [
    ...(names.length > 0 ? [`path: { ${names.join('; ')} }`] : []),
    ...(query.length > 0 ? [`query: ${queryType(query)}`] : []),
    ...(body ? [`body: ${typeOf(body, '    ')}`] : []),
    `result: ${typeOf(result, '    ')}`,
  ]
  return `{\n${parts.map((part) => `    ${part}`).join('\n')}\n  }`
}

function queryType(parameters: Json[]): string {
  const properties = parameters.map((parameter) => [
    textAt(parameter, 'name'),
    { ...objectAt(parameter, 'schema'), description: parameter.description },
  ])
  return typeOf({ type: 'object', properties: Object.fromEntries(properties) }, '    ')
}

function typeOf(schema: Json, indent: string): string {
  if (typeof schema.$ref === 'string') return schema.$ref.replace('#/components/schemas/', '')
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((one) => typeOf(one as Json, indent)).join(' | ')
  if (Array.isArray(schema.enum) && schema.enum.length <= MOST_LITERALS)
    return schema.enum.map(literal).join(' | ')
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.map((type) => typeNamed(String(type), schema, indent)).join(' | ')
}

function typeNamed(type: string, schema: Json, indent: string): string {
  if (type === 'integer') return 'number'
  if (['string', 'number', 'boolean', 'null'].includes(type)) return type
  if (type === 'object') return objectType(schema, indent)
  if (type !== 'array') throw new Error(`the generator does not know the type ${type}`)
  const items = typeOf(objectAt(schema, 'items'), indent)
  return items.includes(' | ') && !items.startsWith('{') ? `(${items})[]` : `${items}[]`
}

function objectType(schema: Json, indent: string): string {
  const required = new Set((schema.required ?? []) as string[])
  const inner = `${indent}  `
  const lines = Object.entries(objectAt(schema, 'properties')).map(([name, value]) => {
    const property = value as Json
    const key = /^\w+$/.test(name) ? name : literal(name)
    const mark = `${property.readOnly === true ? 'readonly ' : ''}${key}${required.has(name) ? '' : '?'}`
    const text = typeof property.description === 'string' ? comment(property.description, inner) : ''
    return `${text}${inner}${mark}: ${typeOf(property, inner)}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

const literal = (value: unknown) =>
  typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value)

const comment = (text: string, indent = '') => `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`

function objectAt(object: unknown, name: string): Json {
  const value = (object as Json)[name]
  if (typeof value !== 'object' || value === null) throw new Error(`${name} is not in the document`)
  return value as Json
}

function textAt(object: unknown, name: string): string {
  const value = (object as Json)[name]
  if (typeof value !== 'string') throw new Error(`${name} is not in the document`)
  return value
}
