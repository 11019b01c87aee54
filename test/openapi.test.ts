import { createConfig, lint } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { openApi, operations } from '../src/app.ts'
import { BASE_PATH } from '../src/http/operation.ts'

const document: any = openApi()

const described = operations.map((operation) => {
  const path = BASE_PATH + operation.path
  return [operation.id, document.paths[path][operation.method.toLowerCase()]] as const
})

test('the document passes a public ruleset without a warning', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const problems = await lint({ ref: 'openapi.json', config })
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

test.each(described)(
  '%s has its id, summary, tags, parameters, responses and their headers',
  (id, operation) => {
    expect(operation).toMatchObject({
      operationId: id,
      summary: expect.stringMatching(/^[A-Z].+[^.]$/),
      description: expect.stringMatching(/\.$/m),
    })
    expect(document.tags.map((tag: any) => tag.name)).toEqual(expect.arrayContaining(operation.tags))
    expect(operation.tags).toHaveLength(1)
    for (const parameter of operation.parameters) expect(resolved(parameter).description).toMatch(/\.$/)
    for (const [status, response] of Object.entries<any>(operation.responses)) {
      expect(response.description, status).toBeTruthy()
      expect(Object.keys(response.headers)).toEqual(
        expect.arrayContaining(['X-Request-Id', 'Cache-Control', 'Vary']),
      )
      for (const header of Object.values<any>(response.headers))
        expect(resolved(header).description).toMatch(/\.$/)
    }
  },
)

test.each(described)('%s: every error status has an example of each of its codes', (_, operation) => {
  const failures = Object.entries<any>(operation.responses).filter(([status]) => Number(status) >= 400)
  expect(failures.map(([status]) => status)).toEqual(expect.arrayContaining(['400', '401', '500', '503']))
  for (const [status, { description, content }] of failures) {
    const { examples } = content['application/json']
    expect(Object.keys(examples).length).toBeGreaterThan(0)
    for (const [code, example] of Object.entries<any>(examples)) {
      expect(description).toContain(code)
      expect(resolved(example).value.errors[0]).toMatchObject({ status: Number(status), code: Number(code) })
    }
  }
})

test.each(described.filter(([, { requestBody }]) => requestBody))('%s shows a body', (_, { requestBody }) => {
  expect(requestBody.content['application/json'].example).toBeTruthy()
})

test('every operation needs key and secret or a session; those of keys and sessions take no key', () => {
  expect(document.security).toEqual([{ key: [], secret: [] }, { session: [] }])
  for (const [, { tags, security }] of described)
    expect(security).toEqual(/Keys|Sessions/.test(tags[0]) ? [{ session: [] }] : undefined)
})

test('every field of every component is described, and numbers and texts say their bounds', () => {
  const vague: string[] = []
  const visit = (where: string, schema: any) => {
    for (const [name, field] of Object.entries<any>(schema.properties ?? {})) {
      const at = `${where}.${name}`
      if (!field.description && !field.$ref) vague.push(`${at}: no description`)
      visit(at, field)
    }
    if (schema.items && !schema.items.$ref) visit(`${where}[]`, schema.items)
  }
  for (const [name, schema] of Object.entries<any>(document.components.schemas)) {
    if (!schema.description) vague.push(`${name}: no description`)
    visit(name, schema)
  }
  for (const name of ['ProjectCreate', 'ProjectUpdate', 'ClientCreate', 'ClientUpdate'])
    for (const [field, schema] of Object.entries<any>(document.components.schemas[name].properties))
      if (!isBounded(schema)) vague.push(`${name}.${field}: no bounds`)
  expect(vague).toEqual([])
})

function isBounded({ type, maximum, maxLength, pattern, enum: allowed, minimum }: any): boolean {
  const types = [type].flat()
  if (types.includes('boolean')) return true
  if (types.includes('string'))
    return maxLength !== undefined || pattern !== undefined || allowed !== undefined
  return minimum !== undefined && (types.includes('integer') || maximum !== undefined)
}

function resolved(value: any): any {
  const path: string[] = value.$ref?.slice(2).split('/') ?? []
  return path.length > 0 ? path.reduce((part, name) => part[name], document) : value
}
