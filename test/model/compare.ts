import { expect } from 'vitest'
import { BASE, type Reply } from '../harness.ts'
import { type Ask, pathOf, routes } from './ask.ts'
import { ANY_CODE } from './batch.ts'
import type { Cursor, Expected, Model } from './model.ts'
import { bindingOf, readQuery } from './query.ts'
import { type Fault, Moment } from './state.ts'

/** Throws where an answer is not what the model expects; what only an answer can tell, the model learns here. */
export function compareReply(model: Model, ask: Ask, expected: Expected, reply: Reply): void {
  expect({ status: reply.status, errors: codesOf(reply.json) }).toEqual({
    status: expected.status,
    errors: expected.faults && ask.via !== 'HEAD' ? expect.any(Array) : undefined,
  })
  const { headers } = reply
  expect(headers['cache-control']).toBe('private, no-cache')
  expect(headers.vary).toBe('Prefer, X-TimeTrack-Api-Key, Cookie')
  expect(headers['content-type']).toBe(
    expected.status === 304 ? undefined : 'application/json; charset=utf-8',
  )
  const applied = headers['preference-applied']
  expect(new Set(applied === undefined ? [] : String(applied).split(', '))).toEqual(new Set(expected.applied))
  expect({
    location: headers.location,
    replayed: headers['idempotency-replayed'],
    total: headers['x-total-count'],
  }).toEqual({
    location: expected.location && BASE + expected.location,
    replayed: expected.replayed && 'true',
    total: expected.total === undefined ? undefined : String(expected.total),
  })
  compareTag(model, ask, expected, headers.etag)
  if (!expected.faults) {
    compareBody(model, expected, reply)
    compareLinks(model, ask, expected, reply)
  } else if (ask.via !== 'HEAD') compareFaults(expected, reply)
}

const codesOf = (json: any) => json?.errors?.map(({ code, source }: any) => [code, source])

function compareTag(model: Model, ask: Ask, { etag, tagOf }: Expected, tag: string | undefined): void {
  if (etag !== undefined || tagOf === undefined) {
    expect(tag).toBe(etag)
    return
  }
  expect(tag).toMatch(/^"[\x21\x23-\x7e]+"$/)
  const tags = model.tagsOf(ask)
  expect(tags.get(tag!), 'what this tag has stood for before').toBeUndefined()
  tags.set(tag!, tagOf)
}

/** All faults, in whatever order, each with the status of the answer. */
function compareFaults({ status, faults = [] }: Expected, { json, headers }: Reply): void {
  for (const error of json.errors)
    expect(error).toMatchObject({ status, requestId: headers['x-request-id'], detail: expect.any(String) })
  compareErrors(faults, json.errors)
}

function compareErrors(faults: readonly Fault[], errors: readonly any[]): void {
  const told = errors.map(({ code, source = {} }): Fault => {
    const [kind, what] = Object.entries(source)[0] ?? []
    return [code, kind && `${kind}:${what}`]
  })
  const wanted = faults.map(([code, source]): Fault => {
    const match = told.find((fault) => fault[1] === source)
    return [code === ANY_CODE && match ? match[0] : code, source]
  })
  // What a rule refuses is about no part of the request that the contract would name.
  const named = wanted[0]?.[1] === undefined ? told.map(([code]): Fault => [code, undefined]) : told
  expect(sorted(named)).toEqual(sorted(wanted))
}

const sorted = <T extends readonly unknown[]>(faults: readonly T[]): T[] =>
  [...faults].sort((one, other) => (String(one[1]) < String(other[1]) ? -1 : 1))

function compareBody(model: Model, { body, feed }: Expected, { json }: Reply): void {
  const told = feed ? json?.map(({ cursor: _, change: __, ...rest }: any) => rest) : json
  learn(body, told)
  if (Array.isArray(body) && !feed && Array.isArray(told)) compareItems(body, told)
  else expect(told).toEqual(plain(body))
  if (!feed || !json) return
  feed.changes.forEach((change, index) => {
    const behind = model.state.changes.indexOf(change) + 1
    const { cursor, change: number } = json[index]
    if (index > 0) expect(number).toBeGreaterThan(json[index - 1].change)
    const known = model.changeCursors.get(cursor)
    expect(known ?? { path: feed.path, behind }).toEqual({ path: feed.path, behind })
    model.changeCursors.set(cursor, { path: feed.path, behind })
  })
}

/** The elements of a list, or the outcomes of a batch, which may be refusals. */
function compareItems(body: any[], told: any[]): void {
  expect(told).toHaveLength(body.length)
  for (const [index, item] of body.entries()) {
    if (!item.faults) expect(told[index]).toEqual(plain(item))
    else {
      expect(told[index]).toEqual({ status: item.status, etag: item.etag, errors: expect.any(Array) })
      for (const error of told[index].errors) expect(error.status).toBe(item.status)
      compareErrors(item.faults, told[index].errors)
    }
  }
}

const plain = (value: unknown) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

/** Gives the moments of what was expected the times that were answered. */
function learn(expected: unknown, told: unknown): void {
  if (typeof expected !== 'object' || expected === null || typeof told !== 'object' || told === null) return
  for (const [name, value] of Object.entries(expected)) {
    const actual = (told as any)[name]
    if (!(value instanceof Moment)) learn(value, actual)
    else if (value.text === undefined) {
      expect(actual).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      value.text = actual
    }
  }
  const { createdAt, updatedAt } = told as any
  if (createdAt && updatedAt) expect(createdAt <= updatedAt).toBe(true)
}

function compareLinks(model: Model, ask: Ask, { links }: Expected, { headers, json }: Reply): void {
  if (!links) {
    expect(headers.link).toBeUndefined()
    return
  }
  const told = linksOf(headers.link)
  expect(Object.keys(told).sort()).toEqual(
    [
      ...(links.first ? ['first'] : []),
      ...(links.next ? ['next'] : []),
      ...(links.prev ? ['prev'] : []),
    ].sort(),
  )
  const { entity } = routes[ask.op]!
  const meaning = (pairs: any) => {
    const { limit, ...values } = readQuery(entity, pairs, false)
    return { ...values, limit: limit ?? 50 }
  }
  for (const name of ['first', 'prev'] as const) {
    if (!links[name]) continue
    expect(told[name]!.path).toBe(BASE + pathOf(ask))
    expect(meaning(told[name]!.pairs)).toEqual(meaning(links[name]))
  }
  if (links.next) compareNext(model, ask, links.next, told.next!.pairs, json)
}

/** The cursor of the link is that of the last change shown, or one that the model keeps from now on. */
function compareNext(model: Model, ask: Ask, next: Cursor | true, pairs: Pair[], json: any): void {
  const isCursor = ([name]: Pair) => name === 'cursor' || name === 'after'
  const [, cursor = ''] = pairs.find(isCursor) ?? []
  if (next !== true) {
    const { entity } = routes[ask.op]!
    const others = pairs.filter((pair) => !isCursor(pair))
    expect(bindingOf(entity, readQuery(entity, others, false))).toBe(next.binding)
    model.cursors.set(cursor, next)
  } else if (json) expect(cursor).toBe(json.at(-1).cursor)
}

type Pair = [name: string, value: string]

function linksOf(header: unknown): Record<string, { path: string; pairs: Pair[] }> {
  const links = String(header ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)
  return Object.fromEntries(
    [...links].map(([, target = '', relation]) => {
      const { pathname, searchParams } = new URL(target, 'http://localhost')
      return [relation, { path: pathname, pairs: [...searchParams] }]
    }),
  )
}
