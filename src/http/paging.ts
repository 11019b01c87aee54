import { hash } from 'node:crypto'
import { type TObject, Type } from 'typebox'
import { refusal } from './errors.ts'
import type { Answer, Input } from './operation.ts'

const DEFAULT_LIMIT = 50

/** The query parameters of every list. */
const pagingParameters = {
  page_number: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Number of the page, from 0. Beyond the end the list is empty.',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 1000,
      description: `Most objects on a page; ${DEFAULT_LIMIT} where not sent.`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({ description: 'Where to go on, as the next link gives it. Excludes page_number.' }),
  ),
}

type PagingQuery = { page_number?: number; limit?: number; cursor?: string } & Record<string, unknown>

/** The rows of a list to fetch: `take` of those whose id is above `after`, but for the first `skip`. */
export interface Page {
  readonly after: number
  readonly skip: number
  readonly take: number
}

/** A row of a list: its id and its JSON text. */
interface Row {
  readonly id: number
  readonly wire: string
}

/**
 * Answers one page of a list ordered by id. `list` fetches it; it is asked for one row more than the page
 * holds, to know whether there is a next one.
 * @param bound what a cursor is good for, beside the account: the folded filters and the order.
 */
export async function answerPage(
  account: number,
  { query, prefer, path }: Input<PagingQuery, unknown>,
  bound: unknown,
  list: (page: Page, counted: boolean) => Promise<{ rows: Row[]; total: number | undefined }>,
): Promise<Answer> {
  const { page_number = 0, limit = DEFAULT_LIMIT } = query
  const binding = JSON.stringify([account, path, bound])
  if (query.cursor !== undefined && query.page_number !== undefined)
    throw refusal('cursorInvalid', 'cursor and page_number exclude each other. Send one of them.', {
      parameter: 'cursor',
    })
  const after = query.cursor === undefined ? 0 : openCursor(query.cursor, binding)
  const page = { after, skip: page_number * limit, take: limit + 1 }
  const nothing = limit === 0 || !Number.isSafeInteger(page.skip)
  const { rows, total } = await list(nothing ? { after: 0, skip: 0, take: 0 } : page, prefer.count)
  const shown = rows.length > limit ? rows.slice(0, limit) : rows
  const last = rows.length > limit ? shown.at(-1)?.id : undefined
  const links = [
    ...(last === undefined ? [] : [link(path, query, 'next', { cursor: makeCursor(last, binding) })]),
    ...(page_number > 0 && Number.isSafeInteger(page_number)
      ? [link(path, query, 'prev', { page_number: page_number - 1 })]
      : []),
    link(path, query, 'first', {}),
  ]
  return {
    status: 200,
    body: `[${shown.map((row) => row.wire).join(',')}]`,
    headers: { Link: links.join(', ') },
    ...(total !== undefined && { total }),
  }
}

function link(
  path: string,
  query: PagingQuery,
  relation: string,
  place: { cursor?: string; page_number?: number },
): string {
  const { cursor: _, page_number: __, ...kept } = query
  const search = Object.entries({ ...kept, ...place })
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return `<${path}${search && '?'}${search}>; rel="${relation}"`
}

/**
 * A cursor is the id to go on after, tied to its list by a checksum. That protects against mistakes, not
 * attackers, who gain nothing by another id: the account is in the statement.
 */
function makeCursor(id: number, binding: string): string {
  return Buffer.from(`${id}.${hash('sha256', `${id} ${binding}`).slice(0, 12)}`).toString('base64url')
}

function openCursor(cursor: string, binding: string): number {
  const id = Number.parseInt(Buffer.from(cursor, 'base64url').toString(), 10)
  if (makeCursor(id, binding) !== cursor)
    throw refusal(
      'cursorInvalid',
      'This cursor is not one of this list with these filters. Start again without it and follow the next links.',
      { parameter: 'cursor' },
    )
  return id
}

export function listSchema<P extends TObject['properties']>(filters: P) {
  return Type.Object({ ...filters, ...pagingParameters })
}
