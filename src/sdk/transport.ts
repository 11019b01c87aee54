import { errorOf, TimeTrackError } from './error.ts'
import { pause, waitBefore } from './retry.ts'
import { type Operations, routes } from './types.ts'

/**
 * With key and secret, or with neither in a page of the server itself: there the browser's session is the credential,
 * and its cookie goes to no other origin.
 */
export type Settings = Place & (Credentials | { readonly [name in keyof Credentials]?: never })

interface Credentials {
  readonly key: string
  readonly secret: string
}

interface Place {
  /** Where the server is, such as `https://acme.timetrack.example.com`; a path in it is a prefix. */
  readonly baseUrl: string
  /** Used instead of the global fetch. */
  readonly fetch?: typeof globalThis.fetch
  /** How often a request is retried at most; 4 by default, 0 for never. */
  readonly retries?: number
}

export interface ReadOptions {
  /** Ends the request and any waiting; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

export interface ListOptions extends ReadOptions {
  /** Also count: `total` is the number of objects on all pages. */
  readonly count?: boolean | undefined
}

export interface ChangeOptions extends ReadOptions {
  /** Used instead of a random one: a repeat under the same key within 24 hours is answered, but not done again. */
  readonly idempotencyKey?: string | undefined
}

export interface UpdateOptions extends ChangeOptions {
  /** The `etag` that the object must still have; otherwise nothing is done, and the error's code is 10030. */
  readonly ifMatch?: string | undefined
}

/** What every method resolves to. */
export interface Answer<T> {
  readonly data: T
  /** For `ifMatch`; undefined if the server sends none. */
  readonly etag: string | undefined
}

export interface Page<T> extends Answer<T[]> {
  /** Query of the next page; undefined on the last. */
  readonly next: Query | undefined
  /** The number of objects on all pages, if `count` asked for it. */
  readonly total: number | undefined
}

export type OperationId = keyof Operations
export type Query = Readonly<Record<string, string | number | boolean>>
export type QueryOf<O extends OperationId> = Operations[O] extends { query: infer Q } ? Q : never
export type BodyOf<O extends OperationId> = Operations[O] extends { body: infer B } ? B : never
type ItemOf<O extends OperationId> = Operations[O]['result'] extends (infer T)[] ? T : never

/** What an operation takes; parts that it does not have are left out. */
interface Request<O extends OperationId> {
  readonly id?: number
  readonly query?: QueryOf<O> | Query | undefined
  readonly body?: BodyOf<O>
  readonly options?: (ListOptions & UpdateOptions) | undefined
}

interface Reply {
  readonly data: unknown
  readonly headers: Headers
}

/** Sends requests, and retries them if that is safe and may help. */
export class Transport {
  readonly #settings: Settings

  constructor(settings: Settings) {
    this.#settings = settings
  }

  async answer<O extends OperationId>(
    operation: O,
    request: Request<O>,
  ): Promise<Answer<Operations[O]['result']>> {
    const { data, headers } = await this.#send(operation, request)
    return { data: data as Operations[O]['result'], etag: headers.get('ETag') ?? undefined }
  }

  async page<O extends OperationId>(operation: O, request: Request<O>): Promise<Page<ItemOf<O>>> {
    const { data, headers } = await this.#send(operation, request)
    const total = headers.get('X-Total-Count')
    return {
      data: data as ItemOf<O>[],
      etag: headers.get('ETag') ?? undefined,
      next: nextOf(headers.get('Link')),
      total: total === null ? undefined : Number(total),
    }
  }

  /** The objects of every page; each page is requested when the one before is used up. */
  async *all<O extends OperationId>(
    operation: O,
    query: QueryOf<O> | undefined,
    options: ReadOptions | undefined,
  ): AsyncGenerator<ItemOf<O>, void, undefined> {
    for (let next: QueryOf<O> | Query | undefined = query ?? {}; next; ) {
      const page: Page<ItemOf<O>> = await this.page(operation, { query: next, options })
      yield* page.data
      next = page.next
    }
  }

  async #send<O extends OperationId>(
    operation: O,
    { id, query, body, options = {} }: Request<O>,
  ): Promise<Reply> {
    const [method, route] = routes[operation]
    const path = route.replace('{id}', encodeURIComponent(String(id)))
    const url = this.#settings.baseUrl.replace(/\/+$/, '') + path + searchOf(query)
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      headers: headersOf(this.#settings, method, options),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(options.signal && { signal: options.signal }),
    }
    const { retries = 4 } = this.#settings
    for (let attempt = 0; ; attempt++) {
      const { status, text, headers, error } = await this.#attempt(url, init)
      if (headers && status < 400) return { data: parse(text, status), headers }
      const wait = attempt < retries && waitBefore(attempt, status, headers?.get('Retry-After') ?? null)
      if (typeof wait !== 'number') throw error ?? errorOf(status, text, headers?.get('X-Request-Id') ?? null)
      await pause(wait, options.signal)
    }
  }

  /** Status 0 and an error if no complete answer came. */
  async #attempt(
    url: string,
    init: RequestInit,
  ): Promise<{ status: number; text: string; headers?: Headers; error?: TimeTrackError }> {
    try {
      // Called as a plain function: browsers refuse their fetch as a method of another object.
      const { fetch = globalThis.fetch } = this.#settings
      const response = await fetch(url, init)
      return { status: response.status, text: await response.text(), headers: response.headers }
    } catch (cause) {
      init.signal?.throwIfAborted()
      const message = `${new URL(url).origin} did not answer: ${reasonOf(cause)}`
      return { status: 0, text: '', error: new TimeTrackError(message, { status: 0, cause }) }
    }
  }
}

/** Made once for all attempts, so that a change keeps its Idempotency-Key. */
function headersOf(
  { key, secret }: Settings,
  method: string,
  { count, ifMatch, idempotencyKey = randomKey() }: ListOptions & UpdateOptions,
): Record<string, string> {
  const changes = method !== 'GET'
  return {
    ...(key !== undefined && { 'X-TimeTrack-Api-Key': key, 'X-TimeTrack-Api-Secret': secret }),
    ...(changes && { 'Idempotency-Key': idempotencyKey }),
    ...(changes && method !== 'DELETE' && { 'Content-Type': 'application/json' }),
    ...(count && { Prefer: 'count=exact' }),
    ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
  }
}

/** A success that is not JSON does not come from this server. */
function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TimeTrackError('The answer does not come from a TimeTrack server: check baseUrl.', {
      status,
      cause,
    })
  }
}

function searchOf(query: unknown): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  const search = given.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  )
  return search.length > 0 ? `?${search.join('&')}` : ''
}

/** Only the query of the link counts: the credentials go nowhere but to where the first page came from. */
function nextOf(link: string | null): Query | undefined {
  const target = /<([^>]*)>; *rel="?next"?/.exec(link ?? '')?.[1]
  return target === undefined ? undefined : Object.fromEntries(new URL(target, 'http://any').searchParams)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}

/** Unlike crypto.randomUUID, this also works in browsers without https. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
