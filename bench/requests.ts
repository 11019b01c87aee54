import { needles, type SampleProject, sampleProject, scatter } from './projects.ts'
import type { Size } from './sizes.ts'

/** In a request, wrk replaces it with a text that was never sent before. */
export const MARK = '@'.repeat(12)

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

export interface SentRequest extends ApiRequest {
  readonly headers: Readonly<Record<string, string>>
}

/** How one program is asked for what all of them can do. */
export interface Api {
  item(id: number): ApiRequest
  /** Fifty projects; pages count from 0. */
  page(number: number): ApiRequest
  /** Fifty projects with a text in their name; undefined if the program cannot search like that. */
  readonly search?: (needle: string) => ApiRequest
  create(project: SampleProject): ApiRequest
  update(id: number, notes: string): ApiRequest
}

const PER_PAGE = 50
const DEEP_PAGE = 10_000
/** Requests that are sent in turn. */
const VARIETY = 2_000

type Make = (api: Api, id: number, size: Size, draw: number) => ApiRequest | undefined

const search =
  (kind: keyof typeof needles): Make =>
  (api, id, { each }) =>
    api.search?.(needles[kind](id, each))

const item: Make = (api, id) => api.item(id)
const firstPage: Make = (api) => api.page(0)
const create: Make = (api, id, { each }) =>
  api.create({ ...sampleProject(id, each), projectName: `Created ${MARK}` })
const update: Make = (api, id) => api.update(id, `Looked at ${MARK}.`)

/** Twenty requests of a working day: sixteen reads, two creates, two updates. */
const mixture: Make[] = [
  ...[item, item, firstPage, item, search('selective'), create, item, firstPage, update, item],
  ...[search('selective'), item, firstPage, search('common'), create, item, search('absent'), update],
  ...[item, firstPage],
]

const makers = {
  'one item': item,
  'page of 50': firstPage,
  'page 10,000 or the last': (api, _, { each }) =>
    api.page(Math.min(DEEP_PAGE, Math.ceil(each / PER_PAGE) - 1)),
  'selective needle': search('selective'),
  'common needle': search('common'),
  'absent needle': search('absent'),
  update,
  'mixed load': (api, id, size, draw) => mixture[draw % mixture.length]?.(api, id, size, draw),
  create,
} satisfies Record<string, Make>

export type Measure = keyof typeof makers

/** Reads first and creates last, since creates make the accounts larger. */
export const measures = Object.keys(makers) as Measure[]

export const isRead = (measure: Measure) => !['update', 'mixed load', 'create'].includes(measure)

/**
 * The requests of a measure, spread over all accounts and projects as if at random; none where the program does not
 * support it.
 * @param headersOf the credentials of an account, counted from 1
 */
export function requestsFor(
  measure: Measure,
  api: Api,
  size: Size,
  headersOf: (account: number) => Record<string, string>,
): SentRequest[] {
  const drawn = Array.from({ length: VARIETY }, (_, draw) => {
    const account = 1 + scatter(draw + 1, size.accounts)
    const request = makers[measure](api, 1 + scatter(draw + 7919, size.each), size, draw)
    return request && { ...request, headers: headersOf(account) }
  })
  return drawn.filter((request) => request !== undefined)
}
