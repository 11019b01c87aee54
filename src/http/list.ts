import { hash } from 'node:crypto'
import { latestChangeOf } from '../db/audit.ts'
import type { Listing, ListRow, SortColumn } from '../db/listing.ts'
import { readPage } from '../db/page.ts'
import { call } from '../db/query.ts'
import type { Scope } from '../db/scope.ts'
import type { Entity } from '../db/tables.ts'
import type { Answer } from './answer.ts'
import { makeCursor, openCursor } from './cursor.ts'
import { refusal } from './errors.ts'
import { DEFAULT_LIMIT } from './list-schema.ts'
import type { Input } from './operation.ts'
import { requestErrors } from './request-errors.ts'

/** What the lists of a resource can show, and in which order. */
export interface ListResource {
  readonly listing: Listing
  /** Name in `sort` → the columns it sorts by. */
  readonly sorts: Readonly<Record<string, readonly string[]>>
  /** The names allowed in `fields`, in the order of the answer. */
  readonly fields: readonly string[]
  /** The entity under which changes of its objects are in the audit. */
  readonly entity: Entity
}

type ListQuery = {
  page_number?: number
  limit?: number
  cursor?: string
  sort?: string
  fields?: string
  deleted?: boolean
} & Record<string, unknown>

/** Answers one page of a list, with its links and its entity tag, all of one snapshot. */
export async function answerList(
  scope: Scope,
  { query, queryText, prefer, path }: Input<ListQuery, unknown>,
  resource: ListResource,
): Promise<Answer> {
  const { listing } = resource
  const values = listing.valuesOf(query)
  const order = readSort(query.sort, resource)
  const fields = readFields(query.fields, resource)
  const trash = query.deleted ?? false
  const binding = JSON.stringify([scope.account, path, values, order, trash])
  const place = readPlace(query, binding, order.length)
  const { limit, take, skip } = pageOf(query)
  const { rows, change, total } = await readPage(
    scope,
    listing,
    { values, order, trash, place, take, skip, counts: prefer.count },
    call(latestChangeOf, { entity: resource.entity }),
  )
  const shown = rows.length > limit ? rows.slice(0, limit) : rows
  const last = rows.length > limit ? shown.at(-1) : undefined
  const texts = shown.map(textOf)
  return {
    status: 200,
    body: `[${(fields ? texts.map((wire) => pick(wire, fields)) : texts).join(',')}]`,
    headers: { link: links(path, query, last && makeCursor(placesOf(last, order.length), binding)) },
    etag: listTag(change, queryText),
    ...(total !== undefined && { total }),
  }
}

/** The tag of a list: the number of the latest change that it may show, and a hash of the query. */
export function listTag(change: number, queryText: string): string {
  return `${change}-${queryText === '' ? 'all' : hash('sha256', queryText).slice(0, 16)}`
}

function readSort(text: string | undefined, { sorts }: ListResource): SortColumn[] {
  const order = (text === undefined ? [] : text.split(',')).flatMap((term) => {
    const descending = term.startsWith('-')
    // The column that says whether a number is missing is never descending: nulls come last in both directions.
    return (sorts[descending ? term.slice(1) : term] ?? []).map((column) => ({
      column,
      descending: descending && !column.endsWith('_missing'),
    }))
  })
  return order.some(({ column }) => column === 'id') ? order : [...order, { column: 'id', descending: false }]
}

function readFields(text: string | undefined, { fields }: ListResource): string[] | undefined {
  if (text === undefined) return undefined
  const wanted = new Set(text.split(','))
  return fields.filter((name) => wanted.has(name))
}

function pick(wire: string, fields: readonly string[]): string {
  const object = JSON.parse(wire) as Record<string, unknown>
  return JSON.stringify(
    Object.fromEntries(fields.filter((name) => name in object).map((name) => [name, object[name]])),
  )
}

function readPlace({ cursor }: ListQuery, binding: string, length: number) {
  if (cursor === undefined) return undefined
  const places = openCursor(cursor, binding)
  if (places?.length !== length)
    throw refusal(
      requestErrors.cursorInvalid,
      'This cursor does not belong to this list with these filters. Start again without it, and follow the next links.',
      { parameter: 'cursor' },
    )
  return Object.fromEntries(places.map((place, index) => [`after${index}`, place]))
}

/** `take` is one more than the page holds, which tells whether there is a next page. */
function pageOf({ page_number = 0, limit = DEFAULT_LIMIT }: ListQuery) {
  const skip = page_number * limit
  return limit === 0 || !Number.isSafeInteger(skip)
    ? { limit, skip: 0, take: 0 }
    : { limit, skip, take: limit + 1 }
}

const textOf = (row: ListRow): string => (typeof row === 'string' ? row : row.wire)

const idOf = (row: ListRow): number => JSON.parse(textOf(row)).id

const placesOf = (row: ListRow, length: number) =>
  typeof row === 'string' ? [idOf(row)] : Array.from({ length }, (_, index) => row[`place${index}`] ?? 0)

function links(path: string, query: ListQuery, next: string | undefined): string {
  const { cursor: _, page_number: page = 0, ...kept } = query
  const all = [link(path, kept, 'first')]
  if (page > 0 && Number.isSafeInteger(page))
    all.unshift(link(path, { ...kept, page_number: page - 1 }, 'prev'))
  if (next !== undefined) all.unshift(link(path, { ...kept, cursor: next }, 'next'))
  return all.join(', ')
}

function link(path: string, query: object, relation: string): string {
  const search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return `<${path}${search && '?'}${search}>; rel="${relation}"`
}
