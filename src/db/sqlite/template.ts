import { type Call, compile, type Query, type Template } from '../query.ts'
import { builder } from './builder.ts'
import type { Sent } from './thread.ts'

const templates = new WeakMap<Query<never, unknown>, Template>()

export function templateOf(query: Query<never, unknown>): Template {
  let template = templates.get(query)
  if (!template) {
    template = compile(query, builder)
    templates.set(query, template)
  }
  return template
}

/** A call as it goes to a thread. */
export function sentOf(account: number, { query, params }: Call<unknown>): Sent {
  const { sql, values } = templateOf(query)
  return { sql, values: values(account, params), bare: query.bare === true }
}
